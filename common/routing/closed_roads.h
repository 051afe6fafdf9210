#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/search.h"

#include <optional>
#include <vector>

namespace liandong::routing {

/// What a desk closes, in places: the road at a point, or the stretch between two.
struct ClosedPlace {
    domain::Point at;
    std::optional<domain::Point> to;
    /// Closed only for who drives this way, degrees clockwise from north, [0, 360).
    std::optional<double> heading_degrees;
};

struct ClosedRoad {
    RoadId road = kNone;
    bool forward = false;   ///< with the road's line …
    bool backward = false;  ///< … and against it
    friend bool operator==(const ClosedRoad&, const ClosedRoad&) = default;
};

/// The same on one map.
struct ClosedRoads {
    std::vector<ClosedRoad> roads;  ///< ascending, each once
    RoadId at = kNone;              ///< the road at the first point
    double off_road_meters = 0;     ///< of the point that lies farther from its road
    double meters = 0;              ///< length of these roads
};

inline constexpr double kClosureSnapMeters_max = 100;

/// Whole roads, from junction to junction; `weights` are those of the map, without closures.
///
/// A point: the nearest road, in both directions, with the other carriageway if it has one beside
/// it; with a heading that direction alone, which also chooses the carriageway. A stretch: the
/// roads of the shorter way between its ends, of the way back if that is about as short, and of the
/// other carriageway; with a heading the way that runs like it, in its direction alone. The first
/// and last road of a stretch count from 15 m on, since a point is seldom set on the junction.
///
/// NOT_FOUND / ROAD_TOO_FAR (metadata "distance_meters") beyond kClosureSnapMeters_max;
/// NO_WAY when no way leads between the ends that is not more than four times as long as
/// the straight line and 500 m. About 20 µs; a stretch up to some milliseconds.
Result<ClosedRoads> closed_roads(Search& search, const Weights& weights, const ClosedPlace& place);

}  // namespace liandong::routing
