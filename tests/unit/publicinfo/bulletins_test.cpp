#include "common/store/codec.h"
#include "tests/unit/publicinfo/publicinfo_fixture.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

namespace liandong::publicinfo {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

class Bulletins : public PublicInfoFixture {
protected:
    std::uint64_t commits() { return desk_.state().last_seq(); }
    std::vector<std::string> event_kinds() {
        std::vector<std::string> kinds;
        for (const auto& entry : desk_.state().log()) {
            kinds.push_back(store::decode_event_header(entry.header)->kind);
        }
        return kinds;
    }
};

class LiveBulletins : public PublicInfoFixture {
protected:
    LiveBulletins() : PublicInfoFixture("live") {}
};

// One bulletin from its draft to the public: three commits by two persons, each with its event.
TEST_F(Bulletins, FromDraftToPublic) {
    const pb::Bulletin drafted = draft();
    EXPECT_EQ(drafted.state(), pb::BULLETIN_STATE_DRAFT);
    EXPECT_EQ(drafted.author(), "wang");
    EXPECT_EQ(drafted.drafted_at_micros(), to_micros(test::kDeskOpens));
    EXPECT_EQ(drafted.version(), 1U);
    EXPECT_EQ(drafted.content_hash().size(), 64U);

    desk_.loop().advance(1min);
    const auto approved = approve(drafted);
    ASSERT_TRUE(approved) << approved.error().reason;
    EXPECT_EQ(approved->bulletin().state(), pb::BULLETIN_STATE_APPROVED);
    EXPECT_EQ(approved->bulletin().approver(), "zhao");
    EXPECT_EQ(approved->bulletin().approved_at_micros(), to_micros(test::kDeskOpens + 1min));

    const auto public_now = publish(drafted.id());
    ASSERT_TRUE(public_now) << public_now.error().reason;
    EXPECT_EQ(public_now->bulletin().state(), pb::BULLETIN_STATE_PUBLISHED);
    EXPECT_EQ(public_now->bulletin().published_by(), "zhao");
    EXPECT_EQ(public_now->bulletin().content_hash(), drafted.content_hash());
    EXPECT_EQ(public_now->bulletin().version(), 3U);
    EXPECT_EQ(public_now->header().revision().seq(), 3U);
    EXPECT_EQ(public_now->header().durability(), liandong::common::v1::DURABILITY_LOCAL);
    EXPECT_THAT(event_kinds(),
                ElementsAre("bulletin_drafted", "bulletin_approved", "bulletin_published"));
    EXPECT_EQ(get(drafted.id())->bulletin().SerializeAsString(),
              public_now->bulletin().SerializeAsString());
}

// Nobody approves their own bulletin, whatever roles they hold; nothing is written.
TEST_F(Bulletins, TheAuthorNeverApproves) {
    const pb::Bulletin bulletin = draft();
    const auto refused =
        approve(approval(bulletin),
                desk_.call("wang", {domain::Role::kBulletinSigner, domain::Role::kDutyCommander}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kPermissionDenied);
    EXPECT_EQ(refused.error().reason, "AUTHOR_IS_APPROVER");
    EXPECT_EQ(commits(), 1U);
}

// An approval binds the bytes that were read, and no others.
TEST_F(Bulletins, ApprovalBindsTheBytes) {
    const pb::Bulletin bulletin = draft();
    auto other = good_draft();
    other.mutable_texts(0)->set_body("请远离河道");
    pb::ApproveBulletinRequest request = approval(bulletin);
    request.set_content_hash(draft(other)->bulletin().content_hash());
    EXPECT_EQ(approve(request, signer()).error().reason, "CONTENT_CHANGED");
    for (const std::string& hash : {std::string(), std::string(64, 'A'), std::string(63, 'a')}) {
        request.set_content_hash(hash);
        const auto refused = approve(request, signer());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, "HASH_MALFORMED");
        EXPECT_EQ(refused.error().find("field"), "content_hash");
    }
    EXPECT_EQ(commits(), 2U);
    EXPECT_EQ(get(bulletin.id())->bulletin().state(), pb::BULLETIN_STATE_DRAFT);
}

// Only what was approved is published, and once; an approved one is not approved again.
TEST_F(Bulletins, PublishRules) {
    const pb::Bulletin bulletin = draft();
    EXPECT_EQ(publish(bulletin.id()).error().reason, "BULLETIN_NOT_APPROVED");
    ASSERT_TRUE(approve(bulletin));
    EXPECT_EQ(approve(bulletin).error().reason, "BULLETIN_NOT_DRAFT");
    ASSERT_TRUE(publish(bulletin.id()));
    EXPECT_EQ(publish(bulletin.id()).error().reason, "ALREADY_PUBLISHED");
    EXPECT_EQ(approve(bulletin).error().reason, "BULLETIN_NOT_DRAFT");
    EXPECT_EQ(commits(), 3U);
}

// What has expired meanwhile is not released.
TEST_F(Bulletins, AnExpiredOneIsNotPublished) {
    const pb::Bulletin bulletin = draft();
    ASSERT_TRUE(approve(bulletin));
    desk_.loop().advance(6h);
    EXPECT_EQ(publish(bulletin.id()).error().reason, "BULLETIN_EXPIRED");
}

// The rules hold on a process that has not heard of the approval yet, too.
TEST_F(Bulletins, AStaleMirrorNeitherRefusesNorAllows) {
    const pb::Bulletin bulletin = draft();
    ASSERT_TRUE(approve(bulletin));
    desk_.mirror().begin_load(0);  // it goes back to knowing nothing
    desk_.mirror().finish_load(false);
    EXPECT_TRUE(publish(bulletin.id()));
    desk_.mirror().begin_load(0);
    desk_.mirror().finish_load(false);
    EXPECT_EQ(publish(bulletin.id()).error().reason, "ALREADY_PUBLISHED");
    EXPECT_TRUE(get(bulletin.id()));
}

// A draft that breaks a rule is refused with the field and the rule, and nothing is written.
TEST_F(Bulletins, DraftRefusesWithFieldAndRule) {
    using Request = pb::DraftBulletinRequest;
    struct Case {
        const char* field;
        const char* reason;
        void (*damage)(Request&);
    };
    const Case cases[] = {
        {"header.request_id", "REQUEST_ID_MALFORMED",
         [](Request& r) { r.mutable_header()->clear_request_id(); }},
        {"header.on_behalf_of", "NOT_UTF8",
         [](Request& r) { r.mutable_header()->set_on_behalf_of("\xff"); }},
        {"kind", "KIND_UNSPECIFIED", [](Request& r) { r.clear_kind(); }},
        {"kind", "ENUM_UNKNOWN", [](Request& r) { r.set_kind(static_cast<pb::BulletinKind>(9)); }},
        {"incident_id", "ID_MALFORMED", [](Request& r) { r.set_incident_id("in cident"); }},
        {"incident_id", "INCIDENT_UNKNOWN", [](Request& r) { r.set_incident_id("nobody"); }},
        {"level", "LEVEL_OUT_OF_RANGE", [](Request& r) { r.mutable_level()->set_code(5); }},
        {"texts", "TEXT_MISSING", [](Request& r) { r.clear_texts(); }},
        {"texts", "LANGUAGE_MISSING", [](Request& r) { r.mutable_texts(0)->set_language("en"); }},
        {"texts[0].body", "TEXT_MISSING", [](Request& r) { r.mutable_texts(0)->clear_body(); }},
        {"area_codes", "AREA_MISSING", [](Request& r) { r.clear_area_codes(); }},
        {"area_codes[1]", "AREA_MALFORMED", [](Request& r) { r.add_area_codes("*"); }},
        {"expires_at_micros", "EXPIRES_MISSING", [](Request& r) { r.clear_expires_at_micros(); }},
        {"expires_at_micros", "EXPIRES_IN_PAST", [](Request& r) { r.set_expires_at_micros(1); }},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.reason);
        Request request = good_draft();
        each.damage(request);
        const auto refused = draft(request);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().reason, each.reason);
        EXPECT_EQ(refused.error().find("field"), each.field);
    }
    EXPECT_EQ(commits(), 0U);
}

// A bulletin may name an incident that is there.
TEST_F(Bulletins, MayNameAnIncident) {
    intake::pb::ReportIncidentRequest report;
    *report.mutable_header() = desk_.mutation_header();
    report.set_words("内涝");
    const auto reported = desk_.run(desk_.intake().report_incident(author(), report));
    ASSERT_TRUE(reported);
    auto request = good_draft();
    request.set_incident_id(reported->incident_id());
    const auto drafted = draft(request);
    ASSERT_TRUE(drafted) << drafted.error().reason;
    EXPECT_EQ(drafted->bulletin().incident_id(), reported->incident_id());
}

// A resend gives the first answer: not a second draft, and not a refusal because time has passed.
TEST_F(Bulletins, AResendGivesTheSameAnswer) {
    const auto request = good_draft();
    const auto first = draft(request);
    ASSERT_TRUE(first);
    const auto approved_with = approval(first->bulletin());
    const auto approved = approve(approved_with, signer());
    ASSERT_TRUE(approved);
    desk_.loop().advance(7h);  // it has expired meanwhile
    const auto again = draft(request);
    ASSERT_TRUE(again) << again.error().reason;
    EXPECT_EQ(again->bulletin().SerializeAsString(), first->bulletin().SerializeAsString());
    const auto approved_again = approve(approved_with, signer());
    ASSERT_TRUE(approved_again) << approved_again.error().reason;
    EXPECT_EQ(approved_again->bulletin().SerializeAsString(),
              approved->bulletin().SerializeAsString());
    EXPECT_EQ(commits(), 2U);
    auto reused = request;
    reused.mutable_texts(0)->set_body("别的话");
    EXPECT_EQ(draft(reused).error().reason, "REQUEST_ID_REUSED");
}

// Two who approve at the same moment: one does, the other is told that it is done.
TEST_F(Bulletins, TwoSignersAtOnce) {
    const pb::Bulletin bulletin = draft();
    const auto first =
        desk_.loop().start(desk_.publicinfo().approve_bulletin(signer(), approval(bulletin)));
    const auto second = desk_.loop().start(desk_.publicinfo().approve_bulletin(
        desk_.call("qian", {domain::Role::kBulletinSigner}), approval(bulletin)));
    desk_.loop().settle();
    ASSERT_TRUE(first->value && second->value);
    EXPECT_TRUE(first->value->has_value());
    ASSERT_FALSE(second->value->has_value());
    EXPECT_EQ(second->value->error().reason, "BULLETIN_NOT_DRAFT");
}

// Everything of an exercise says so; nothing of the live world does.
TEST_F(Bulletins, AnExerciseSaysSo) { EXPECT_TRUE(published().exercise()); }
TEST_F(LiveBulletins, LiveIsNoExercise) { EXPECT_FALSE(published().exercise()); }

// What nobody knows is not found; an id that cannot be one is malformed.
TEST_F(Bulletins, Unknown) {
    EXPECT_EQ(get("nobody").error().reason, "BULLETIN_UNKNOWN");
    EXPECT_EQ(get("").error().reason, "ID_MALFORMED");
    EXPECT_EQ(publish("nobody").error().reason, "BULLETIN_UNKNOWN");
    EXPECT_EQ(publish("").error().find("field"), "bulletin_id");
    pb::Bulletin nobody;
    nobody.set_id("nobody");
    nobody.set_content_hash(std::string(64, 'a'));
    EXPECT_EQ(approve(nobody).error().reason, "BULLETIN_UNKNOWN");
}

// Newest first, by state, by pages.
TEST_F(Bulletins, Lists) {
    std::vector<std::string> newest_first;
    for (int i = 0; i < 5; ++i) {
        const pb::Bulletin bulletin = i % 2 == 0 ? draft() : published();
        newest_first.insert(newest_first.begin(), bulletin.id());
        desk_.loop().advance(1s);
    }
    const auto ids = [](const Result<pb::ListBulletinsResponse>& response) {
        std::vector<std::string> ids;
        for (const auto& bulletin : response->bulletins()) ids.push_back(bulletin.id());
        return ids;
    };
    EXPECT_EQ(ids(list()), newest_first);
    pb::ListBulletinsRequest request;
    request.add_states(pb::BULLETIN_STATE_PUBLISHED);
    EXPECT_THAT(ids(list(request)), ElementsAre(newest_first[1], newest_first[3]));
    request.mutable_page()->set_size(1);
    auto page = list(request);
    EXPECT_THAT(ids(page), ElementsAre(newest_first[1]));
    request.mutable_page()->set_token(page->page().next_token());
    page = list(request);
    EXPECT_THAT(ids(page), ElementsAre(newest_first[3]));
    EXPECT_EQ(page->page().next_token(), "");
    request.add_states(static_cast<pb::BulletinState>(9));
    EXPECT_EQ(list(request).error().reason, "ENUM_UNKNOWN");
}

}  // namespace
}  // namespace liandong::publicinfo
