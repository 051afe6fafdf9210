#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/road_graph.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

// The roads file (docs/roads.md): a header, then the columns of `for_each_column` in that order,
// each beginning at a multiple of eight. Little endian; read in place.

namespace liandong::routing {

inline constexpr std::uint32_t kRoadsFileVersion = 1;

/// Two points that span a box, inclusive.
struct Box {
    domain::Point low, high;
};

/// So many things the file holds; all other sizes follow.
struct RoadCounts {
    std::uint32_t nodes = 0, arcs = 0, roads = 0, points = 0;
    std::uint32_t limited_roads = 0, twins = 0, name_bytes = 0, source_bytes = 0;
};

/// The index of lines has a box for each 16 consecutive points (with the segment that leads on), a
/// box for each 16 of these, and so on up to one: level after level, the lowest first.
inline constexpr std::uint32_t kBoxFanout = 16;
std::size_t box_count(std::uint32_t points);

struct RoadGraphData {
    RoadCounts counts;
    // By node.
    std::span<const domain::Point> node_points;
    std::span<const ArcId> first_in, first_out;  ///< one more than nodes
    // By arc, in the order of head, road, direction, tail, so that twins follow their original;
    // `arcs_out` in the order of their tails.
    std::span<const ArcId> arcs_out;
    std::span<const NodeId> tails, heads;
    std::span<const std::uint32_t> arc_roads;  ///< road × 2 + (1 if forward)
    std::array<std::span<const std::uint32_t>, kProfiles> times;
    // By road.
    std::span<const std::uint32_t> first_point;  ///< one more than roads
    std::span<const std::uint32_t> length_cm;
    std::span<const std::uint32_t> name_begin;  ///< in `names`
    std::span<const ArcId> forward_arc, backward_arc;
    // Sparse, ascending by their key.
    std::span<const RoadId> limited_roads;
    std::span<const SizeLimits> limits;
    // Lines, and the boxes over them.
    std::span<const domain::Point> points;
    std::span<const Box> boxes;
    // Bytes by road, then text: names end with NUL; the first is empty.
    std::span<const RoadClass> classes;
    std::span<const std::uint8_t> flags;
    std::span<const char> names, source;
};

/// Calls `visit(span, size)` for every column, in the order of the file.
template <class Data, class Visit> void for_each_column(Data& data, Visit&& visit) {
    const RoadCounts& n = data.counts;
    visit(data.node_points, std::size_t{n.nodes});
    visit(data.first_in, std::size_t{n.nodes} + 1);
    visit(data.first_out, std::size_t{n.nodes} + 1);
    visit(data.arcs_out, std::size_t{n.arcs});
    visit(data.tails, std::size_t{n.arcs});
    visit(data.heads, std::size_t{n.arcs});
    visit(data.arc_roads, std::size_t{n.arcs});
    for (auto& times : data.times) visit(times, std::size_t{n.arcs});
    visit(data.first_point, std::size_t{n.roads} + 1);
    visit(data.length_cm, std::size_t{n.roads});
    visit(data.name_begin, std::size_t{n.roads});
    visit(data.forward_arc, std::size_t{n.roads});
    visit(data.backward_arc, std::size_t{n.roads});
    visit(data.limited_roads, std::size_t{n.limited_roads});
    visit(data.limits, std::size_t{n.limited_roads});
    visit(data.points, std::size_t{n.points});
    visit(data.boxes, box_count(n.points));
    visit(data.classes, std::size_t{n.roads});
    visit(data.flags, std::size_t{n.roads});
    visit(data.names, std::size_t{n.name_bytes});
    visit(data.source, std::size_t{n.source_bytes});
}

/// The file's bytes. The columns must have the sizes that the counts say.
std::string encode_roads(const RoadGraphData& data);

/// Views into `bytes`, which must begin at a multiple of eight and outlive the result. Every index
/// in them is checked. FAILED_PRECONDITION / ROADS_FILE_BROKEN, ROADS_FILE_VERSION.
Result<RoadGraphData> decode_roads(std::string_view bytes);

}  // namespace liandong::routing
