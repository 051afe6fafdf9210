#pragma once

#include "common/base/error.h"
#include "common/domain/geo.h"
#include "common/routing/weights.h"

#include <optional>

namespace liandong::routing {

/// A place on a road. `along` is the share of the road's length from its line's beginning, [0, 1].
struct RoadPosition {
    RoadId road = kNone;
    double along = 0;
    bool forward = false;        ///< may be left (and reached) with the line …
    bool backward = false;       ///< … and against it
    domain::Point point;         ///< on the line
    double distance_meters = 0;  ///< from what was asked for, straight
};

struct SnapOptions {
    double distance_max_meters = 500;
    /// Where a vehicle drives, or the direction that a caller reports ("towards the airport"), in
    /// degrees clockwise from north, [0, 360). It chooses among carriageways: a road that can only
    /// be used against it counts as farther away (by up to 40 m). A two-way road stays open both
    /// ways, since a crew can turn on it.
    std::optional<double> heading_degrees = std::nullopt;
};

/// Where something stands, for a search.
struct Snapped {
    RoadPosition at;
    /// The other carriageway: a one-way road within 60 m that runs the other way (by more than
    /// 120°) beside a one-way `at`. Its detour is the difference of two searches.
    std::optional<RoadPosition> opposite;
};

/// The nearest place on a road that `weights` leave open in some direction. Ties: the lower road
/// id. INVALID_ARGUMENT / HEADING_OUT_OF_RANGE; NOT_FOUND / ROAD_TOO_FAR with metadata
/// "distance_meters" (of the nearest such road, if there is one within 50 km) when none is within
/// the limit. About 10 µs; reads the index that the file holds.
Result<Snapped> snap(const Weights& weights, domain::Point point, const SnapOptions& options = {});

/// The bearing of the road at that place with its line, degrees clockwise from north, [0, 360).
double bearing_degrees(const RoadGraph& graph, const RoadPosition& at);

}  // namespace liandong::routing
