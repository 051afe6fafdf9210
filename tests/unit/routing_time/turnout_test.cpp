#include "common/routing/time/turnout.h"

#include <gtest/gtest.h>

namespace liandong::routing {
namespace {

std::vector<ObservedTurnout> times(int count, std::size_t band, double seconds) {
    return std::vector<ObservedTurnout>(static_cast<std::size_t>(count),
                                        {"fire_engine", band, seconds});
}

// Without records the prior holds, longer in quarters than at the wheel.
TEST(Turnout, WithoutRecordsIsThePrior) {
    const TurnoutTable table = tabulate({});
    EXPECT_EQ(table.turnout("fire_engine", 0, Readiness::kInQuarters),
              prior_turnout(Readiness::kInQuarters));
    EXPECT_LT(table.turnout("", 0, Readiness::kUnderWay).p90(),
              table.turnout("", 0, Readiness::kInQuarters).p50());
}

// Many records are believed, few are mixed with what is assumed; hours are told apart.
TEST(Turnout, ManyRecordsAreBelieved) {
    auto seen = times(2'000, 3, 40);
    for (const auto& slow : times(2'000, 0, 90)) seen.push_back(slow);
    const TurnoutTable table = tabulate(seen);
    EXPECT_NEAR(table.turnout("fire_engine", 3, Readiness::kInQuarters).p50(), 40, 1);
    EXPECT_NEAR(table.turnout("fire_engine", 0, Readiness::kInQuarters).p50(), 90, 1);

    const TurnoutTable few = tabulate(times(5, 3, 10));
    const double mixed = few.turnout("fire_engine", 3, Readiness::kInQuarters).p50();
    EXPECT_GT(mixed, 30);
    EXPECT_LT(mixed, 60);
}

// A band without records is the group's whole day; another group, and a crew at the wheel, learn
// nothing from it.
TEST(Turnout, BandsBorrowFromTheDayOnly) {
    const TurnoutTable table = tabulate(times(2'000, 3, 40));
    EXPECT_NEAR(table.turnout("fire_engine", 7, Readiness::kInQuarters).p50(), 40, 1);
    EXPECT_EQ(table.turnout("ambulance", 3, Readiness::kInQuarters),
              prior_turnout(Readiness::kInQuarters));
    EXPECT_EQ(table.turnout("fire_engine", 3, Readiness::kUnderWay),
              prior_turnout(Readiness::kUnderWay));
}

}  // namespace
}  // namespace liandong::routing
