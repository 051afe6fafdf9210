#pragma once

#include "common/domain/geo.h"

#include <span>
#include <vector>

namespace liandong::routing {

/// A ring of points whose first is repeated at the end.
using Ring = std::vector<domain::Point>;
/// Its outline, counter-clockwise, then its holes, clockwise (RFC 7946).
using Polygon = std::vector<Ring>;

/// The area of a square grid's cells (about `cell_meters` wide) that lines run through, as
/// polygons. Cells that touch at a corner only are apart. At most kCells_max cells: the grid grows
/// coarser instead.
inline constexpr std::size_t kCells_max = 1'000'000;
std::vector<Polygon> area_around(std::span<const std::vector<domain::Point>> lines,
                                 double cell_meters);

}  // namespace liandong::routing
