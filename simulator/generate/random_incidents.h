#pragma once

#include "common/base/time.h"
#include "simulator/scenario/scenario.h"

#include <cstddef>
#include <cstdint>

namespace liandong::simulator {

/// About as many calls as 60 units can answer: some wait, none for hours.
inline constexpr Duration kGapOfBusyDay = std::chrono::minutes{2};
/// Far more: many want the same units at the same time, incidents wait for hours, clocks ring.
inline constexpr Duration kGapOfFlood = std::chrono::seconds{10};

/// `count` (1–100,000) reports of flood happenings, `mean_gap` (> 0) apart on average, in a small
/// invented district of 60 units, one in twenty without a place, one in twenty the repeat of an
/// earlier one. A function of its arguments.
Scenario random_incidents(std::uint64_t seed, std::size_t count, Duration mean_gap = kGapOfFlood);

}  // namespace liandong::simulator
