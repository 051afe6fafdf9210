#include "services/intake/policy/desk/clocks.h"

#include "tests/unit/intake_desk/desk_samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

ClockRules rules_of(std::string_view text) {
    auto rules = ClockRules::parse(text);
    EXPECT_TRUE(rules) << rules.error().message;
    return rules.value_or(ClockRules{});
}

std::string running(const Incident& incident) {
    std::string all;
    for (const ClockKind kind : kAllClocks) {
        if (is_set(clock_start(kind, incident))) all += std::string(to_string(kind)) + " ";
    }
    return all;
}

// Which clocks run follows from the incident alone, step by step from its report to its close.
TEST(Clocks, RunByWhatTheIncidentIs) {
    Incident incident = fresh_incident();
    EXPECT_EQ(running(incident), "NOT_TAKEN_UP NOT_DISPATCHED ");
    incident.type_code.clear();
    EXPECT_EQ(running(incident), "NOT_TAKEN_UP NOT_TRIAGED NOT_DISPATCHED ");
    incident.claimed_by = "li";
    EXPECT_EQ(running(incident), "NOT_TRIAGED NOT_DISPATCHED ");
    incident.triaged_at = at(1min);
    EXPECT_EQ(running(incident), "NOT_DISPATCHED ");
    incident.state = IncidentState::kDispatched;
    incident.dispatched_at = at(2min);
    EXPECT_EQ(running(incident), "NOT_SIGNED ");
    EXPECT_EQ(clock_start(ClockKind::kNotSigned, incident), at(2min));
    incident.state = IncidentState::kOnScene;
    EXPECT_EQ(running(incident), "");
    incident.open_demand = {{"ladder", "UNIT_TAKEN", "", at(3min)}};
    EXPECT_EQ(running(incident), "") << "nobody's life is in danger";
    incident.life_threatening = true;
    EXPECT_EQ(running(incident), "OPEN_DEMAND ");
    incident.open_demand.clear();
    incident.state = IncidentState::kHandled;
    incident.handled_at = at(1h);
    EXPECT_EQ(running(incident), "NO_FEEDBACK ");
    incident.feedback_at = at(2h);
    EXPECT_EQ(running(incident), "");
    incident.transfer_failed_at = at(2h);
    EXPECT_EQ(running(incident), "TRANSFER ");
    incident.response_level = 2;
    EXPECT_EQ(running(incident), "TRANSFER DUTY_REPORT ");
    incident.duty_report_count = 1;
    incident.state = IncidentState::kClosed;
    incident.closed_at = at(3h);
    EXPECT_EQ(running(incident), "");
}

// A repeat runs no clock: those of what it is linked to run.
TEST(Clocks, DoNotRunForARepeat) {
    Incident incident = fresh_incident();
    incident.linked_to = "incident-0";
    EXPECT_EQ(running(incident), "");
    EXPECT_FALSE(next_due(incident, ClockRules::built_in(), {}));
}

// Each ring is for the next duty of the ladder; at its top it goes on, at growing distances.
TEST(Clocks, ClimbTheLadderAndRepeat) {
    const ClockRules rules = rules_of("NOT_DISPATCHED 0 - 60s 60s SHIFT_SUPERVISOR");
    Incident incident = fresh_incident();
    const DutyRole expected[] = {DutyRole::kShiftSupervisor, DutyRole::kDutyCommander,
                                 DutyRole::kDutyLeader,      DutyRole::kUpperCentre,
                                 DutyRole::kUpperCentre,     DutyRole::kUpperCentre};
    const std::chrono::seconds when[] = {60s, 120s, 180s, 240s, 300s, 420s};
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        const auto due = next_due(incident, rules, {});
        ASSERT_TRUE(due);
        EXPECT_EQ(due->at, at(when[i])) << i;
        EXPECT_EQ(due->role, expected[i]) << i;
        EXPECT_FALSE(*ring(incident, *due, "", rules, {}, due->at - Duration(1))) << "too early";
        const auto note = ring(incident, *due, "zhang", rules, {}, due->at);
        ASSERT_TRUE(note && *note);
        EXPECT_EQ((*note)->kind, NoteKind::kRang);
        EXPECT_EQ((*note)->author, "system:clock/NOT_DISPATCHED");
        EXPECT_EQ(incident.alarms.size(), 1U);
        EXPECT_EQ(incident.alarms[0].steps, static_cast<std::int32_t>(i) + 1);
        EXPECT_FALSE(*ring(incident, *due, "", rules, {}, due->at)) << "each step once";
    }
}

// Two rings a day at most, however long nobody comes: the notes of an incident are bounded.
TEST(Clocks, GrowSlowAtTheTop) {
    const ClockRules rules = rules_of("NOT_DISPATCHED 0 - 10s 10s UPPER_CENTRE");
    Incident incident = fresh_incident();
    int rings = 0;
    for (auto due = next_due(incident, rules, {}); due && due->at < at(24h);
         due = next_due(incident, rules, {})) {
        ASSERT_TRUE(ring(incident, *due, "", rules, {}, due->at));
        ++rings;
    }
    EXPECT_GT(rings, 24);
    EXPECT_LT(rings, 40);
}

// Who takes an alarm stops it, until its cause is gone and comes back.
TEST(Clocks, StopForWhoTakesThem) {
    const ClockRules rules = rules_of("NOT_SIGNED 0 - 60s 60s SEAT");
    Incident incident = fresh_incident();
    EXPECT_EQ(refusal(take_alarm(incident, ClockKind::kNotSigned, "", actor())),
              "ALARM_NOT_STANDING");
    incident.state = IncidentState::kDispatched;
    incident.dispatched_at = at();
    ASSERT_TRUE(*ring(incident, *next_due(incident, rules, {}), "", rules, {}, at(60s)));
    ASSERT_TRUE(*take_alarm(incident, ClockKind::kNotSigned, "打电话", actor(70s)));
    EXPECT_FALSE(*take_alarm(incident, ClockKind::kNotSigned, "", actor(71s))) << "known";
    const auto other = take_alarm(incident, ClockKind::kNotSigned, "", actor(72s, "wang"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().reason, "ALARM_OWNED_BY_ANOTHER");
    EXPECT_EQ(other.error().find("holder"), "li");
    EXPECT_FALSE(next_due(incident, rules, {}));
    EXPECT_FALSE(standing_alarms(incident));
    incident.dispatched_at = at(10min);
    const auto again = next_due(incident, rules, {});
    ASSERT_TRUE(again);
    EXPECT_EQ(again->step, 1);
    EXPECT_EQ(again->at, at(11min));
}

// In a surge a commander puts clocks off, for a while, and never those of the gravest.
TEST(Clocks, AreSuspendedInASurge) {
    const ClockRules rules = rules_of("NOT_DISPATCHED 0 - 60s 60s SEAT");
    DeskSetting setting;
    const auto suspension = [](int urgency_max, std::chrono::seconds until, const char* reason) {
        return ClockSuspension{
            ClockKind::kNotDispatched, urgency_max, {}, at(until), "zhao", reason};
    };
    EXPECT_EQ(refusal(suspend(setting, suspension(1, 1h, ""), at())), "REASON_REQUIRED reason");
    EXPECT_EQ(refusal(suspend(setting, suspension(4, 1h, "洪水"), at())),
              "URGENCY_OUT_OF_RANGE urgency_max");
    EXPECT_EQ(refusal(suspend(setting, suspension(1, 5h, "洪水"), at())),
              "SUSPENSION_TOO_LONG until_micros");
    EXPECT_EQ(refusal(suspend(setting, suspension(1, 0s, "洪水"), at())),
              "SUSPENSION_TOO_LONG until_micros");
    ASSERT_TRUE(suspend(setting, suspension(1, 1h, "洪水"), at()));
    Incident incident = fresh_incident();
    EXPECT_EQ(next_due(incident, rules, setting.suspensions)->at, at(1h));
    incident.life_threatening = true;
    EXPECT_EQ(next_due(incident, rules, setting.suspensions)->at, at(60s));
    resume(setting, ClockKind::kNotDispatched, at(1min));
    EXPECT_TRUE(setting.suspensions.empty());
    for (std::size_t i = 0; i < kSuspensions_max; ++i)
        ASSERT_TRUE(suspend(setting, suspension(1, 1h, "洪水"), at()));
    EXPECT_EQ(refusal(suspend(setting, suspension(1, 1h, "洪水"), at())), "TOO_MANY_SUSPENSIONS");
    EXPECT_TRUE(suspend(setting, suspension(1, 2h, "洪水"), at(90min))) << "ended ones go";
}

// Who has a duty at a moment; nobody where the roster has a hole.
TEST(Clocks, AskTheRosterOfThatMinute) {
    const Roster day{"20260714",
                     {{DutyRole::kShiftSupervisor, "zhang", "", "", at(), at(8h)},
                      {DutyRole::kShiftSupervisor, "wang", "", "", at(9h), at(17h)}},
                     "",
                     {}};
    const std::array<const Roster*, 1> rosters = {&day};
    EXPECT_EQ(on_duty(rosters, DutyRole::kShiftSupervisor, at())->person, "zhang");
    EXPECT_EQ(on_duty(rosters, DutyRole::kShiftSupervisor, at(8h)), nullptr);
    EXPECT_EQ(on_duty(rosters, DutyRole::kShiftSupervisor, at(9h))->person, "wang");
    EXPECT_EQ(on_duty(rosters, DutyRole::kSeat, at()), nullptr);
}

// The highest rung first, then the most urgent, then the oldest.
TEST(Clocks, AreShownByDanger) {
    const auto with = [](const char* id, DutyRole role, bool life, std::chrono::seconds received) {
        Incident incident = fresh_incident();
        incident.id = id;
        incident.received_at = at(received);
        incident.life_threatening = life;
        incident.alarms = {
            {ClockKind::kNotDispatched, 1, incident.received_at, at(1h), role, "", "", {}}};
        return incident;
    };
    const Incident seat = with("a", DutyRole::kSeat, true, 0s);
    const Incident leader = with("b", DutyRole::kDutyLeader, false, 10s);
    const Incident young = with("c", DutyRole::kSeat, true, 5s);
    const Incident mild = with("d", DutyRole::kSeat, false, 0s);
    std::vector<AlarmGroup> groups;
    for (const Incident* incident : {&mild, &young, &seat, &leader})
        groups.push_back(*standing_alarms(*incident));
    std::ranges::sort(groups, is_before);
    std::string order;
    for (const AlarmGroup& group : groups) order += group.incident->id;
    EXPECT_EQ(order, "bacd");
}

// Rules are data, and a mistake in them is told by its line.
TEST(Clocks, TellAMistakeInTheirRules) {
    for (const char* line :
         {"NOT_SIGNED 0 - 60s 60s", "NOT_SEEN 0 - 60s 60s SEAT", "NOT_SIGNED 5 - 60s 60s SEAT",
          "NOT_SIGNED 0 - 60 60s SEAT", "NOT_SIGNED 0 - 60s 9s SEAT", "NOT_SIGNED 0 - 60s 60s BOSS",
          "NOT_SIGNED 0 - 60s 60s SEAT more", "NOT_SIGNED 0 - -1s 60s SEAT"}) {
        const auto rules = ClockRules::parse(std::string("# fine\n\n") + line + "\n");
        ASSERT_FALSE(rules) << line;
        EXPECT_EQ(rules.error().reason, "CLOCK_RULE_MALFORMED");
        EXPECT_EQ(rules.error().find("line"), "3");
    }
    const ClockRules rules = rules_of("NOT_SIGNED 4 - 10s 10s SEAT\nNOT_SIGNED 0 01 1m 1m SEAT");
    Incident incident = fresh_incident();
    EXPECT_EQ(rules.find(ClockKind::kNotSigned, incident)->first, Duration(1min));
    incident.life_threatening = true;
    EXPECT_EQ(rules.find(ClockKind::kNotSigned, incident)->first, Duration(10s));
    incident.life_threatening = false;
    incident.type_code = "020000";
    EXPECT_EQ(rules.find(ClockKind::kNotSigned, incident), nullptr);
}

// Every clock has a rule among those that are built in.
TEST(Clocks, AllHaveARule) {
    Incident incident = fresh_incident();
    incident.life_threatening = true;
    for (const ClockKind kind : kAllClocks)
        EXPECT_NE(ClockRules::built_in().find(kind, incident), nullptr) << to_string(kind);
}

}  // namespace
}  // namespace liandong::intake
