#include "simulator/matrix/run.h"

#include "simulator/matrix/generate.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::simulator::matrix {
namespace {

using namespace std::chrono_literals;

/// Two zones 100 s apart, one unit at a base in each unless `units` says otherwise.
Model two_zones(std::vector<MatrixCall> calls, std::vector<Index> bases_of_units = {0, 1}) {
    Model model;
    model.zones = {"A", "B"};
    model.travel = TravelMatrix(2);
    model.travel[{0, 1}] = model.travel[{1, 0}] = 100s;
    model.bases = {{"a", 0}, {"b", 1}};
    for (const Index base : bases_of_units)
        model.fleet.push_back({"u" + std::to_string(model.fleet.size()), base});
    model.calls = std::move(calls);
    return model;
}

TEST(MatrixRun, ACallFindsTheUnitThatClearsAtItsMoment) {
    // Units come before calls at equal times, so the second call does not wait (and is not lost).
    const Model model = two_zones({{"1", 0s, 0, 50s, 0}, {"2", 50s, 0, 1s, 0}}, {0});
    const auto outcomes = run(model, nearest_at_base(), {.queue = false});
    EXPECT_EQ(outcomes[1].unit, 0U);
    EXPECT_EQ(outcomes[1].dispatched, Duration{50s});
}

TEST(MatrixRun, UnitsThatClearTogetherServeTheQueueLowestIndexFirst) {
    // Two units clear at 50 s; the oldest call gets unit 0, though unit 1 was sent out first.
    const Model model = two_zones(
        {{"1", 0s, 1, 50s, 0}, {"2", 0s, 0, 50s, 0}, {"3", 1s, 0, 0s, 0}, {"4", 2s, 0, 0s, 0}});
    const auto outcomes = run(model, nearest_at_base());
    EXPECT_EQ(outcomes[0].unit, 1U);
    EXPECT_EQ(outcomes[2].unit, 0U);
    EXPECT_EQ(outcomes[3].unit, 0U);  // from the same scene at once, before unit 1 is looked at
}

TEST(MatrixRun, EquallyNearUnitsGoLowestIndexFirst) {
    // Both stand in zone A.
    const auto outcomes = run(two_zones({{"1", 0s, 1, 0s, 0}}, {0, 0}), nearest_or_returning());
    EXPECT_EQ(outcomes[0].unit, 0U);
}

TEST(MatrixRun, CallsOfOneMomentGoInTheOrderOfTheInput) {
    // Calls may stand unsorted; equal times keep their order, also in the queue.
    const Model model =
        two_zones({{"late", 9s, 0, 5s, 0}, {"first", 0s, 0, 5s, 0}, {"second", 0s, 0, 5s, 0}}, {0});
    const auto outcomes = run(model, nearest_at_base());
    EXPECT_EQ(outcomes[1].dispatched, Duration{0s});
    EXPECT_EQ(outcomes[2].dispatched, Duration{5s});
    EXPECT_EQ(outcomes[0].dispatched, Duration{10s});
}

TEST(MatrixRun, AtBaseAWaitingCallGetsTheUnitThatComesBackFirst) {
    // The unit is clear at 150 s, back at 250 s; a call of 200 s is served from the base.
    const Model model = two_zones({{"1", 0s, 1, 50s, 0}, {"2", 200s, 1, 0s, 0}}, {0});
    EXPECT_EQ(run(model, nearest_at_base())[1].dispatched, Duration{250s});
    EXPECT_EQ(run(model, nearest_at_base())[1].arrived, Duration{350s});
    EXPECT_EQ(run(model, nearest_or_returning())[1].dispatched, Duration{200s});
    EXPECT_EQ(run(model, nearest_or_returning())[1].arrived, Duration{250s});
}

struct Busy {
    Duration from;
    Duration until;
};

TEST(MatrixRun, NoUnitIsInTwoPlacesAndNoCallOvertakesAnother) {
    // In invented cities at every load: the busy times of a unit are disjoint, every call is
    // served, and who asked earlier is sent to no later (first come, first served).
    for (const Policy* policy : {&nearest_at_base(), &nearest_or_returning()}) {
        for (const double busy : {0.1, 0.5, 0.95}) {
            const Model model = generate_city({30, 5, 8, 2'000, busy}, 7);
            const auto outcomes = run(model, *policy);
            std::vector<std::vector<Busy>> by_unit(model.fleet.size());
            Duration last{0};
            for (std::size_t i = 0; i < outcomes.size(); ++i) {
                ASSERT_FALSE(outcomes[i].lost());
                EXPECT_GE(outcomes[i].dispatched, std::max(last, model.calls[i].at));
                last = outcomes[i].dispatched;
                by_unit[outcomes[i].unit].push_back({last, outcomes[i].cleared});
            }
            for (const auto& spans : by_unit) {
                for (std::size_t i = 1; i < spans.size(); ++i)
                    EXPECT_GE(spans[i].from, spans[i - 1].until);
            }
        }
    }
}

TEST(MatrixRun, TheSameSeedGivesTheSameOutcome) {
    // Calls belong to (seed, number): a longer stream begins with the shorter one.
    const Model shorter = generate_city({30, 5, 8, 500, 0.5}, 7);
    const Model longer = generate_city({30, 5, 8, 1'000, 0.5}, 7);
    const auto a = run(shorter, nearest_or_returning()), b = run(longer, nearest_or_returning());
    for (std::size_t i = 0; i < shorter.calls.size(); ++i) {
        EXPECT_EQ(shorter.calls[i].at, longer.calls[i].at);
        EXPECT_EQ(a[i].unit, b[i].unit);
        EXPECT_EQ(a[i].cleared, b[i].cleared);
    }
    EXPECT_NE(generate_city({30, 5, 8, 1, 0.5}, 8).calls[0].at, shorter.calls[0].at);
}

TEST(FindPolicy, KnowsBothByName) {
    // The words of the command line.
    EXPECT_EQ(find_policy("at-base"), &nearest_at_base());
    EXPECT_EQ(find_policy("returning"), &nearest_or_returning());
    EXPECT_EQ(find_policy("best"), nullptr);
}

}  // namespace
}  // namespace liandong::simulator::matrix
