#include "simulator/matrix/outcome.h"

#include "simulator/matrix/generate.h"
#include "simulator/matrix/table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::simulator::matrix {
namespace {

using namespace std::chrono_literals;

Model one_unit(std::vector<MatrixCall> calls) {
    Model model = generate_queue({1, 0.5}, 0, 1);
    model.calls = std::move(calls);
    return model;
}

TEST(WriteOutcomes, ALostCallKeepsItsRowAndHasNoTimes) {
    // Seven empty fields, so every row has eleven.
    const Model model = one_unit({{"a", 0s, 0, 1'500ms, 0}, {"b", 1s, 0, 1s, 2}});
    std::ostringstream out;
    write_outcomes(model, run(model, nearest_at_base(), {.queue = false}), out);
    EXPECT_EQ(out.str(),
              "call,priority,time_s,zone,unit,waiting_s,dispatched_s,travel_s,arrived_s,response_s,"
              "cleared_s\n"
              "a,,0,z,u1,0,0,0,0,0,1.5\n"
              "b,2,1,z,,,,,,,\n");
}

TEST(Summarise, CountsLostCallsApartFromThoseServed) {
    // Means are of the served ones; a call that waited is one that was not sent to at once.
    const Model model = one_unit({{"a", 0s, 0, 10s, 0}, {"b", 4s, 0, 1s, 0}});
    const Summary queued = summarise(model, run(model, nearest_at_base()));
    EXPECT_EQ(queued.calls, 2U);
    EXPECT_EQ(queued.lost, 0U);
    EXPECT_EQ(queued.waited, 1U);
    EXPECT_EQ(queued.mean_waiting, Duration{3s});
    EXPECT_EQ(queued.max_response, Duration{6s});
    const Summary lossy = summarise(model, run(model, nearest_at_base(), {.queue = false}));
    EXPECT_EQ(lossy.lost, 1U);
    EXPECT_EQ(lossy.mean_response, Duration{0s});
}

TEST(Summarise, SaysNothingOfMeansWhenNoCallWasServed) {
    // No calls at all: no mean, rather than a division by zero.
    const Model model = one_unit({});
    EXPECT_FALSE(summarise(model, run(model, nearest_at_base())).mean_response.has_value());
}

TEST(Seconds, AreReadAsTheyAreWritten) {
    // Whole seconds bare, decimals without trailing zeros, microseconds kept.
    for (const char* text : {"0", "12", "0.5", "12.000001", "999999999999"})
        EXPECT_EQ(to_seconds(parse_seconds(text).value()), text);
    EXPECT_EQ(parse_seconds("1.50"), Duration{1'500'000});
}

TEST(Seconds, RefusesAllElse) {
    // Signs, exponents, blanks, a bare point, a seventh decimal, too many digits.
    for (const char* text : {"", "-1", "+1", "1e3", " 1", "1 ", ".5", "1.", "1.-5", "1.0000001",
                             "1.2.3", "nan", "1000000000000"})
        EXPECT_FALSE(parse_seconds(text).has_value()) << text;
}

}  // namespace
}  // namespace liandong::simulator::matrix
