#pragma once

#include "common/routing/snap.h"

#include <cmath>
#include <optional>

namespace liandong::routing {

/// The time on a share, [0, 1], of an arc, to the nearest millisecond.
inline std::uint32_t part_of(std::uint32_t time, double share) {
    return static_cast<std::uint32_t>(std::lround(time * share));
}

/// May the place be used in that direction?
inline bool usable(const RoadPosition& at, bool forward) {
    return forward ? at.forward : at.backward;
}

/// The share of the arc in that direction that lies before the place.
inline double share_before(const RoadPosition& at, bool forward) {
    return forward ? at.along : 1 - at.along;
}

/// Calls `visit(arc)` for the road's arc in that direction and its twins, if any.
template <class Visit>
void for_each_arc(const RoadGraph& graph, RoadId road, bool forward, Visit&& visit) {
    const ArcId original = graph.arc_of(road, forward);
    if (original == kNone) return;
    visit(original);
    for (const ArcId twin : graph.twins(original)) visit(twin);
}

/// The share of the road on the way from one place to another without leaving it, in that
/// direction; nullopt: not so.
inline std::optional<double> direct_share(const RoadPosition& from, const RoadPosition& to,
                                          bool forward) {
    if (from.road != to.road || !usable(from, forward) || !usable(to, forward)) return std::nullopt;
    const double share = share_before(to, forward) - share_before(from, forward);
    if (share < 0) return std::nullopt;
    return share;
}

}  // namespace liandong::routing
