#pragma once

#include "simulator/scenario/scenario.h"

#include <cstddef>
#include <cstdint>

namespace liandong::simulator {

/// For tests: `count` (1–100,000) reports of flood happenings about ten seconds apart on average in
/// a small invented district of 60 units, one in twenty without a place, one in twenty the repeat
/// of an earlier one, many wanting the same units at the same time. A function of (seed, count).
Scenario random_incidents(std::uint64_t seed, std::size_t count);

}  // namespace liandong::simulator
