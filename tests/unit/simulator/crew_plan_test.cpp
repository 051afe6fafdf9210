#include "simulator/agents/crew_plan.h"

#include "simulator/agents/open_needs.h"
#include "simulator/agents/pace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::simulator {
namespace {

using domain::OrderFact;
using std::chrono::minutes;
using std::chrono::seconds;

// A crew signs, departs, arrives and clears in that order, within the stated ranges.
TEST(CrewPlan, ReactionsLieInTheirRanges) {
    SeededRandom random(5);
    domain::Unit unit;
    unit.kind = domain::UnitKind::kFireEngine;
    ScenarioReport report;
    report.scene = minutes{10};
    report.travel = minutes{5};
    for (int i = 0; i < 1'000; ++i) {
        const auto plan = plan_of(unit, {}, std::nullopt, report, random);
        ASSERT_EQ(plan.size(), 4U);
        EXPECT_GE(plan[0].after, seconds{3});
        EXPECT_LE(plan[0].after, seconds{60});
        EXPECT_GE(plan[1].after - plan[0].after, seconds{20});
        EXPECT_LE(plan[1].after - plan[0].after, seconds{80});
        EXPECT_EQ(plan[2].after - plan[1].after, minutes{5});
        EXPECT_GE(plan[3].after - plan[2].after, minutes{7});
        EXPECT_LE(plan[3].after - plan[2].after, minutes{13});
    }
}

// Travel is distance × 1.3 ÷ the kind's speed, and 8 minutes when nobody knows where.
TEST(CrewPlan, TravelFollowsDistance) {
    SeededRandom random(5);
    domain::Unit unit;
    unit.kind = domain::UnitKind::kAmbulance;
    const domain::Point here{309'000'000, 1'135'000'000},
        there{309'900'000, 1'135'000'000};  // 10,007 m
    auto plan = plan_of(unit, here, there, {}, random);
    EXPECT_NEAR(static_cast<double>((plan[2].after - plan[1].after).count()) / 1e6,
                10'007 * 1.3 / 14.0, 1);
    plan = plan_of(unit, here, std::nullopt, {}, random);
    EXPECT_EQ(plan[2].after - plan[1].after, minutes{8});
}

// Recorded stamps are kept in order of time, missing ones left out, a missing release replaced.
TEST(CrewPlan, RecordedStamps) {
    const RecordedOrder full{"E1", seconds{100}, seconds{130}, seconds{300}, seconds{900}};
    EXPECT_THAT(recorded_plan_of(full, minutes{5}),
                testing::ElementsAre(PlannedFact{OrderFact::kSigned, seconds{110}},
                                     PlannedFact{OrderFact::kDeparted, seconds{130}},
                                     PlannedFact{OrderFact::kArrived, seconds{300}},
                                     PlannedFact{OrderFact::kCleared, seconds{900}}));
    const RecordedOrder bare{"E1", seconds{100}, std::nullopt, std::nullopt, std::nullopt};
    EXPECT_THAT(recorded_plan_of(bare, minutes{5}),
                testing::ElementsAre(PlannedFact{OrderFact::kSigned, seconds{100}},
                                     PlannedFact{OrderFact::kCleared, seconds{400}}));
    const RecordedOrder backwards{"E1", seconds{100}, seconds{300}, seconds{200}, seconds{900}};
    EXPECT_EQ(recorded_plan_of(backwards, minutes{5})[1].fact, OrderFact::kArrived);
}

// What is filled or given up is no longer asked for; a unit fits by kind and capability.
TEST(OpenNeeds, ShrinkToNothing) {
    OpenNeeds needs({{"medical", {domain::UnitKind::kAmbulance}, 2}, {"", {}, 1}});
    EXPECT_EQ(needs.units(), 3);
    needs.filled(1);
    dispatch::v1::Unit unit;
    unit.set_kind(dispatch::v1::UNIT_KIND_AMBULANCE);
    EXPECT_FALSE(needs.accepts(unit));
    unit.add_capabilities("medical");
    EXPECT_TRUE(needs.accepts(unit));
    const auto asked = needs.asked();
    ASSERT_EQ(asked.needs.size(), 1U);
    EXPECT_EQ(asked.needs[0].count(), 2U);
    EXPECT_THAT(asked.origin, testing::ElementsAre(0U));
    needs.abandon(0, 5);
    EXPECT_TRUE(needs.empty());
}

// World time passes `speed` times as fast from the last answer on; before one it is unknown.
TEST(WorldTime, FollowsTheServersClock) {
    WorldTime world(60);
    const MonotonicTime start{seconds{5}};
    EXPECT_EQ(world.estimate(start), 0);
    world.observe(1'000'000'000, start);
    EXPECT_EQ(world.estimate(start + seconds{1}), 1'060'000'000);
    world.observe(1'030'000'000, start - seconds{1});  // an older answer that came late
    EXPECT_EQ(world.estimate(start), 1'000'000'000);
    const Pace pace(start, 60);
    EXPECT_EQ(pace.at(minutes{2}), start + seconds{2});
    EXPECT_EQ(pace.world(seconds{2}), minutes{2});
}

}  // namespace
}  // namespace liandong::simulator
