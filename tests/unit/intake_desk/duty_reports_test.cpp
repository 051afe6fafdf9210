#include "services/intake/policy/desk/duty_reports.h"

#include "services/intake/policy/desk/clocks.h"
#include "tests/unit/intake_desk/desk_samples.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

DutyDraft first() { return {DutyReportStage::kFirst, {}, {}, "", {"县委总值班室"}}; }

DutyDraft follow_up(std::int64_t dead, const char* reason = "") {
    return {DutyReportStage::kFollowUp, {}, {{"死亡", dead, "120", reason}}, "续报", {"县应急局"}};
}

// 首报 needs an addressee and nothing else; its clock stops.
TEST(DutyReports, TheFirstIsTakenHoweverIncomplete) {
    Incident incident = fresh_incident();
    incident.level = {LevelScale::kIncident, 2, "gongan"};
    EXPECT_TRUE(is_set(clock_start(ClockKind::kDutyReport, incident)));
    const auto sent = send_duty_report(incident, nullptr, first(), actor(5min));
    ASSERT_TRUE(sent) << sent.error().reason;
    EXPECT_EQ(sent->report.id, "incident-1-d01");
    EXPECT_EQ(sent->report.as_of, at(5min));
    EXPECT_EQ(incident.duty_report_count, 1);
    EXPECT_FALSE(is_set(clock_start(ClockKind::kDutyReport, incident)));
    Incident other = fresh_incident();
    DutyDraft nowhere = first();
    nowhere.addressees.clear();
    EXPECT_EQ(refusal(send_duty_report(other, nullptr, nowhere, actor())),
              "ADDRESSEE_REQUIRED addressees");
}

// 首报 → 续报 → 终报, and then nothing.
TEST(DutyReports, FollowTheirOrder) {
    Incident incident = fresh_incident();
    EXPECT_EQ(refusal(send_duty_report(incident, nullptr, follow_up(0), actor())),
              "STAGE_OUT_OF_ORDER stage");
    EXPECT_EQ(refusal(send_duty_report(incident, nullptr, {}, actor())), "STAGE_REQUIRED stage");
    const auto one = send_duty_report(incident, nullptr, first(), actor());
    ASSERT_TRUE(one);
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, first(), actor())),
              "STAGE_OUT_OF_ORDER stage");
    DutyDraft last = follow_up(0);
    last.stage = DutyReportStage::kFinal;
    const auto two = send_duty_report(incident, &one->report, last, actor());
    ASSERT_TRUE(two);
    EXPECT_TRUE(incident.duty_report_final);
    EXPECT_EQ(refusal(send_duty_report(incident, &two->report, follow_up(0), actor())),
              "DUTY_REPORTING_ENDED");
}

// A figure has a source, and never changes without a stated reason.
TEST(DutyReports, FiguresDoNotChangeSilently) {
    Incident incident = fresh_incident();
    const auto one = send_duty_report(incident, nullptr, first(), actor());
    const auto two = send_duty_report(incident, &one->report, follow_up(1), actor());
    ASSERT_TRUE(two) << "a new figure needs no reason";
    EXPECT_EQ(refusal(send_duty_report(incident, &two->report, follow_up(2), actor())),
              "FIGURE_CHANGED_SILENTLY figures[0].change_reason");
    EXPECT_EQ(incident.duty_report_count, 2) << "and nothing is written";
    EXPECT_TRUE(send_duty_report(incident, &two->report, follow_up(2, "抢救无效"), actor()));
    DutyDraft odd = follow_up(1);
    odd.figures[0].source.clear();
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, odd, actor())),
              "SOURCE_REQUIRED figures[0].source");
    odd = follow_up(1);
    odd.figures.push_back(odd.figures[0]);
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, odd, actor())),
              "FIGURE_TWICE figures[0].name");
    odd = follow_up(1);
    odd.text.clear();
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, odd, actor())),
              "TEXT_REQUIRED text");
    odd = follow_up(1);
    odd.as_of = at(-1h);
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, odd, actor())),
              "TIME_OUT_OF_RANGE as_of_micros");
    odd.as_of = at(1h);
    EXPECT_EQ(refusal(send_duty_report(incident, &one->report, odd, actor())),
              "TIME_OUT_OF_RANGE as_of_micros");
}

// Each addressee confirms for itself, once.
TEST(DutyReports, AreConfirmedByTheirAddressees) {
    Incident incident = fresh_incident();
    auto sent = send_duty_report(incident, nullptr, first(), actor());
    ASSERT_TRUE(sent);
    EXPECT_TRUE(*confirm_received(sent->report, "县委总值班室", "chen", at(6min)));
    EXPECT_FALSE(*confirm_received(sent->report, "县委总值班室", "liu", at(7min)));
    EXPECT_EQ(sent->report.addressees[0].received_by, "chen");
    EXPECT_EQ(refusal(confirm_received(sent->report, "省", "", at(7min))),
              "ADDRESSEE_UNKNOWN addressee");
}

// A person opens the chain where no level does: a school, a foreign national, a sensitive date.
TEST(DutyReports, AreOpenedByAPersonToo) {
    Incident incident = fresh_incident();
    EXPECT_FALSE(is_set(clock_start(ClockKind::kDutyReport, incident)));
    EXPECT_EQ(refusal(open_duty_reporting(incident, "", actor())), "REASON_REQUIRED reason");
    ASSERT_TRUE(*open_duty_reporting(incident, "涉及学校", actor(1min)));
    EXPECT_FALSE(*open_duty_reporting(incident, "涉及学校", actor(2min)));
    EXPECT_EQ(clock_start(ClockKind::kDutyReport, incident), at(1min));
}

}  // namespace
}  // namespace liandong::intake
