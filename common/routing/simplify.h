#pragma once

#include "common/domain/geo.h"

#include <vector>

namespace liandong::routing {

/// Takes away inner points of a line so that none of them lies farther than `meters` from what
/// stays (Ramer 1972, Douglas and Peucker 1973). The ends stay, and at least two points.
void simplify(std::vector<domain::Point>& line, double meters);

}  // namespace liandong::routing
