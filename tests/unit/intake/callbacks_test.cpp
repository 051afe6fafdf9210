#include "tests/unit/intake/knowing_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace liandong::intake {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class Callbacks : public KnowingFixture {
protected:
    std::string lost(pb::CallEnd end) {
        auto request = call("");
        request.set_call_end(end);
        return report(request).incident_id();
    }
    Result<pb::RecordCallbackResponse> record(const std::string& id, int outcome) {
        auto request = about<pb::RecordCallbackRequest>(id);
        request.set_outcome(static_cast<pb::CallbackOutcome>(outcome));
        request.set_text("回拨");
        return ask(&IntakeHandlers::record_callback, request);
    }
};

// Abandoned, hung-up, silent and written calls are to be called back; spoken ones are not (D14).
TEST_F(Callbacks, WhoIsCalledBack) {
    std::vector<std::string> due;
    for (const auto end : {pb::CALL_END_ABANDONED, pb::CALL_END_HUNG_UP, pb::CALL_END_SILENT}) {
        due.push_back(lost(end));
        EXPECT_EQ(get(due.back()).callback().state(), pb::CALLBACK_STATE_DUE);
        EXPECT_NE(get(due.back()).callback().due_at_micros(), 0);
    }
    auto text = call("有人跟踪我，不方便说话");
    text.set_channel(pb::CHANNEL_TEXT_12110);
    due.push_back(report(text).incident_id());
    EXPECT_FALSE(get(lost(pb::CALL_END_SPOKEN)).has_callback());
    EXPECT_FALSE(get(report(call("着火")).incident_id()).has_callback());
    pb::IncidentFilter filter;
    filter.set_only_callback_due(true);
    EXPECT_EQ(listed(filter).size(), due.size());
}

// It ends only as spoken-to-and-safe, with a unit sent, or by a supervisor who says why.
TEST_F(Callbacks, HowItEnds) {
    const std::string safe = lost(pb::CALL_END_ABANDONED);
    EXPECT_EQ(reason_of(close(safe, dispatcher(), "无人接听")), "CALLER_NOT_REACHED");
    ASSERT_TRUE(record(safe, pb::CALLBACK_OUTCOME_NO_ANSWER));
    EXPECT_EQ(reason_of(close(safe, dispatcher(), "无人接听")), "CALLER_NOT_REACHED");
    const auto reached = record(safe, pb::CALLBACK_OUTCOME_SAFE);
    ASSERT_TRUE(reached);
    EXPECT_EQ(reached->incident().callback().state(), pb::CALLBACK_STATE_SAFE);
    EXPECT_EQ(reached->incident().callback().attempts(), 2U);
    EXPECT_EQ(reached->incident().callback().due_at_micros(), 0);
    EXPECT_TRUE(close(safe, dispatcher()));

    const std::string unreachable = lost(pb::CALL_END_SILENT);
    EXPECT_EQ(reason_of(close(unreachable, supervisor())), "CALLER_NOT_REACHED");
    EXPECT_TRUE(close(unreachable, supervisor(), "三次回拨无人接听，号码停机"));

    const std::string in_need = lost(pb::CALL_END_SILENT);
    ASSERT_TRUE(record(in_need, pb::CALLBACK_OUTCOME_NEEDS_HELP));
    EXPECT_EQ(reason_of(close(in_need, dispatcher(), "完")), "CALLER_NOT_REACHED");
    // Who was in need and does not answer now is still in need.
    const auto silent = record(in_need, pb::CALLBACK_OUTCOME_NO_ANSWER);
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->incident().callback().state(), pb::CALLBACK_STATE_NEEDS_HELP);
}

// Each attempt is a note and moves the next one further away.
TEST_F(Callbacks, AttemptsAreTimed) {
    const std::string id = lost(pb::CALL_END_ABANDONED);
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 5; ++i) {
        const auto response = record(id, pb::CALLBACK_OUTCOME_BUSY);
        ASSERT_TRUE(response);
        waits.push_back(
            (response->incident().callback().due_at_micros() - to_micros(desk_.clock().now())) /
            60'000'000);
    }
    EXPECT_THAT(waits, ElementsAre(1, 3, 10, 30, 30));
    EXPECT_EQ(get(id).note_count(), 5U);
}

TEST_F(Callbacks, Refusals) {
    const std::string spoken = report(call("着火")).incident_id();
    EXPECT_EQ(reason_of(record(spoken, pb::CALLBACK_OUTCOME_SAFE)), "CALLBACK_NOT_DUE");
    const std::string id = lost(pb::CALL_END_ABANDONED);
    EXPECT_EQ(reason_of(record(id, 0)), "ENUM_UNKNOWN");
    EXPECT_EQ(reason_of(record(id, 8)), "ENUM_UNKNOWN");
    EXPECT_EQ(reason_of(record("nobody", pb::CALLBACK_OUTCOME_SAFE)), "INCIDENT_UNKNOWN");
}

// What helps to speak with them is theirs: sealed, and shown to those who may see it. Nonsense is
// set aside.
TEST_F(Callbacks, NeedsOfTheReporter) {
    auto request = call("老人摔倒");
    request.mutable_reporter()->set_language("ug");
    request.mutable_reporter()->add_needs(pb::REPORTER_NEED_INTERPRETER);
    request.mutable_reporter()->add_needs(pb::REPORTER_NEED_SIGN_LANGUAGE);
    request.mutable_reporter()->add_needs(static_cast<pb::ReporterNeed>(77));
    request.set_call_end(static_cast<pb::CallEnd>(9));
    request.set_channel(pb::CHANNEL_VIDEO);
    const auto response = report(request);
    EXPECT_THAT(reasons(response),
                testing::UnorderedElementsAre("NEED_UNKNOWN", "CALL_END_UNKNOWN"));
    auto read = about<pb::GetIncidentRequest>(response.incident_id());
    read.set_with_reports(true);
    const auto seen = ask(&IntakeHandlers::get_incident, read);
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->incident().channel(), pb::CHANNEL_VIDEO);
    EXPECT_EQ(seen->reports(0).reporter().language(), "ug");
    EXPECT_THAT(seen->reports(0).reporter().needs(),
                ElementsAre(pb::REPORTER_NEED_INTERPRETER, pb::REPORTER_NEED_SIGN_LANGUAGE));
    const auto hidden = ask(&IntakeHandlers::get_incident, read,
                            desk_.call("inspector", {domain::Role::kBulletinAuthor}));
    ASSERT_TRUE(hidden);
    EXPECT_THAT(hidden->reports(0).reporter().needs(), IsEmpty());
}

}  // namespace
}  // namespace liandong::intake
