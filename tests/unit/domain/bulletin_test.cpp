#include "common/domain/bulletin.h"

#include <gtest/gtest.h>

#include <set>

namespace liandong::domain {
namespace {

constexpr Timestamp kNow = Timestamp{Duration{1'784'360'000'000'000}};

Bulletin a_bulletin() {
    Bulletin bulletin;
    bulletin.id = "bulletin-1";
    bulletin.kind = BulletinKind::kWarning;
    bulletin.exercise = true;
    bulletin.incident_id = "inc-1";
    bulletin.level = {LevelScale::kWarning, 3, "孝感市气象台"};
    bulletin.texts = {{"zh-CN", "暴雨黄色预警", "请远离河道。"}};
    bulletin.area_codes = {"420981001", "420981002"};
    bulletin.expires_at = Timestamp{Duration{1'784'368'800'000'000}};
    bulletin.author = "zhang";
    return bulletin;
}

Bulletin approved() {
    Bulletin bulletin = a_bulletin();
    EXPECT_TRUE(approve(bulletin, "li", content_hash(bulletin), kNow));
    return bulletin;
}

struct Change {
    const char* what;
    void (*make)(Bulletin&);
};
/// Everything that goes out to the public, each changed once.
const Change kChanges[] = {
    {"kind", [](Bulletin& b) { b.kind = BulletinKind::kAllClear; }},
    {"exercise", [](Bulletin& b) { b.exercise = false; }},
    {"incident", [](Bulletin& b) { b.incident_id = "inc-2"; }},
    {"scale", [](Bulletin& b) { b.level.scale = LevelScale::kResponse; }},
    {"code", [](Bulletin& b) { b.level.code = 1; }},
    {"authority", [](Bulletin& b) { b.level.authority = "应城市气象台"; }},
    {"language", [](Bulletin& b) { b.texts[0].language = "zh"; }},
    {"headline", [](Bulletin& b) { b.texts[0].headline += " "; }},
    {"body", [](Bulletin& b) { b.texts[0].body.pop_back(); }},
    {"border of headline and body",
     [](Bulletin& b) { b.texts[0].headline += "请", b.texts[0].body.erase(0, 3); }},
    {"another text", [](Bulletin& b) { b.texts.push_back({"en", "h", "b"}); }},
    {"area", [](Bulletin& b) { b.area_codes[1] = "420981003"; }},
    {"one area less", [](Bulletin& b) { b.area_codes.pop_back(); }},
    {"areas joined", [](Bulletin& b) { b.area_codes = {"420981001420981002"}; }},
    {"expiry", [](Bulletin& b) { b.expires_at += Duration{1}; }},
};

// The hash is stable across versions: an approval of yesterday binds today's release. Computed
// apart from this code.
TEST(ContentHash, IsStable) {
    EXPECT_EQ(content_hash(a_bulletin()),
              "fdc41372d3fb01c016e8f8eabb06a925bad537d9ac7d5483606b028b5189bf91");
}

// Every field that goes out changes the hash; who handles it and when does not.
TEST(ContentHash, CoversWhatGoesOut) {
    std::set<std::string> hashes = {content_hash(a_bulletin())};
    for (const Change& change : kChanges) {
        Bulletin bulletin = a_bulletin();
        change.make(bulletin);
        EXPECT_TRUE(hashes.insert(content_hash(bulletin)).second) << change.what;
    }
    EXPECT_EQ(content_hash(approved()), content_hash(a_bulletin()));
}

// The approval binds exactly the bytes that were read: after any change it is refused, and nothing
// is written.
TEST(Approve, BindsExactBytes) {
    const std::string read = content_hash(a_bulletin());
    for (const Change& change : kChanges) {
        Bulletin bulletin = a_bulletin();
        change.make(bulletin);
        const Bulletin before = bulletin;
        const Status status = approve(bulletin, "li", read, kNow);
        ASSERT_FALSE(status) << change.what;
        EXPECT_EQ(status.error().code, Code::kFailedPrecondition);
        EXPECT_EQ(status.error().reason, "CONTENT_CHANGED");
        EXPECT_EQ(bulletin, before);
    }
}

// Whatever was changed between approval and release never goes out.
TEST(Publish, BindsExactBytes) {
    for (const Change& change : kChanges) {
        Bulletin bulletin = approved();
        change.make(bulletin);
        EXPECT_EQ(publish(bulletin, "li", kNow).error().reason, "CONTENT_CHANGED") << change.what;
        EXPECT_EQ(bulletin.state, BulletinState::kApproved);
    }
}

// Nobody approves his own bulletin, nor does nobody.
TEST(Approve, NeedsASecondPerson) {
    for (const char* approver : {"zhang", ""}) {
        Bulletin bulletin = a_bulletin();
        const Status status = approve(bulletin, approver, content_hash(bulletin), kNow);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, Code::kPermissionDenied);
        EXPECT_EQ(status.error().reason, "AUTHOR_IS_APPROVER");
        EXPECT_EQ(bulletin, a_bulletin());
    }
}

// The last door asks again: a record that says author = approver is not released, however it came
// to be.
TEST(Publish, NeedsASecondPersonOnRecord) {
    for (const char* approver : {"zhang", ""}) {
        Bulletin bulletin = approved();
        bulletin.approver = approver;
        EXPECT_EQ(publish(bulletin, "wang", kNow).error().reason, "AUTHOR_IS_APPROVER");
    }
}

// 制作 → 签发 → 发布, each once and in this order.
TEST(Bulletin, MovesInOneDirection) {
    Bulletin bulletin = a_bulletin();
    EXPECT_EQ(publish(bulletin, "li", kNow).error().reason, "BULLETIN_NOT_APPROVED");
    ASSERT_TRUE(approve(bulletin, "li", content_hash(bulletin), kNow));
    EXPECT_EQ(bulletin.approver, "li");
    EXPECT_EQ(bulletin.approved_at, kNow);
    EXPECT_EQ(bulletin.approved_hash, content_hash(bulletin));
    EXPECT_EQ(approve(bulletin, "wang", content_hash(bulletin), kNow).error().reason,
              "BULLETIN_NOT_DRAFT");
    ASSERT_TRUE(publish(bulletin, "zhang", kNow));
    EXPECT_EQ(bulletin.state, BulletinState::kPublished);
    EXPECT_EQ(bulletin.published_by, "zhang");
    EXPECT_EQ(bulletin.published_at, kNow);
    EXPECT_EQ(publish(bulletin, "zhang", kNow).error().reason, "ALREADY_PUBLISHED");
    EXPECT_EQ(approve(bulletin, "wang", content_hash(bulletin), kNow).error().reason,
              "BULLETIN_NOT_DRAFT");
}

// What has expired is not released any more.
TEST(Publish, RefusesWhatHasExpired) {
    Bulletin bulletin = approved();
    EXPECT_EQ(publish(bulletin, "li", bulletin.expires_at).error().reason, "BULLETIN_EXPIRED");
    EXPECT_TRUE(publish(bulletin, "li", bulletin.expires_at - Duration{1}));
}

// Every fault of a draft is named by field and reason; an empty area is refused, never widened.
TEST(ValidateBulletin, NamesFieldAndReason) {
    EXPECT_TRUE(validate(a_bulletin(), kNow));
    struct Case {
        const char* field;
        const char* reason;
        void (*spoil)(Bulletin&);
    };
    const Case cases[] = {
        {"kind", "KIND_UNSPECIFIED", [](Bulletin& b) { b.kind = BulletinKind::kUnspecified; }},
        {"level", "LEVEL_OUT_OF_RANGE", [](Bulletin& b) { b.level.code = 5; }},
        {"level", "LEVEL_OUT_OF_RANGE",
         [](Bulletin& b) { b.level = {LevelScale::kUnspecified, 1, ""}; }},
        {"level.authority", "TEXT_TOO_LONG",
         [](Bulletin& b) { b.level.authority = std::string(65, 'x'); }},
        {"level.authority", "NOT_UTF8", [](Bulletin& b) { b.level.authority = "\xff"; }},
        {"texts", "TEXT_MISSING", [](Bulletin& b) { b.texts.clear(); }},
        {"texts", "TOO_MANY", [](Bulletin& b) { b.texts.assign(9, b.texts[0]); }},
        {"texts", "LANGUAGE_MISSING", [](Bulletin& b) { b.texts[0].language = "en"; }},
        {"texts[0].language", "LANGUAGE_MALFORMED", [](Bulletin& b) { b.texts[0].language = ""; }},
        {"texts[0].language", "LANGUAGE_MALFORMED",
         [](Bulletin& b) { b.texts[0].language = "zh CN"; }},
        {"texts[1].language", "LANGUAGE_REPEATED",
         [](Bulletin& b) { b.texts.push_back(b.texts[0]); }},
        {"texts[0].headline", "TEXT_MISSING", [](Bulletin& b) { b.texts[0].headline = ""; }},
        {"texts[0].headline", "TEXT_TOO_LONG",
         [](Bulletin& b) { b.texts[0].headline = std::string(161, 'x'); }},
        {"texts[0].headline", "NOT_UTF8", [](Bulletin& b) { b.texts[0].headline = "\xbb\xf0"; }},
        {"texts[0].body", "TEXT_MISSING", [](Bulletin& b) { b.texts[0].body = ""; }},
        {"texts[0].body", "TEXT_TOO_LONG",
         [](Bulletin& b) { b.texts[0].body = std::string(4'001, 'x'); }},
        {"texts[0].body", "NOT_UTF8", [](Bulletin& b) { b.texts[0].body = "\xff"; }},
        {"area_codes", "AREA_MISSING", [](Bulletin& b) { b.area_codes.clear(); }},
        {"area_codes", "TOO_MANY", [](Bulletin& b) { b.area_codes.assign(65, "420981"); }},
        {"area_codes[1]", "AREA_MALFORMED", [](Bulletin& b) { b.area_codes[1] = "42098"; }},
        {"area_codes[0]", "AREA_MALFORMED", [](Bulletin& b) { b.area_codes[0] = "420981x"; }},
        {"area_codes[0]", "AREA_MALFORMED",
         [](Bulletin& b) { b.area_codes[0] = std::string(16, '4'); }},
        {"expires_at_micros", "EXPIRES_MISSING", [](Bulletin& b) { b.expires_at = {}; }},
        {"expires_at_micros", "EXPIRES_IN_PAST", [](Bulletin& b) { b.expires_at = kNow; }},
    };
    for (const Case& c : cases) {
        Bulletin bulletin = a_bulletin();
        c.spoil(bulletin);
        const Status status = validate(bulletin, kNow);
        ASSERT_FALSE(status) << c.field << " " << c.reason;
        EXPECT_EQ(status.error().code, Code::kInvalidArgument);
        EXPECT_EQ(status.error().find("field"), c.field);
        EXPECT_EQ(status.error().reason, c.reason);
    }
}

// A headline is measured in characters, so that 160 Chinese ones fit; all languages together fit
// into one stored entity.
TEST(ValidateBulletin, MeasuresCharactersAndTheWhole) {
    Bulletin bulletin = a_bulletin();
    bulletin.texts[0].headline.clear();
    for (int i = 0; i < 160; ++i) bulletin.texts[0].headline += "雨";
    EXPECT_TRUE(validate(bulletin, kNow));
    for (const char* language : {"en", "fr", "ru"}) {
        bulletin.texts.push_back({language, "h", std::string(4'000, 'x')});
    }
    const Status status = validate(bulletin, kNow);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().find("field"), "texts");
    EXPECT_EQ(status.error().reason, "TEXT_TOO_LONG");
}

}  // namespace
}  // namespace liandong::domain
