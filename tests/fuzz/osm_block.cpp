#include "common/routing/import/osm_network.h"
#include "tests/fuzz/network.h"

#include <osmpbf/osmpbf.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

std::string blob(const char* type, std::string content) {
    OSMPBF::Blob blob;
    blob.set_raw(std::move(content));
    const std::string body = blob.SerializeAsString();
    OSMPBF::BlobHeader header;
    header.set_type(type);
    header.set_datasize(static_cast<int>(body.size()));
    const std::string head = header.SerializeAsString();
    std::string out;
    for (const int shift : {24, 16, 8, 0}) out += static_cast<char>(head.size() >> shift & 0xff);
    return out + head + body;
}

std::string file_head() {
    OSMPBF::HeaderBlock block;
    block.add_required_features("OsmSchema-V0.6");
    block.add_required_features("DenseNodes");
    return blob("OSMHeader", block.SerializeAsString());
}

}  // namespace

/// The content of one block of a PBF file, whose frame is in order: what a fuzzer would seldom get
/// past otherwise.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liandong;
    static const std::string kHead = file_head();
    routing::OsmNotes notes;
    fuzz::build_and_open(routing::read_osm_network_bytes(
        kHead + blob("OSMData", {reinterpret_cast<const char*>(data), size}), notes));
    return 0;
}
