#pragma once

#include "common/domain/geo.h"
#include "common/routing/road_file.h"

#include <absl/functional/function_ref.h>

#include <span>
#include <vector>

namespace liandong::routing {

/// The boxes of the file for `points`, whose lines begin at `first_point` (one more than roads).
///
/// A packed R-tree whose leaves are runs of 16 points as they lie in the file: roads are stored
/// along a Hilbert curve and a road's points follow one another, so that the order of the points is
/// a packing already. It costs one byte a point, needs no building at load and nothing to relocate,
/// which an R-tree of a library does (docs/roads.md).
std::vector<Box> build_boxes(std::span<const domain::Point> points,
                             std::span<const std::uint32_t> first_point);

/// Calls `visit(road, segment)` for the segments near `center`, nearer boxes first, until none can
/// be nearer than `limit_meters()`, which is asked again and again and may fall.
void visit_near(const RoadGraphData& data, domain::Point center,
                absl::FunctionRef<double()> limit_meters,
                absl::FunctionRef<void(RoadId road, std::uint32_t segment)> visit);

}  // namespace liandong::routing
