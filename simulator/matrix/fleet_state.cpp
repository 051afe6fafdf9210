#include "simulator/matrix/fleet_state.h"

namespace liandong::simulator::matrix {

Duration time_from_where_it_is(const UnitState& unit, Duration now,
                               std::span<const Duration> towards) {
    const Duration from_base = towards[unit.base_zone];
    if (now >= unit.back) return from_base;
    // Two weeks in microseconds, squared, do not fit 64 bits.
    __extension__ using Wide = __int128;
    const Duration from_left = towards[unit.left_zone];
    const Wide sum = Wide{from_left.count()} * (unit.back - now).count() +
                     Wide{from_base.count()} * (now - unit.left).count();
    return Duration{static_cast<std::int64_t>(sum / (unit.back - unit.left).count())};
}

}  // namespace liandong::simulator::matrix
