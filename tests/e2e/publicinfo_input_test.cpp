#include "tests/e2e/desk.h"

#include <gtest/gtest.h>

namespace liandong::test {
namespace {

using publicinfo_pb::DraftBulletinRequest;

class PublicInfoInput : public Desk {};

Refusal bad_draft(const char* name, void (*spoil)(DraftBulletinRequest&), const char* reason,
                  const char* field) {
    return invalid(name, draft_bulletin(), spoil, reason, field);
}

TEST_F(PublicInfoInput, DraftBulletinNamesWhatIsWrong) {
    expect_refused(
        platform_,
        {bad_draft(
             "no kind", [](auto& r) { r.clear_kind(); }, "KIND_UNSPECIFIED", "kind"),
         bad_draft(
             "kind 99", [](auto& r) { r.set_kind(static_cast<publicinfo_pb::BulletinKind>(99)); },
             "ENUM_UNKNOWN", "kind"),
         bad_draft(
             "incident", [](auto& r) { r.set_incident_id("a b"); }, "ID_MALFORMED", "incident_id"),
         refusal(
             "unknown incident", draft_bulletin(), [](auto& r) { r.set_incident_id("nowhere"); },
             Code::kNotFound, "INCIDENT_UNKNOWN", "incident_id"),
         bad_draft(
             "level", [](auto& r) { r.mutable_level()->set_code(3); }, "LEVEL_OUT_OF_RANGE",
             "level"),
         bad_draft(
             "authority", [](auto& r) { r.mutable_level()->set_authority(std::string(65, 'x')); },
             "TEXT_TOO_LONG", "level.authority"),
         bad_draft(
             "no areas", [](auto& r) { r.clear_area_codes(); }, "AREA_MISSING", "area_codes"),
         bad_draft(
             "65 areas",
             [](auto& r) {
                 for (int i = 0; i < 64; ++i) r.add_area_codes("420981101");
             },
             "TOO_MANY", "area_codes"),
         bad_draft(
             "area", [](auto& r) { r.add_area_codes("4209"); }, "AREA_MALFORMED", "area_codes[1]"),
         bad_draft(
             "no end", [](auto& r) { r.clear_expires_at_micros(); }, "EXPIRES_MISSING",
             "expires_at_micros"),
         bad_draft(
             "ended", [](auto& r) { r.set_expires_at_micros(1'000'000); }, "EXPIRES_IN_PAST",
             "expires_at_micros")});
}

TEST_F(PublicInfoInput, DraftBulletinNamesTheTextThatIsWrong) {
    expect_refused(
        platform_,
        {bad_draft(
             "none", [](auto& r) { r.clear_texts(); }, "TEXT_MISSING", "texts"),
         bad_draft(
             "nine",
             [](auto& r) {
                 for (int i = 0; i < 8; ++i) *r.add_texts() = r.texts(0);
             },
             "TOO_MANY", "texts"),
         bad_draft(
             "English only", [](auto& r) { r.mutable_texts(0)->set_language("en"); },
             "LANGUAGE_MISSING", "texts"),
         bad_draft(
             "twice", [](auto& r) { *r.add_texts() = r.texts(0); }, "LANGUAGE_REPEATED",
             "texts[1].language"),
         bad_draft(
             "language", [](auto& r) { r.mutable_texts(0)->set_language("zh CN"); },
             "LANGUAGE_MALFORMED", "texts[0].language"),
         bad_draft(
             "no headline", [](auto& r) { r.mutable_texts(0)->clear_headline(); }, "TEXT_MISSING",
             "texts[0].headline"),
         bad_draft(
             "headline", [](auto& r) { r.mutable_texts(0)->set_headline(std::string(161, 'x')); },
             "TEXT_TOO_LONG", "texts[0].headline"),
         bad_draft(
             "no body", [](auto& r) { r.mutable_texts(0)->clear_body(); }, "TEXT_MISSING",
             "texts[0].body"),
         bad_draft(
             "body", [](auto& r) { r.mutable_texts(0)->set_body(std::string(4'001, 'x')); },
             "TEXT_TOO_LONG", "texts[0].body")});
}

TEST_F(PublicInfoInput, ApproveBulletinNamesWhatIsWrong) {
    const auto nothing = [](auto&) {};
    auto changed = approve(draft_);
    changed.set_content_hash(std::string(64, 'a'));
    auto unknown = approve(draft_);
    unknown.set_bulletin_id("nowhere");
    expect_refused(platform_,
                   {invalid(
                        "id", approve(draft_), [](auto& r) { r.set_bulletin_id(""); },
                        "ID_MALFORMED", "bulletin_id"),
                    invalid(
                        "hash", approve(draft_), [](auto& r) { r.set_content_hash("abc"); },
                        "HASH_MALFORMED", "content_hash"),
                    refusal("unknown", unknown, nothing, Code::kNotFound, "BULLETIN_UNKNOWN",
                            "bulletin_id", kZhao),
                    refusal("by its author", approve(draft_), nothing, Code::kPermissionDenied,
                            "AUTHOR_IS_APPROVER"),
                    refusal("not what was read", changed, nothing, Code::kFailedPrecondition,
                            "CONTENT_CHANGED", "", kZhao),
                    refusal("approved", approve(approved_), nothing, Code::kFailedPrecondition,
                            "BULLETIN_NOT_DRAFT", "", kZhao)});
}

TEST_F(PublicInfoInput, PublishBulletinNamesWhatIsWrong) {
    const auto nothing = [](auto&) {};
    expect_refused(platform_, {invalid("id", publish("{}"), nothing, "ID_MALFORMED", "bulletin_id"),
                               refusal("unknown", publish("nowhere"), nothing, Code::kNotFound,
                                       "BULLETIN_UNKNOWN", "bulletin_id"),
                               refusal("a draft", publish(draft_.id()), nothing,
                                       Code::kFailedPrecondition, "BULLETIN_NOT_APPROVED"),
                               refusal("twice", publish(published_), nothing,
                                       Code::kFailedPrecondition, "ALREADY_PUBLISHED")});
}

TEST_F(PublicInfoInput, GetAndListBulletinsNameWhatIsWrong) {
    const auto get = read_of<publicinfo_pb::GetBulletinRequest>();
    expect_refused(
        platform_,
        {invalid(
             "no id", get, [](auto&) {}, "ID_MALFORMED", "bulletin_id"),
         refusal(
             "unknown", get, [](auto& r) { r.set_bulletin_id("nowhere"); }, Code::kNotFound,
             "BULLETIN_UNKNOWN", "bulletin_id"),
         invalid(
             "state", read_of<publicinfo_pb::ListBulletinsRequest>(),
             [](auto& r) { r.add_states(static_cast<publicinfo_pb::BulletinState>(99)); },
             "ENUM_UNKNOWN", "states")});
}

}  // namespace
}  // namespace liandong::test
