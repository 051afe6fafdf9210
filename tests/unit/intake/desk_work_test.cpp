#include "tests/unit/intake/intake_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace liandong::intake {
namespace {

using ::testing::ElementsAre;

/// The desk's RPCs as a console uses them.
class DeskWork : public IntakeFixture {
protected:
    template <class Request> Request about(const std::string& id) {
        Request request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_incident_id(id);
        return request;
    }
    template <class Request, class Response>
    Result<Response> ask(Task<Result<Response>> (IntakeHandlers::*handler)(CallContext, Request),
                         Request request, CallContext caller) {
        auto response = desk_.run((desk_.intake().*handler)(std::move(caller), std::move(request)));
        desk_.loop().settle();
        return response;
    }
    Result<pb::LinkIncidentResponse> link(const std::string& id, const std::string& to) {
        auto request = about<pb::LinkIncidentRequest>(id);
        request.set_to_incident_id(to);
        request.set_reason("同一起");
        return ask(&IntakeHandlers::link_incident, request, taker());
    }
    Result<pb::AddNoteResponse> add_note(const std::string& id, pb::NoteKind kind,
                                         const std::string& text) {
        auto request = about<pb::AddNoteRequest>(id);
        request.set_kind(kind);
        request.set_text(text);
        return ask(&IntakeHandlers::add_note, request, taker());
    }
    pb::GetTimelineResponse timeline(const std::string& id) {
        pb::GetTimelineRequest request;
        request.set_incident_id(id);
        const auto response = ask(&IntakeHandlers::get_timeline, request, inspector());
        EXPECT_TRUE(response) << response.error().reason;
        return response.value_or(pb::GetTimelineResponse{});
    }
    std::vector<std::string> listed(pb::IncidentFilter filter) {
        pb::ListIncidentsRequest request;
        *request.mutable_filter() = std::move(filter);
        std::vector<std::string> ids;
        for (const auto& incident : list(request).incidents()) ids.push_back(incident.id());
        return ids;
    }
};

// From report to close, every step is in the timeline, with what it changed.
TEST_F(DeskWork, TheTimelineTellsTheWholeStory) {
    const std::string id = report().incident_id();
    auto claim = about<pb::ClaimIncidentRequest>(id);
    ASSERT_TRUE(ask(&IntakeHandlers::claim_incident, claim, taker()));
    auto triage = about<pb::TriageIncidentRequest>(id);
    triage.set_type_code("030300");
    triage.mutable_hazards()->add_codes("gas");
    const auto triaged = ask(&IntakeHandlers::triage_incident, triage, taker());
    ASSERT_TRUE(triaged) << triaged.error().reason;
    EXPECT_EQ(triaged->incident().phase(), pb::INCIDENT_PHASE_TRIAGED);
    ASSERT_TRUE(add_note(id, pb::NOTE_KIND_FEEDBACK, "阀门已关"));
    auto review = about<pb::ReviewIncidentRequest>(id);
    review.set_verdict(pb::VERDICT_APPROVE);
    ASSERT_TRUE(ask(&IntakeHandlers::review_incident, review, dispatcher()));
    ASSERT_TRUE(close(id));
    auto reopen = about<pb::ReopenIncidentRequest>(id);
    reopen.set_reason("又漏");
    const auto reopened = ask(&IntakeHandlers::reopen_incident, reopen, dispatcher());
    ASSERT_TRUE(reopened) << reopened.error().reason;
    EXPECT_EQ(reopened->incident().phase(), pb::INCIDENT_PHASE_TRIAGED);

    const auto told = timeline(id);
    std::vector<std::string> kinds;
    for (const auto& line : told.lines()) kinds.push_back(line.kind());
    EXPECT_THAT(kinds, ElementsAre("REPORT", "CLAIMED", "TRIAGED", "FEEDBACK", "APPROVED", "CLOSED",
                                   "REOPENED"));
    EXPECT_EQ(told.lines(2).changes(0).after(), "030300");
    EXPECT_EQ(told.incident().note_count(), 6U);
}

// Two reports of one event are linked, found by the link, read, and parted again.
TEST_F(DeskWork, LinksAndUnlinks) {
    const std::string first = report().incident_id(), second = report().incident_id();
    const auto linked = link(second, first);
    ASSERT_TRUE(linked) << linked.error().reason;
    EXPECT_EQ(linked->linked_to().linked_count(), 1U);
    pb::IncidentFilter of_first, unread, primaries;
    of_first.set_linked_to(first);
    unread.set_only_unread(true);
    primaries.set_linked_to("-");
    EXPECT_THAT(listed(of_first), ElementsAre(second));
    EXPECT_THAT(listed(unread), ElementsAre(second));
    EXPECT_THAT(listed(primaries), ElementsAre(first));
    const auto index = desk_.state().list(domain::linked_index(first), "", 10);
    EXPECT_THAT(index, ElementsAre(second));

    ASSERT_TRUE(ask(&IntakeHandlers::mark_incident_read, about<pb::MarkIncidentReadRequest>(second),
                    taker()));
    EXPECT_THAT(listed(unread), ElementsAre());
    auto unlink = about<pb::UnlinkIncidentRequest>(second);
    unlink.set_reason("不是同一起");
    const auto parted = ask(&IntakeHandlers::unlink_incident, unlink, taker());
    ASSERT_TRUE(parted) << parted.error().reason;
    EXPECT_EQ(parted->was_linked_to().linked_count(), 0U);
    EXPECT_THAT(desk_.state().list(domain::linked_index(first), "", 10), ElementsAre());
}

// A link to an incident that nobody knows, or to itself, writes nothing.
TEST_F(DeskWork, RefusesImpossibleLinks) {
    const std::string id = report().incident_id();
    const std::uint64_t seq = desk_.state().last_seq();
    EXPECT_EQ(link(id, "nobody").error().find("field"), "to_incident_id");
    EXPECT_EQ(link("nobody", id).error().reason, "INCIDENT_UNKNOWN");
    EXPECT_EQ(link(id, id).error().reason, "LINK_TO_ITSELF");
    EXPECT_EQ(desk_.state().last_seq(), seq);
}

// The same request again gives the same answer and no second note; what is so already writes none.
TEST_F(DeskWork, IsDoneOnce) {
    const std::string id = report().incident_id();
    auto request = about<pb::AddNoteRequest>(id);
    request.set_kind(pb::NOTE_KIND_REMARK);
    request.set_text("有老人");
    const auto once = ask(&IntakeHandlers::add_note, request, taker());
    const auto again = ask(&IntakeHandlers::add_note, request, taker());
    ASSERT_TRUE(once && again);
    EXPECT_EQ(once->incident().SerializeAsString(), again->incident().SerializeAsString());
    const std::uint64_t seq = desk_.state().last_seq();
    ASSERT_TRUE(
        ask(&IntakeHandlers::mark_incident_read, about<pb::MarkIncidentReadRequest>(id), taker()));
    EXPECT_EQ(desk_.state().last_seq(), seq);
    EXPECT_EQ(timeline(id).lines_size(), 2);
}

// Counts are of what matches, by township, type and phase.
TEST_F(DeskWork, Counts) {
    const std::string id = report().incident_id();
    auto elsewhere = good_report();
    elsewhere.set_area_code("420981002003");
    elsewhere.set_type_code("");
    report(elsewhere);
    close(id);
    pb::CountIncidentsRequest request;
    request.mutable_filter()->set_include_closed(true);
    const auto counts = ask(&IntakeHandlers::count_incidents, request, inspector());
    ASSERT_TRUE(counts);
    EXPECT_EQ(counts->open(), 1U);
    EXPECT_EQ(counts->closed(), 1U);
    ASSERT_EQ(counts->by_area_size(), 2);
    EXPECT_EQ(counts->by_area(0).key(), "420981001");
    EXPECT_EQ(counts->by_area(1).key(), "420981002");
    EXPECT_EQ(counts->by_type(0).key(), "");
    EXPECT_EQ(counts->by_phase(1).key(), "CLOSED");
    request.set_area_digits(7);
    EXPECT_EQ(ask(&IntakeHandlers::count_incidents, request, inspector()).error().reason,
              "AREA_DIGITS_UNKNOWN");
}

}  // namespace
}  // namespace liandong::intake
