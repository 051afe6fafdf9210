#include "common/routing/import/table_network.h"
#include "tests/fuzz/network.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

/// Two tables, parted by a line "---": edges and nodes, and the same bytes as those of JEMSS.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace liandong;
    constexpr std::string_view kParting = "\n---\n";
    const std::string_view both(reinterpret_cast<const char*>(data), size);
    const std::size_t at = both.find(kParting);
    const std::string_view first = both.substr(0, at);
    const std::string_view second =
        at == both.npos ? std::string_view() : both.substr(at + kParting.size());
    fuzz::build_and_open(routing::read_edge_tables(first, second));
    fuzz::build_and_open(routing::read_jemss_tables(first, second));
    return 0;
}
