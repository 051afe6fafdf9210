#pragma once

#include "common/domain/geo.h"

#include <vector>

namespace liandong::areas {

/// One ring for each site: the ground that is nearer to it than to any other, within the convex
/// hull of all sites grown by `margin`. Neighbours share their edges up to rounding. For districts
/// whose real grid boundaries are not at hand. Needs at least three sites that lie apart; O(n² · k)
/// for rings of k corners (some 50 ms for 548).
std::vector<std::vector<domain::Point>> voronoi(const std::vector<domain::Point>& sites,
                                                domain::Meters margin);

}  // namespace liandong::areas
