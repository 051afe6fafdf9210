#include "simulator/check/check.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace liandong::simulator {
namespace {

using testing::IsEmpty;
using testing::Not;

constexpr std::uint64_t kSeeds = 200;
constexpr int kOperations = 200;
constexpr std::uint64_t kMutantSeeds = 30;

SiegePlan plan_of(std::uint64_t seed, Mutant mutant = Mutant::kNone) {
    SiegePlan plan;
    plan.seed = seed;
    plan.operations = kOperations;
    plan.mutant = mutant;
    return plan;
}

// Whatever goes wrong, the invariants hold after every operation, and all comes to an end once it
// heals: 200 seeds, each with its own mixture of trouble.
TEST(Check, TheInvariantsHold) {
    std::map<std::string, int> outcomes;
    Struck struck{};
    std::uint64_t events = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const Verdict verdict = run_plan(plan_of(seed));
        ASSERT_THAT(verdict.faults, IsEmpty()) << "replay: liandong-sim check --first-seed " << seed
                                               << " --seeds 1 --operations " << kOperations;
        for (const auto& [outcome, count] : verdict.outcomes) outcomes[outcome] += count;
        std::ranges::transform(struck, verdict.struck, struck.begin(), std::plus{});
        events += verdict.events;
    }
    fmt::print("{} events\n", events);
    for (const auto& [outcome, count] : outcomes) fmt::print("{:6} {}\n", count, outcome);
    // The generator reaches what it is for.
    for (std::size_t i = 0; i < kTroubles; ++i) {
        fmt::print("{:6} {}\n", struck[i], kTroubleNames[i]);
        EXPECT_GT(struck[i], 10U) << kTroubleNames[i];
    }
    for (const char* outcome :
         {"DispatchUnits OK", "DispatchUnits UNITS_NOT_FREE", "DispatchUnits INCIDENT_CLOSED",
          "DeclineOrder OK", "CancelOrder OK", "CancelOrder ORDER_ENDED", "CloseIncident OK",
          "CloseIncident ORDERS_STILL_OPEN", "SetUnitStatus UNIT_HOLDS_ORDER"}) {
        EXPECT_GT(outcomes[outcome], 10) << outcome;
    }
}

// The same seed does the same, byte for byte: what a failure prints replays it.
TEST(Check, ASeedReplaysItsRun) {
    const Verdict first = run_plan(plan_of(7)), second = run_plan(plan_of(7));
    EXPECT_EQ(first.state, second.state);
    EXPECT_EQ(first.outcomes, second.outcomes);
    EXPECT_NE(first.state, run_plan(plan_of(8)).state);
}

// The canary: a platform that acknowledges what it never did is found, and shrinks to less.
TEST(Check, TheCanaryFails) {
    const SiegePlan canary = plan_of(1, Mutant::kAnswerBeforeCommit);
    ASSERT_THAT(run_plan(canary).faults, Not(IsEmpty()));
    const SiegePlan shorter = shrink(canary);
    EXPECT_LT(shorter.operations, canary.operations);
    EXPECT_THAT(run_plan(shorter).faults, Not(IsEmpty()));
}

class Mutants : public testing::TestWithParam<std::size_t> {};

// Every deliberate mistake is found within a few seeds.
TEST_P(Mutants, IsFound) {
    const auto mutant = static_cast<Mutant>(GetParam());
    for (std::uint64_t seed = 1; seed <= kMutantSeeds; ++seed) {
        if (!run_plan(plan_of(seed, mutant)).faults.empty()) return;
    }
    FAIL() << "not found in " << kMutantSeeds << " seeds";
}

INSTANTIATE_TEST_SUITE_P(All, Mutants, testing::Range<std::size_t>(1, kMutants),
                         [](const auto& info) {
                             std::string name(kMutantNames[info.param]);
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace liandong::simulator
