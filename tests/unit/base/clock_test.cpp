#include "common/base/clock.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp kWall = Timestamp{Duration{1'800'000'000'000'000}};
constexpr Timestamp kWorld = Timestamp{Duration{1'784'368'800'000'000}};

// A world reads its epoch at the anchor and then runs at its rate, before the anchor too.
TEST(WorldClock, RunsAtItsRate) {
    ManualClock wall(kWall);
    const WorldClock world(wall, {.epoch = kWorld, .anchor = kWall, .rate = 60.0});
    EXPECT_EQ(world.now(), kWorld);
    wall.advance(1s);
    EXPECT_EQ(world.now(), kWorld + 1min);
    wall.set(kWall - 1s);
    EXPECT_EQ(world.now(), kWorld - 1min);
}

// The live world is the wall clock, to the microsecond.
TEST(WorldClock, RateOneFollowsTheBase) {
    ManualClock wall(kWall);
    const WorldClock world(wall, {.epoch = kWall, .anchor = kWall});
    wall.advance(Duration{123'456'789'012'345});
    EXPECT_EQ(world.now(), wall.now());
}

// A rate of nothing, or beyond the limit, is a programmer's error.
TEST(WorldClockDeathTest, RefusesImpossibleRates) {
    ManualClock wall(kWall);
    EXPECT_DEATH(WorldClock(wall, {.epoch = kWorld, .anchor = kWall, .rate = 0}), "rate");
    EXPECT_DEATH(WorldClock(wall, {.epoch = kWorld, .anchor = kWall, .rate = 100'001}), "rate");
}

// Monotonic time never runs back.
TEST(MonotonicNow, NeverRunsBack) {
    const MonotonicTime first = monotonic_now();
    EXPECT_LE(first, monotonic_now());
}

}  // namespace
}  // namespace liandong
