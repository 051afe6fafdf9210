#include "common/routing/road_file.h"

#include "common/base/check.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <type_traits>

namespace liandong::routing {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr char kMagic[8] = {'L', 'D', 'R', 'O', 'A', 'D', 'S', '\n'};
constexpr std::size_t kAlign = 8;

struct Header {
    char magic[8];
    std::uint32_t version;
    std::uint32_t zero;
    std::uint64_t bytes;     // of the whole file
    std::uint64_t checksum;  // XXH3 of the file with this field zero
    RoadCounts counts;
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % kAlign == 0);

constexpr std::size_t aligned(std::size_t bytes) { return (bytes + kAlign - 1) / kAlign * kAlign; }

template <class T> constexpr std::size_t element_bytes(const std::span<const T>&) {
    return sizeof(T);
}

std::size_t file_size(RoadGraphData data) {
    std::size_t bytes = sizeof(Header);
    for_each_column(data, [&bytes](const auto& column, std::size_t size) {
        bytes += aligned(size * element_bytes(column));
    });
    return bytes;
}

std::uint64_t checksum(std::string_view file) {
    Header header;
    std::memcpy(&header, file.data(), sizeof header);
    header.checksum = 0;
    const std::uint64_t seed = XXH3_64bits(&header, sizeof header);
    return XXH3_64bits_withSeed(file.data() + sizeof header, file.size() - sizeof header, seed);
}

std::unexpected<Error> broken(std::string_view what) {
    return fail(Code::kFailedPrecondition, "ROADS_FILE_BROKEN",
                fmt::format("not a sound roads file: {}; import it again", what));
}

bool all_below(std::span<const std::uint32_t> values, std::uint32_t limit) {
    return std::ranges::all_of(values, [limit](std::uint32_t value) { return value < limit; });
}

/// Offsets that begin at 0, end at `end` and never fall.
bool is_partition(std::span<const std::uint32_t> offsets, std::uint32_t end) {
    return offsets.front() == 0 && offsets.back() == end && std::ranges::is_sorted(offsets);
}

bool grouped_by_node(const RoadGraphData& data) {
    for (NodeId node = 0; node < data.counts.nodes; ++node) {
        for (ArcId arc = data.first_in[node]; arc < data.first_in[node + 1]; ++arc) {
            if (data.heads[arc] != node) return false;
        }
        for (std::uint32_t i = data.first_out[node]; i < data.first_out[node + 1]; ++i) {
            if (data.tails[data.arcs_out[i]] != node) return false;
        }
    }
    return true;
}

bool sound_arcs(const RoadGraphData& data) {
    const RoadCounts& n = data.counts;
    const bool indices = is_partition(data.first_in, n.arcs) &&
                         is_partition(data.first_out, n.arcs) && all_below(data.arcs_out, n.arcs) &&
                         all_below(data.tails, n.nodes) && all_below(data.heads, n.nodes) &&
                         all_below(data.arc_roads, 2 * n.roads);
    if (!indices || !grouped_by_node(data)) return false;
    return std::ranges::all_of(data.times, [](std::span<const std::uint32_t> times) {
        return std::ranges::all_of(
            times, [](std::uint32_t time) { return time <= kArcMillis_max || time == kNoEntry; });
    });
}

bool sound_lines(const RoadGraphData& data) {
    if (!is_partition(data.first_point, data.counts.points)) return false;
    for (RoadId road = 0; road < data.counts.roads; ++road) {
        if (data.first_point[road + 1] - data.first_point[road] < 2) return false;
    }
    return true;
}

bool sound_roads(const RoadGraphData& data) {
    const RoadCounts& n = data.counts;
    const auto arc_or_none = [&n](ArcId arc) { return arc < n.arcs || arc == kNone; };
    return std::ranges::all_of(data.forward_arc, arc_or_none) &&
           std::ranges::all_of(data.backward_arc, arc_or_none) &&
           std::ranges::all_of(data.classes,
                               [](RoadClass road) { return index_of(road) < kRoadClasses; }) &&
           !data.names.empty() && data.names.front() == '\0' && data.names.back() == '\0' &&
           all_below(data.name_begin, n.name_bytes);
}

bool sound_sparse(const RoadGraphData& data) {
    const RoadCounts& n = data.counts;
    return all_below(data.limited_roads, n.roads) && std::ranges::is_sorted(data.limited_roads);
}

Result<Header> read_header(std::string_view bytes) {
    if (bytes.size() < sizeof(Header)) return broken("too short");
    Header header;
    std::memcpy(&header, bytes.data(), sizeof header);
    if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0)
        return broken("another kind of file");
    if (header.version != kRoadsFileVersion) {
        return fail(Code::kFailedPrecondition, "ROADS_FILE_VERSION",
                    fmt::format("roads file of version {}, this program reads {}; import it again",
                                header.version, kRoadsFileVersion));
    }
    if (header.bytes != bytes.size()) {
        return broken(fmt::format("{} of {} bytes are there", bytes.size(), header.bytes));
    }
    return header;
}

}  // namespace

std::size_t box_count(std::uint32_t points) {
    std::size_t all = 0;
    for (std::size_t level = points; level > 1;) {
        level = (level + kBoxFanout - 1) / kBoxFanout;
        all += level;
    }
    return all;
}

std::string encode_roads(const RoadGraphData& data) {
    std::string file(file_size(data), '\0');
    Header header{{}, kRoadsFileVersion, 0, file.size(), 0, data.counts};
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    std::size_t at = sizeof header;
    for_each_column(data, [&](const auto& column, std::size_t size) {
        LIANDONG_CHECK(column.size() == size);
        if (size > 0) std::memcpy(file.data() + at, column.data(), column.size_bytes());
        at += aligned(column.size_bytes());
    });
    std::memcpy(file.data(), &header, sizeof header);
    header.checksum = checksum(file);
    std::memcpy(file.data(), &header, sizeof header);
    return file;
}

Result<RoadGraphData> decode_roads(std::string_view bytes) {
    const auto header = read_header(bytes);
    if (!header) return std::unexpected(header.error());
    RoadGraphData data;
    data.counts = header->counts;
    if (file_size(data) != bytes.size()) return broken("its sizes do not add up");
    if (checksum(bytes) != header->checksum) return broken("its checksum does not fit");
    const char* at = bytes.data() + sizeof(Header);
    for_each_column(data, [&at]<class T>(std::span<const T>& column, std::size_t size) {
        column = {reinterpret_cast<const T*>(at), size};
        at += aligned(column.size_bytes());
    });
    if (!sound_arcs(data) || !sound_lines(data) || !sound_roads(data) || !sound_sparse(data)) {
        return broken("its contents contradict each other");
    }
    return data;
}

}  // namespace liandong::routing
