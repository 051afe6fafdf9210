#pragma once

#include "simulator/matrix/model.h"

#include <span>

namespace liandong::simulator::matrix {

/// Where one unit is. A unit that is not busy stands at its base from `back` on, and is on its way
/// there from `left` until then.
struct UnitState {
    Index base_zone = 0;
    Index left_zone = 0;  ///< of its last scene
    Duration left{0};
    Duration back{0};
    bool busy = false;  ///< from dispatch until clear

    bool at_base(Duration now) const { return !busy && now >= back; }
};

/// How long a free unit needs from where it is at `now`. At its base: the time from the base's
/// zone. On its way: between the time from the zone it left (L) and that from its base's zone (B),
/// by the share of the way done, in whole microseconds rounded down:
///
///     (from L × (back − now) + from B × (now − left)) / (back − left)
///
/// `towards` is the row of the destination (TravelMatrix::towards).
Duration time_from_where_it_is(const UnitState& unit, Duration now,
                               std::span<const Duration> towards);

}  // namespace liandong::simulator::matrix
