#include "simulator/report/replay_report.h"
#include "simulator/report/verdict.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::simulator {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

std::vector<std::uint64_t> counts_of(const std::vector<ReactionBucket>& buckets) {
    std::vector<std::uint64_t> counts;
    for (const ReactionBucket& bucket : buckets) counts.push_back(bucket.count);
    return counts;
}

// The buckets are half-open: what lies on an edge belongs to the slower side.
TEST(Reaction, BucketsAreHalfOpen) {
    EXPECT_THAT(
        counts_of(sign_buckets({seconds{0}, seconds{29}, seconds{30}, seconds{119}, seconds{180}})),
        testing::ElementsAre(2, 1, 1, 0, 1));
    EXPECT_THAT(counts_of(departure_buckets(
                    {minutes{4}, minutes{5}, minutes{14}, minutes{29}, minutes{31}})),
                testing::ElementsAre(1, 1, 1, 1, 1));
}

// A replay fails for lost, dropped, unknown, unresolved or unexpected work and for refused calls,
// and for nothing else.
TEST(Verdict, WhatFailsAReplay) {
    Record clean;
    clean.count(Counter::kReportsSent, 3);
    clean.count(Counter::kReportsAcknowledged, 3);
    clean.count(Counter::kUnitsLost, 2);
    clean.count(Counter::kNeedsUnfilled, 2);
    EXPECT_THAT(failures_of(clean), testing::IsEmpty());
    for (const Counter counter :
         {Counter::kMissingReports, Counter::kMissingOrders, Counter::kReportsDropped,
          Counter::kOutcomesUnknown, Counter::kIncidentsUnresolved, Counter::kOrdersUnexpected,
          Counter::kReportsSent}) {
        Record record = clean;
        record.count(counter);
        EXPECT_THAT(failures_of(record), testing::SizeIs(1));
    }
    Record refused = clean;
    refused.refused("DispatchUnits", Error{Code::kNotFound, "INCIDENT_UNKNOWN", "", {}});
    EXPECT_THAT(failures_of(refused), testing::SizeIs(1));
}

// A late simulator is warned of: p99 of the send lag above 1 ms, or above 5 % of the median
// acknowledgement.
TEST(Verdict, WhatMakesFiguresDoubtful) {
    const auto warned = [](Duration lag, Duration acknowledgement) {
        Record record;
        record.took(Stage::kSendLag, lag);
        record.took(Stage::kReportAcknowledged, acknowledgement);
        return !warnings_of(record).empty();
    };
    EXPECT_FALSE(warned(Duration{900}, milliseconds{20}));
    EXPECT_TRUE(warned(Duration{1'100}, milliseconds{200}));
    EXPECT_TRUE(warned(Duration{900}, milliseconds{10}));
}

// report.json has its schema, every stage with its buckets, null for percentiles that say nothing,
// and wall times as measured, whatever the speed.
TEST(Report, JsonForPrograms) {
    Record record;
    for (int i = 0; i < 25; ++i) record.took(Stage::kReportAcknowledged, milliseconds{1});
    record.lasted_in_source(WorldSpan::kSentToDeparted, seconds{49});
    ReplayFacts facts{"s", "exercise.s", 60, "recommended", 1, seconds{3}, {{"cpu", "x"}}};
    auto json = boost::json::parse(to_json(record, facts));
    EXPECT_EQ(json.at("schema").as_string(), "liandong-replay-report");
    EXPECT_EQ(json.at("version").as_int64(), 1);
    const auto& stage = json.at("stages_micros").at("report_acknowledged");
    EXPECT_EQ(stage.at("count").to_number<int>(), 25);
    EXPECT_EQ(stage.at("p50").to_number<int>(), 1'000);
    EXPECT_TRUE(stage.at("p90").is_null());
    EXPECT_EQ(stage.at("buckets").as_array().size(), 1U);
    EXPECT_EQ(json.at("stages_micros").as_object().size(), kStages);
    EXPECT_EQ(json.at("counts").as_object().size(), kCounterNames.size());
    EXPECT_TRUE(
        json.at("crews_world_micros").at("sent_to_departed").as_object().contains("recorded"));
    facts.speed = 61;  // the software's own latency, times 61, is no longer small
    json = boost::json::parse(to_json(record, facts));
    EXPECT_FALSE(
        json.at("crews_world_micros").at("sent_to_departed").as_object().contains("recorded"));
}

// The table says "–" where it has too few samples, and lists lost units.
TEST(Report, TextForPeople) {
    Record record;
    record.took(Stage::kDispatched, milliseconds{2});
    record.unit_lost("UNIT_TAKEN", "E07 for 1: UNIT_TAKEN");
    const std::string text =
        to_text(record, {"s", "exercise.s", 60, "recorded", 1, seconds{3}, {}});
    EXPECT_THAT(
        text,
        testing::HasSubstr(
            "dispatched                 1         –         –         –         –      2 ms"));
    EXPECT_THAT(text, testing::HasSubstr("E07 for 1: UNIT_TAKEN"));
    EXPECT_THAT(text, testing::HasSubstr("ok: all 0"));
}

}  // namespace
}  // namespace liandong::simulator
