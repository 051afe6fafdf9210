#include "simulator/matrix/fleet_state.h"

#include <gtest/gtest.h>

#include <array>

namespace liandong::simulator::matrix {
namespace {

using namespace std::chrono_literals;

/// Left zone 1 at 100 s for its base in zone 0, 60 s away.
constexpr UnitState kReturning{.base_zone = 0, .left_zone = 1, .left = 100s, .back = 160s};
constexpr std::array<Duration, 2> kTowards{Duration{200s}, Duration{500s}};

TEST(TimeFromWhereItIs, GoesEvenlyFromTheRowLeftToTheRowOfTheBase) {
    // At the start all of the row left, half-way the mean, at the base and after all of the base.
    EXPECT_EQ(time_from_where_it_is(kReturning, 100s, kTowards), Duration{500s});
    EXPECT_EQ(time_from_where_it_is(kReturning, 130s, kTowards), Duration{350s});
    EXPECT_EQ(time_from_where_it_is(kReturning, 145s, kTowards), Duration{275s});
    EXPECT_EQ(time_from_where_it_is(kReturning, 160s, kTowards), Duration{200s});
    EXPECT_EQ(time_from_where_it_is(kReturning, 9'999s, kTowards), Duration{200s});
}

TEST(TimeFromWhereItIs, RoundsDownToWholeMicroseconds) {
    // A third of the way from 1 µs to 0 is 0.67 µs.
    const UnitState unit{.base_zone = 0, .left_zone = 1, .left = 0us, .back = 3us};
    const std::array<Duration, 2> towards{Duration{0}, Duration{1}};
    EXPECT_EQ(time_from_where_it_is(unit, 1us, towards), Duration{0});
}

TEST(TimeFromWhereItIs, HoldsForTheLongestWaysAllowed) {
    // A week by a week in microseconds does not fit 64 bits; the mean of two weeks is exact.
    const UnitState unit{
        .base_zone = 0, .left_zone = 1, .left = kCallTime_max, .back = kCallTime_max + kLeg_max};
    const std::array<Duration, 2> towards{kLeg_max, kLeg_max};
    EXPECT_EQ(time_from_where_it_is(unit, kCallTime_max + kLeg_max / 2, towards), kLeg_max);
}

TEST(UnitState, StandsAtItsBaseFromTheMomentItIsBack) {
    // Half-open: on its way before `back`, at the base from then on, never while busy.
    EXPECT_FALSE(kReturning.at_base(160s - 1us));
    EXPECT_TRUE(kReturning.at_base(160s));
    UnitState busy = kReturning;
    busy.busy = true;
    EXPECT_FALSE(busy.at_base(160s));
}

}  // namespace
}  // namespace liandong::simulator::matrix
