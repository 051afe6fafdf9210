#include "simulator/evening/troubled_evening.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace liandong::simulator {
namespace {

using testing::IsEmpty;

constexpr std::uint64_t kSeeds = 4;
constexpr std::size_t kIncidents = 30;

/// Everybody's work is done, and what was acknowledged is there.
void expect_all_done(const TroubledEvening& evening) {
    const auto counted = [&](Counter counter) { return evening.record.counter(counter); };
    EXPECT_THAT(evening.faults, IsEmpty());
    EXPECT_EQ(evening.open, 0U);
    EXPECT_EQ(counted(Counter::kReportsAcknowledged), kIncidents);
    EXPECT_EQ(counted(Counter::kIncidentsClosed), kIncidents);
    EXPECT_EQ(counted(Counter::kOutcomesUnknown), 0U);
    EXPECT_EQ(counted(Counter::kVerifiedReports), kIncidents);
    EXPECT_EQ(counted(Counter::kMissingReports), 0U);
    EXPECT_GE(counted(Counter::kOrdersAcknowledged), kIncidents);
    EXPECT_EQ(counted(Counter::kOrdersCleared), counted(Counter::kOrdersAcknowledged));
    EXPECT_EQ(counted(Counter::kVerifiedOrders), counted(Counter::kOrdersAcknowledged));
    EXPECT_EQ(counted(Counter::kMissingOrders), 0U);
    EXPECT_EQ(counted(Counter::kOrdersUnexpected), 0U);
}

// The agents of the live replay bring every evening to its end, whatever crashes, fails over, gets
// lost or is cut off meanwhile, and nothing that was acknowledged to them is lost.
TEST(TroubledEvening, AllOrdersEndAndNothingAcknowledgedIsLost) {
    Struck struck{};
    std::uint64_t resends = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        SCOPED_TRACE(fmt::format("seed {}", seed));
        const TroubledEvening evening = play_troubled_evening(seed, kIncidents);
        expect_all_done(evening);
        if (HasFailure()) break;
        std::ranges::transform(struck, evening.struck, struck.begin(), std::plus{});
        resends += evening.record.counter(Counter::kResends);
    }
    // The trouble was real.
    for (const Trouble trouble :
         {Trouble::kStoreFails, Trouble::kStoreSlow, Trouble::kPartition, Trouble::kCrash,
          Trouble::kLostMessages, Trouble::kLateDuplicates, Trouble::kCutOff, Trouble::kFailover}) {
        const auto index = static_cast<std::size_t>(trouble);
        fmt::print("{:6} {}\n", struck[index], kTroubleNames[index]);
        EXPECT_GT(struck[index], 10U) << kTroubleNames[index];
    }
    EXPECT_GT(resends, 100U);
}

// One seed, one evening.
TEST(TroubledEvening, ASeedReplaysItsEvening) {
    const auto first = play_troubled_evening(3, 10, true),
               second = play_troubled_evening(3, 10, true);
    EXPECT_FALSE(first.trace.empty());
    EXPECT_EQ(first.trace, second.trace);
    EXPECT_NE(first.trace, play_troubled_evening(4, 10, true).trace);
}

}  // namespace
}  // namespace liandong::simulator
