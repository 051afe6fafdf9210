#include "tests/property/shift.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace liandong::test {
namespace {

using testing::IsEmpty;

constexpr std::uint64_t kSeeds = 40;
constexpr int kStepsEach = 100;

/// The seed that LIANDONG_SEED names alone, else all of them.
std::vector<std::uint64_t> seeds() {
    if (const char* chosen = std::getenv("LIANDONG_SEED"))
        return {std::strtoull(chosen, nullptr, 10)};
    std::vector<std::uint64_t> all;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) all.push_back(seed);
    return all;
}

// Whatever several dispatchers and crews do at once, with mirrors that lag and replies that are
// lost: no unit holds two orders; unit, order and incident agree after every event; one request has
// one answer and one event; the log has no gaps and rebuilds values and indexes bit for bit.
TEST(DispatchProperty, TheInvariantsHoldAfterEveryStep) {
    std::map<std::string, int> outcomes;
    std::uint64_t events = 0, injected = 0;
    for (const std::uint64_t seed : seeds()) {
        Shift shift(seed);
        shift.work(kStepsEach);
        ASSERT_THAT(shift.faults(), IsEmpty()) << "replay with LIANDONG_SEED=" << seed;
        for (const auto& [outcome, count] : shift.outcomes()) outcomes[outcome] += count;
        events += shift.judge().events();
        injected += shift.injected_faults();
    }
    fmt::print("{} events, {} injected faults\n", events, injected);
    for (const auto& [outcome, count] : outcomes) fmt::print("{:6} {}\n", count, outcome);
    if (std::getenv("LIANDONG_SEED")) return;
    // The generator reaches what it is for.
    EXPECT_GT(injected, 100U);
    for (const char* outcome :
         {"DispatchUnits OK", "DispatchUnits UNITS_NOT_FREE", "DispatchUnits INCIDENT_CLOSED",
          "DeclineOrder OK", "CancelOrder OK", "CancelOrder ORDER_ENDED", "CloseIncident OK",
          "CloseIncident ORDERS_STILL_OPEN", "SetUnitStatus UNIT_HOLDS_ORDER"}) {
        EXPECT_GT(outcomes[outcome], 10) << outcome;
    }
}

// The same seed does the same work: what a failure prints replays it.
TEST(DispatchProperty, ASeedReplaysItsRun) {
    Shift first(7), second(7), other(8);
    for (Shift* shift : {&first, &second, &other}) shift->work(20);
    EXPECT_EQ(first.judge().values(), second.judge().values());
    EXPECT_EQ(first.outcomes(), second.outcomes());
    EXPECT_NE(first.judge().values(), other.judge().values());
}

}  // namespace
}  // namespace liandong::test
