#include "tests/unit/intake/knowing_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <chrono>

namespace liandong::intake {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using namespace std::chrono_literals;

class Duplicates : public KnowingFixture {
protected:
    std::vector<std::string> suggested(const pb::SuggestDuplicatesRequest& request) {
        const auto response = ask(&IntakeHandlers::suggest_duplicates, request);
        EXPECT_TRUE(response) << response.error().reason;
        std::vector<std::string> ids;
        if (!response) return ids;
        for (const auto& item : response->candidates()) ids.push_back(item.incident_id());
        return ids;
    }
    std::vector<std::string> suggested(const std::string& id) {
        pb::SuggestDuplicatesRequest request;
        request.set_incident_id(id);
        return suggested(request);
    }
    Result<pb::LinkIncidentsResponse> link_all(const std::vector<std::string>& ids,
                                               const std::string& to) {
        pb::LinkIncidentsRequest request;
        *request.mutable_header() = desk_.mutation_header();
        for (const std::string& id : ids) request.add_incident_ids(id);
        request.set_to_incident_id(to);
        request.set_reason("同一起");
        return ask(&IntakeHandlers::link_incidents, request);
    }
    Result<pb::UnlinkIncidentsResponse> unlink_all(const std::vector<std::string>& ids) {
        pb::UnlinkIncidentsRequest request;
        *request.mutable_header() = desk_.mutation_header();
        for (const std::string& id : ids) request.add_incident_ids(id);
        request.set_reason("不是同一起");
        return ask(&IntakeHandlers::unlink_incidents, request);
    }
    std::string master() {
        const std::string id = report(call(kFire)).incident_id();
        auto declare = about<pb::DeclareMasterRequest>(id);
        declare.set_is_master(true);
        EXPECT_TRUE(ask(&IntakeHandlers::declare_master, declare, supervisor()));
        return id;
    }
    pb::ReportIncidentRequest same_event(const std::string& id, pb::Answer danger, pb::Answer news,
                                         const std::string& what) {
        auto request = call(kFire);
        request.mutable_same_event()->set_incident_id(id);
        request.mutable_same_event()->set_in_danger(danger);
        request.mutable_same_event()->set_anything_new(news);
        request.mutable_same_event()->set_what_is_new(what);
        return request;
    }

    static constexpr const char* kFire = "月园小区3号楼5楼着火了，窗户冒黑烟";
};

// The second caller's answer names the first one's incident, with reasons and what bars a link.
TEST_F(Duplicates, TheAnswerNamesThem) {
    const auto first = report(call(kFire));
    auto request = call("月园小区3号楼着火，5楼在冒烟，快来");
    request.set_suggestions(5);
    const auto second = report(request);
    ASSERT_EQ(second.suggestions_size(), 1);
    const auto& candidate = second.suggestions(0);
    EXPECT_EQ(candidate.incident_id(), first.incident_id());
    EXPECT_EQ(candidate.number(), first.incident_number());
    EXPECT_GT(candidate.score(), 0.5);
    EXPECT_EQ(candidate.distance_meters(), 0);
    EXPECT_GT(candidate.reasons_size(), 0);
    std::vector<std::string> bars;
    for (const auto& bar : candidate.bars()) bars.push_back(bar.reason());
    EXPECT_THAT(bars, Contains("AUTOMATIC_LINKING_OFF"));
    EXPECT_EQ(get(second.incident_id()).linked_to(), "");
    // Whoever does not ask is not told.
    EXPECT_EQ(report(call(kFire)).suggestions_size(), 0);
}

// By incident and by call; what is far away or of another kind is not named.
TEST_F(Duplicates, ByIncidentAndByCall) {
    const auto first = report(call(kFire));
    const auto second = report(call(kFire));
    auto far = call("高新区加油站有人打架");
    at(far, 30.80, 113.40);
    const auto other = report(far);
    EXPECT_THAT(suggested(second.incident_id()), ElementsAre(first.incident_id()));
    EXPECT_THAT(suggested(other.incident_id()), IsEmpty());

    pb::SuggestDuplicatesRequest a_call;
    at(a_call, 30.93, 113.57);
    a_call.set_words("月园小区着火");
    EXPECT_EQ(suggested(a_call).size(), 2U);
    a_call.set_most(1);
    EXPECT_EQ(suggested(a_call).size(), 1U);
}

// The same number calling again is recognised, and stands nowhere in clear.
TEST_F(Duplicates, TheSameCaller) {
    auto first = call("有人打架");
    first.mutable_reporter()->set_phone("13812345678");
    const auto one = report(first);
    pb::SuggestDuplicatesRequest again;
    at(again, 30.93, 113.57);
    again.set_phone("+86 138-1234-5678");
    again.set_words("还在打");
    const auto response = ask(&IntakeHandlers::suggest_duplicates, again);
    ASSERT_TRUE(response);
    ASSERT_EQ(response->candidates_size(), 1);
    std::vector<std::string> why;
    for (const auto& item : response->candidates(0).reasons()) why.push_back(item.reason());
    EXPECT_THAT(why, Contains("SAME_CALLER"));
    for (const auto& [key, value] : desk_.state().values())
        EXPECT_EQ(value.bytes.find("13812345678"), std::string::npos);
}

// A repeat is found through what it is linked to; an undone link makes it stand for itself again.
TEST_F(Duplicates, LinkedOnesAreFoundThroughTheirPrimary) {
    const auto first = report(call(kFire));
    const auto second = report(call(kFire));
    ASSERT_TRUE(link_all({second.incident_id()}, first.incident_id()));
    const auto third = report(call(kFire));
    EXPECT_THAT(suggested(third.incident_id()), ElementsAre(first.incident_id()));
    EXPECT_THAT(suggested(second.incident_id()), ElementsAre(third.incident_id()));
    ASSERT_TRUE(unlink_all({second.incident_id()}));
    EXPECT_EQ(suggested(third.incident_id()).size(), 2U);
}

// Closed ones are named for half an hour.
TEST_F(Duplicates, ClosedOnesForAWhile) {
    const auto first = report(call(kFire));
    ASSERT_TRUE(close(first.incident_id(), dispatcher()));
    EXPECT_THAT(suggested(report(call(kFire)).incident_id()), Contains(first.incident_id()));
    desk_.advance(31min);
    EXPECT_THAT(suggested(report(call(kFire)).incident_id()), Not(Contains(first.incident_id())));
}

// Several at once, all or none, and undone whole.
TEST_F(Duplicates, ManyLinksAndBack) {
    const std::string to = report(call(kFire)).incident_id();
    std::vector<std::string> ids;
    for (int i = 0; i < 32; ++i) ids.push_back(report(call(kFire)).incident_id());
    const auto before = get(ids[7]);
    const auto linked = link_all(ids, to);
    ASSERT_TRUE(linked) << linked.error().reason;
    EXPECT_EQ(linked->incidents_size(), 32);
    EXPECT_EQ(linked->linked_to().linked_count(), 32U);
    EXPECT_EQ(linked->linked_to().linked_report_count(), 32U);
    EXPECT_TRUE(get(ids[7]).unread());
    const auto undone = unlink_all(ids);
    ASSERT_TRUE(undone) << undone.error().reason;
    EXPECT_EQ(undone->were_linked_to().linked_count(), 0U);
    auto after = get(ids[7]);
    EXPECT_EQ(after.note_count(), 2U);
    after.set_note_count(before.note_count());
    after.set_version(before.version());
    EXPECT_EQ(after.SerializeAsString(), before.SerializeAsString());

    auto with_itself = ids;
    with_itself.back() = to;
    EXPECT_EQ(reason_of(link_all(with_itself, to)), "LINK_TO_ITSELF");
    EXPECT_EQ(get(to).linked_count(), 0U);
    EXPECT_EQ(reason_of(link_all({}, to)), "LIST_EMPTY");
    EXPECT_EQ(reason_of(link_all({ids[0], ids[0]}, to)), "ID_REPEATED");
    EXPECT_EQ(reason_of(link_all({ids[0], "nobody"}, to)), "INCIDENT_UNKNOWN");
    EXPECT_EQ(reason_of(unlink_all(ids)), "NOT_LINKED");
    auto too_many = ids;
    too_many.push_back("one-more");
    EXPECT_EQ(reason_of(link_all(too_many, to)), "TOO_MANY");
}

// One key: the report opens its incident and links it to the master in one commit.
TEST_F(Duplicates, SameEvent) {
    const std::string id = master();
    const auto events = desk_.state().log().size();
    const auto response =
        report(same_event(id, pb::ANSWER_YES, pb::ANSWER_YES, "四楼也有人在窗口"));
    EXPECT_EQ(desk_.state().log().size(), events + 1);
    EXPECT_THAT(reasons(response), IsEmpty());
    const auto repeat = get(response.incident_id());
    EXPECT_EQ(repeat.linked_to(), id);
    EXPECT_TRUE(repeat.unread());
    EXPECT_TRUE(repeat.life_threatening());
    EXPECT_EQ(get(id).linked_count(), 1U);
}

// When it cannot be linked the report is taken all the same, and why stands beside it (D1).
TEST_F(Duplicates, SameEventNeverRefuses) {
    const std::string id = master();
    const std::string plain = report(call(kFire)).incident_id();
    struct Case {
        std::string id;
        pb::Answer danger, news;
        std::string what, reason;
    };
    for (const Case& item :
         {Case{id, pb::ANSWER_UNSPECIFIED, pb::ANSWER_NO, "", "QUESTIONS_UNANSWERED"},
          Case{id, pb::ANSWER_NO, pb::ANSWER_YES, "", "TEXT_REQUIRED"},
          Case{plain, pb::ANSWER_NO, pb::ANSWER_NO, "", "NOT_A_MASTER"},
          Case{"nobody", pb::ANSWER_NO, pb::ANSWER_NO, "", "INCIDENT_UNKNOWN"},
          Case{"\xff/..", pb::ANSWER_NO, pb::ANSWER_NO, "", "ID_MALFORMED"}}) {
        const auto response = report(same_event(item.id, item.danger, item.news, item.what));
        EXPECT_THAT(reasons(response), ElementsAre(item.reason));
        EXPECT_EQ(get(response.incident_id()).linked_to(), "");
        EXPECT_TRUE(get(response.incident_id()).needs_correction());
    }
    EXPECT_EQ(get(id).linked_count(), 0U);
}

TEST_F(Duplicates, Refusals) {
    pb::SuggestDuplicatesRequest request;
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::suggest_duplicates, request)), "NOTHING_GIVEN");
    request.set_incident_id("nobody");
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::suggest_duplicates, request)), "INCIDENT_UNKNOWN");
    request.set_most(9);
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::suggest_duplicates, request)), "TOO_MANY");
    pb::SuggestDuplicatesRequest place;
    at(place, 91, 0);
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::suggest_duplicates, place)), "LATITUDE_OUT_OF_RANGE");
}

// A report is told at once whatever the board has still to read, and the board catches up.
TEST_F(Duplicates, TheBoardCatchesUpInParts) {
    std::vector<std::string> ids;
    for (int i = 0; i < 100; ++i) {
        auto request = call(kFire);
        at(request, 30.85 + 0.001 * i, 113.50);
        ids.push_back(report(request).incident_id());
    }
    IncidentBoard board(desk_.mirror(), world().of("420981"));
    EXPECT_FALSE(board.catch_up(30, desk_.clock().now()));
    EXPECT_EQ(board.size(), 30U);
    EXPECT_EQ(board.waiting(), 70U);
    EXPECT_TRUE(board.catch_up(70, desk_.clock().now()));
    EXPECT_EQ(board.size(), 100U);
    ASSERT_TRUE(close(ids[0], dispatcher()));
    desk_.advance(31min);
    EXPECT_TRUE(board.catch_up(10, desk_.clock().now()));
    EXPECT_EQ(board.size(), 99U);
}

// What was read of a report's words is not read again, unless the incident came to say others; what
// never came is forgotten.
TEST_F(Duplicates, WordsThatWereReadBefore) {
    const std::string id = report(call(kFire)).incident_id();
    const auto incident = desk_.mirror().find<domain::Incident>(id)->value;
    auto other_words = std::make_shared<domain::Incident>(*incident);
    other_words->summary = "溺水";
    Features read_before;
    read_before.people_hurt = 77;
    const auto people_hurt = [&](std::shared_ptr<const domain::Incident> expected, int others) {
        IncidentBoard board(desk_.mirror(), world().of("420981"));
        board.expect(std::move(expected), read_before);
        for (int i = 0; i < others; ++i) {
            auto other = std::make_shared<domain::Incident>();
            other->id = std::to_string(i);
            board.expect(std::move(other), {});
        }
        EXPECT_TRUE(board.catch_up(1, desk_.clock().now()));
        return board.evidence_of(id)->features.people_hurt;
    };
    EXPECT_EQ(people_hurt(incident, 0), 77);
    EXPECT_EQ(people_hurt(other_words, 0), 0);
    EXPECT_EQ(people_hurt(incident, 1'023), 77);
    EXPECT_EQ(people_hurt(incident, 1'024), 0);
}

}  // namespace
}  // namespace liandong::intake
