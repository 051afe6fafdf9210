#include "services/intake/policy/desk_work.h"
#include "services/intake/policy/incident_filter.h"
#include "services/intake/policy/take_report.h"
#include "services/intake/policy/timeline.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr Timestamp kNow{Duration{1'784'368'800'000'000}};

Actor actor(std::string who = "li") { return {std::move(who), "gongan", "", kNow}; }

Incident incident_named(std::string id, IncidentState state = IncidentState::kReceived) {
    Incident incident;
    incident.id = std::move(id);
    incident.state = state;
    incident.report_count = 1;
    incident.received_at = kNow - 10min;
    if (state == IncidentState::kClosed) incident.closed_at = kNow - 1min;
    return incident;
}

template <class T> std::string reason_of(const Result<T>& result) {
    return result ? "" : result.error().reason;
}

// A triage keeps what it replaces, stamps the first time only, and settles what needed correction.
TEST(TriageRule, KeepsWhatItReplaces) {
    Incident incident = incident_named("i");
    incident.needs_correction = true;
    incident.type_code = "010100";
    const auto note = triage(incident, {.type_code = "030300", .reason = "闻到煤气"}, actor());
    ASSERT_TRUE(note && *note);
    EXPECT_EQ(incident.type_code, "030300");
    EXPECT_FALSE(incident.needs_correction);
    EXPECT_EQ(incident.triaged_at, kNow);
    EXPECT_THAT((*note)->changes, ElementsAre(NoteChange{"type_code", "010100", "030300"},
                                              NoteChange{"needs_correction", "true", "false"}));
    Actor later = actor();
    later.now = kNow + 1h;
    ASSERT_TRUE(triage(incident, {.hazards = std::vector<std::string>{"gas"}}, later));
    EXPECT_EQ(incident.triaged_at, kNow);
    EXPECT_EQ(incident.note_count, 2);
}

// The gravest level threatens life, whatever is said of it.
TEST(TriageRule, TheGravestLevelThreatensLife) {
    Incident incident = incident_named("i");
    ASSERT_TRUE(triage(
        incident, {.level = Level{LevelScale::kIncident, 1, "市政府"}, .life_threatening = false},
        actor()));
    EXPECT_TRUE(incident.life_threatening);
}

// Nothing given, and a closed incident, are refused.
TEST(TriageRule, Refuses) {
    Incident open = incident_named("i"), closed = incident_named("c", IncidentState::kClosed);
    EXPECT_EQ(reason_of(triage(open, {}, actor())), "NOTHING_GIVEN");
    EXPECT_EQ(reason_of(triage(closed, {.summary = "x"}, actor())), "INCIDENT_CLOSED");
}

// A closed incident still takes remarks, corrections and cautions, but no fact of the scene.
TEST(RemarkRule, ClosedIncidentsTakeWords) {
    Incident closed = incident_named("c", IncidentState::kClosed);
    EXPECT_EQ(reason_of(remark(closed, {.kind = NoteKind::kRemark, .text = "补充"}, actor())), "");
    EXPECT_EQ(reason_of(remark(closed, {.kind = NoteKind::kCaution, .text = "有狗"}, actor())), "");
    EXPECT_EQ(
        reason_of(remark(
            closed, {.kind = NoteKind::kCorrection, .text = "是", .corrects = 1, .reason = "错"},
            actor())),
        "");
    for (const NoteKind kind : {NoteKind::kFeedback, NoteKind::kUnderControl}) {
        EXPECT_EQ(reason_of(remark(closed, {.kind = kind, .text = "x"}, actor())),
                  "INCIDENT_CLOSED");
    }
}

// Every fault of a note is named.
TEST(RemarkRule, Refuses) {
    Incident incident = incident_named("i");
    const auto refusal = [&](Remark wish) {
        Incident copy = incident;
        return reason_of(remark(copy, wish, actor()));
    };
    ASSERT_TRUE(remark(incident, {.text = "first"}, actor()));
    EXPECT_EQ(refusal({.kind = NoteKind::kClosed, .text = "x"}), "NOTE_KIND_UNFIT");
    EXPECT_EQ(refusal({.text = ""}), "TEXT_REQUIRED");
    EXPECT_EQ(refusal({.kind = NoteKind::kCorrection, .text = "x", .corrects = 2, .reason = "r"}),
              "NOTE_UNKNOWN");
    EXPECT_EQ(refusal({.kind = NoteKind::kCorrection, .text = "x", .corrects = 1}),
              "REASON_REQUIRED");
    EXPECT_EQ(refusal({.text = "x", .corrects = 1}), "NOTE_KIND_UNFIT");
    EXPECT_EQ(refusal({.text = "x", .occurred_at = kNow + kReportFuture_max + 1us}),
              "TIME_OUT_OF_RANGE");
    EXPECT_EQ(refusal({.text = "x", .occurred_at = kNow - kReportAge_max - 1us}),
              "TIME_OUT_OF_RANGE");
    EXPECT_EQ(refusal({.text = "x", .occurred_at = kNow - 1h}), "");
}

// Talk never uses up the notes that ending an incident needs.
TEST(RemarkRule, LeavesRoomForTheEnd) {
    Incident incident = incident_named("i");
    incident.note_count = kNotes_max - kNotesReserved;
    EXPECT_EQ(reason_of(remark(incident, {.text = "x"}, actor())), "TOO_MANY_NOTES");
    EXPECT_EQ(reason_of(remark(incident, {.kind = NoteKind::kFeedback, .text = "x"}, actor())), "");
    EXPECT_EQ(reason_of(close(incident, Disposition::kResolved, "", actor())), "");
}

// Feedback, its return and its review move the phase of a handled incident, and nothing else does.
TEST(ReviewRule, MovesThePhase) {
    Incident incident = incident_named("i", IncidentState::kHandled);
    EXPECT_EQ(reason_of(review(incident, true, "", actor())), "FEEDBACK_MISSING");
    EXPECT_EQ(phase_of(incident), IncidentPhase::kHandled);
    ASSERT_TRUE(remark(incident, {.kind = NoteKind::kFeedback, .text = "排水完毕"}, actor()));
    EXPECT_EQ(phase_of(incident), IncidentPhase::kFeedback);
    Incident refused = incident;
    EXPECT_EQ(reason_of(review(refused, false, "", actor())), "REASON_REQUIRED");
    ASSERT_TRUE(review(incident, false, "没有写伤情", actor()));
    EXPECT_EQ(phase_of(incident), IncidentPhase::kHandled);
    ASSERT_TRUE(remark(incident, {.kind = NoteKind::kFeedback, .text = "无人受伤"}, actor()));
    ASSERT_TRUE(review(incident, true, "", actor()));
    EXPECT_EQ(phase_of(incident), IncidentPhase::kReviewed);
}

// A claim is one person's; another takes it over only with a reason; who has it gives it back.
TEST(ClaimRule, IsOnePersons) {
    Incident incident = incident_named("i");
    ASSERT_TRUE(claim(incident, false, "", actor("li")).value());
    EXPECT_FALSE(claim(incident, false, "", actor("li")).value());  // so already
    const auto refused = claim(incident, false, "", actor("wang"));
    EXPECT_EQ(reason_of(refused), "CLAIMED_BY_ANOTHER");
    EXPECT_EQ(refused.error().find("holder"), "li");
    EXPECT_EQ(reason_of(claim(incident, true, "", actor("wang"))), "REASON_REQUIRED");
    EXPECT_EQ(claim(incident, true, "李下班", actor("wang")).value()->kind, NoteKind::kTakenOver);
    EXPECT_EQ(reason_of(release(incident, "", actor("li"))), "NOT_CLAIMED_BY_YOU");
    ASSERT_TRUE(release(incident, "", actor("wang")).value());
    EXPECT_EQ(incident.claimed_by, "");
}

// D5: a link destroys nothing, moves no unit, counts the callers and stays unread work; undone,
// both are what they were but for the notes.
TEST(LinkRule, IsUndoneWhole) {
    Incident repeat = incident_named("r"), primary = incident_named("p");
    repeat.orders = {{"o", "u", 0}};
    const Incident repeat_before = repeat, primary_before = primary;
    ASSERT_TRUE(link(repeat, primary, {"同一辆车", {}}, actor()));
    EXPECT_EQ(repeat.linked_to, "p");
    EXPECT_TRUE(repeat.unread);
    EXPECT_EQ(repeat.orders, repeat_before.orders);
    EXPECT_EQ(repeat.state, repeat_before.state);
    EXPECT_EQ(primary.linked_count, 1);
    EXPECT_EQ(primary.linked_report_count, 1);
    ASSERT_TRUE(mark_read(repeat, actor()).value());
    EXPECT_FALSE(repeat.unread);
    ASSERT_TRUE(unlink(repeat, primary, "两起事故", actor()));
    repeat.note_count = repeat_before.note_count;
    primary.note_count = primary_before.note_count;
    EXPECT_EQ(repeat, repeat_before);
    EXPECT_EQ(primary, primary_before);
}

// Links never form a chain or a circle.
TEST(LinkRule, NeverChains) {
    Incident a = incident_named("a"), b = incident_named("b"), c = incident_named("c");
    const auto refusal = [](Incident repeat, Incident primary, std::string why = "r") {
        return reason_of(link(repeat, primary, {std::move(why), {}}, actor()));
    };
    EXPECT_EQ(refusal(a, a), "LINK_TO_ITSELF");
    EXPECT_EQ(refusal(a, b, ""), "REASON_REQUIRED");
    ASSERT_TRUE(link(a, b, {"r", {}}, actor()));
    EXPECT_EQ(refusal(a, c), "ALREADY_LINKED");
    EXPECT_EQ(refusal(c, a), "LINK_TO_LINKED");
    EXPECT_EQ(refusal(b, c), "HAS_LINKS");
    EXPECT_EQ(refusal(c, incident_named("d", IncidentState::kClosed)), "INCIDENT_CLOSED");
    EXPECT_EQ(reason_of(unlink(a, c, "r", actor())), "NOT_LINKED");
    EXPECT_EQ(reason_of(unlink(a, b, "", actor())), "REASON_REQUIRED");
}

// D17: "the same event" as a master incident takes two answers; a caller in danger stays one.
TEST(LinkRule, AMasterAsksTwoQuestions) {
    Incident repeat = incident_named("r"), master = incident_named("m");
    ASSERT_TRUE(declare_master(master, true, "爆炸", actor()).value());
    Incident copy = repeat;
    EXPECT_EQ(reason_of(link(copy, master, {"r", {}}, actor())), "QUESTIONS_UNANSWERED");
    EXPECT_EQ(reason_of(link(copy, master, {"r", {false, true, ""}}, actor())), "TEXT_REQUIRED");
    ASSERT_TRUE(link(repeat, master, {"r", {true, false, ""}}, actor()));
    EXPECT_TRUE(repeat.life_threatening);
    EXPECT_EQ(reason_of(declare_master(repeat, true, "r", actor())), "ALREADY_LINKED");
}

// A closed incident goes on where its orders left it; its feedback is asked for again.
TEST(ReopenRule, GoesOn) {
    Incident incident = incident_named("i", IncidentState::kHandled);
    incident.orders = {{"o", "u", static_cast<std::uint8_t>(OrderState::kCleared)}};
    incident.feedback_at = kNow;
    ASSERT_TRUE(close(incident, Disposition::kFalseAlarm, "误报", actor()));
    EXPECT_EQ(reason_of(reopen(incident, "", actor())), "REASON_REQUIRED");
    const auto note = reopen(incident, "又烧起来了", actor());
    ASSERT_TRUE(note);
    EXPECT_EQ((*note)->changes[0].before, "FALSE_ALARM");
    EXPECT_EQ(incident.state, IncidentState::kHandled);
    EXPECT_EQ(phase_of(incident), IncidentPhase::kHandled);
    EXPECT_FALSE(is_set(incident.closed_at));
    EXPECT_EQ(incident.reopened_count, 1);
    Incident open = incident_named("o");
    EXPECT_EQ(reason_of(reopen(open, "r", actor())), "INCIDENT_NOT_CLOSED");
}

// Every filter lets through what it names, and only that.
TEST(Filter, EachFieldDecides) {
    Incident incident = incident_named("i");
    incident.serial_date = "20260718";
    incident.serial = 12;
    incident.type_code = "010100";
    incident.agency = "xiaofang";
    incident.summary = "古城大道起火";
    incident.hazards = {"gas"};
    incident.place.area_code = "420981001";
    incident.place.position = Point{309'300'000, 1'135'700'000};
    const auto matches = [&](IncidentFilter filter) { return filter.matches(incident, "420981"); };
    EXPECT_TRUE(matches({}));
    EXPECT_TRUE(matches({.area_code = "420981"}));
    EXPECT_FALSE(matches({.area_code = "420981002"}));
    EXPECT_TRUE(matches({.type_code = "01"}));
    EXPECT_FALSE(matches({.type_code = "02"}));
    EXPECT_FALSE(matches({.agency = "gongan"}));
    for (const char* text : {"古城", "gas", "000012"}) EXPECT_TRUE(matches({.text = text})) << text;
    EXPECT_FALSE(matches({.text = "新集"}));
    EXPECT_TRUE(matches({.claimed_by = "-"}));
    EXPECT_FALSE(matches({.claimed_by = "li"}));
    EXPECT_TRUE(matches({.linked_to = "-"}));
    EXPECT_FALSE(matches({.received_after = incident.received_at + 1us}));
    EXPECT_FALSE(matches({.received_before = incident.received_at}));
    EXPECT_FALSE(matches({.only_life_threatening = true}));
    EXPECT_FALSE(matches({.only_unread = true}));
    EXPECT_FALSE(matches({.phases = {IncidentPhase::kTriaged}}));
    const Point here = *incident.place.position;
    EXPECT_TRUE(matches({.near = IncidentFilter::Near{here, Meters{1}}}));
    EXPECT_FALSE(
        matches({.near = IncidentFilter::Near{{308'300'000, 1'135'700'000}, Meters{1000}}}));
}

// The timeline is in the order in which things happened, whoever recorded them when.
TEST(Timeline, IsByWhenItHappened) {
    Report report;
    report.id = "report";
    report.words = "\xbb\xf0\xd4\xd6";  // GBK
    report.recorded_at = kNow;
    Order order;
    order.id = "order";
    order.unit_id = "unit";
    order.sent_at = kNow + 2min;
    order.entries = {
        {OrderFact::kArrived, kNow + 9min, kNow + 30min, FactSource::kOnBehalf, "li", "", true}};
    Note note;
    note.number = 1;
    note.kind = NoteKind::kTriaged;
    note.occurred_at = note.recorded_at = kNow + 1min;
    Note late;
    late.number = 2;
    late.kind = NoteKind::kRemark;
    late.occurred_at = kNow + 3min;
    late.recorded_at = kNow + 40min;
    std::vector<std::string> kinds;
    for (const auto& line : timeline({report}, {order}, {late, note})) kinds.push_back(line.kind);
    EXPECT_THAT(kinds, ElementsAre("REPORT", "TRIAGED", "ORDER_SENT", "REMARK", "ORDER_ARRIVED"));
    EXPECT_EQ(timeline({report}, {}, {})[0].text, "UNSPECIFIED: 火灾");
}

}  // namespace
}  // namespace liandong::intake
