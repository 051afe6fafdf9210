#pragma once

#include "common/routing/time/stamps.h"
#include "simulator/import/sf_rows.h"

#include <vector>

namespace liandong::simulator {

/// A crew that was free for less may still be on its way home.
inline constexpr Duration kBackInQuarters = std::chrono::minutes{10};

/// The journeys of San Francisco's engines and trucks that began, as far as one can tell, in the
/// station of their number: where a unit started is not recorded, so only those count that had been
/// free for kBackInQuarters (or had no call before). Priority 3 was driven with lights and sirens
/// (profile emergency), priority 2 without (profile car). In order of `sent`, then unit.
std::vector<routing::Stamp> sf_stamps(const std::vector<SfRow>& rows,
                                      const std::vector<SfStation>& stations);

}  // namespace liandong::simulator
