#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/road_graph.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace liandong::routing {

/// Milliseconds by profile, or kNoEntry.
using TimesByProfile = std::array<std::uint32_t, kProfiles>;
inline constexpr TimesByProfile kClosedToAll{kNoEntry, kNoEntry, kNoEntry, kNoEntry};

/// A road as an importer found it, between two of the draft's nodes.
struct DraftRoad {
    std::uint32_t begin = 0, end = 0;
    std::vector<domain::Point> line;  ///< at least two; the first and last are the nodes' points
    double meters = 0;
    RoadClass road_class = RoadClass::kOther;
    std::uint8_t flags = 0;  ///< bits of RoadFlag but kLimited
    SizeLimits limits;
    std::uint32_t name = 0;  ///< index in the draft's names
    TimesByProfile forward = kClosedToAll, backward = kClosedToAll;

    const TimesByProfile& times(bool with_line) const { return with_line ? forward : backward; }
};

/// After driving one road in one direction, another may not be entered in one.
struct TurnBan {
    std::uint32_t from_road = 0;
    bool from_forward = true;
    std::uint32_t to_road = 0;
    bool to_forward = true;
    std::array<bool, kProfiles> profiles{};  ///< whom it binds
};

/// What importers give and `build_roads` turns into a file.
struct Draft {
    std::vector<domain::Point> nodes;
    std::vector<DraftRoad> roads;
    std::vector<TurnBan> bans;           ///< `to` begins where `from` ends
    std::vector<std::string> names{""};  ///< the first is empty
    std::string source;
};

/// Joins the two roads at every node where nothing else meets them and nothing changes: class,
/// name, flags, limits and who may go which way. Nodes of turn bans stay. Times and metres add up,
/// lines are kept whole.
Draft contract(Draft draft);

struct BuildOptions {
    bool contract = true;
    /// Lines are kept to within this distance: snapping needs no more, and bends are most of a
    /// file. Lengths and times stay those of the whole line. 0: every point is kept.
    double simplify_meters = 2;
};

/// What became of a draft.
struct BuildReport {
    std::size_t draft_nodes = 0, draft_roads = 0, joined_roads = 0;
    std::size_t nodes = 0, arcs = 0, roads = 0, twins = 0, limited_roads = 0, points = 0;
    /// Outside the largest strongly connected network.
    std::size_t dropped_roads = 0;  ///< of every profile
    double dropped_meters = 0;
    std::array<std::size_t, kProfiles> arcs_kept{}, arcs_dropped{};
};

/// The bytes of a roads file: turn bans become nodes of their own, each profile keeps its largest
/// strongly connected network, nodes and roads are put in an order along a Hilbert curve. The same
/// draft gives the same bytes. INVALID_ARGUMENT / NO_ROADS (nothing is left), ROADS_TOO_MANY (more
/// than 2^30 arcs or points).
Result<std::string> build_roads(Draft draft, const BuildOptions& options, BuildReport& report);

}  // namespace liandong::routing
