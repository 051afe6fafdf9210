#include "common/routing/import/osm_network.h"
#include "tests/fuzz/network.h"

#include <cstddef>
#include <cstdint>

/// A map as it lies in a file: XML, gzip or PBF, which its first bytes say.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liandong;
    routing::OsmNotes notes;
    fuzz::build_and_open(
        routing::read_osm_network_bytes({reinterpret_cast<const char*>(data), size}, notes));
    return 0;
}
