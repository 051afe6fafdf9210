#pragma once

#include "common/domain/geo.h"

#include <cstdint>

namespace liandong::routing {

/// The place of a point along a Hilbert curve over the whole globe, 32 bits an axis: near in number
/// is near on the ground (Hilbert 1891).
std::uint64_t hilbert(domain::Point point);

}  // namespace liandong::routing
