#include "services/intake/policy/duplicates/reason.h"
#include "tests/unit/intake_policy/duplicate_fixture.h"

#include <set>

namespace liandong::intake {
namespace {

using enum DuplicateReason;

class Compare : public DuplicateTest {};

// Two reports that agree in plate, place, time and kind, with nothing new, are the one case in
// which nothing bars an automatic link; with the policy off even they are barred.
TEST_F(Compare, OnlyCertaintyLinks) {
    const Said first{.words = "蒲阳大道追尾，鄂K5E321"},
        then{.words = "蒲阳大道追尾了，鄂K5E321", .east = 20, .minutes = 2};
    EXPECT_EQ(compared(first, then).bars, std::vector<DuplicateReason>{});
    EXPECT_TRUE(is_barred(compared(first, then, {}), kAutomaticLinkingOff));
}

// Each rule of D5 bars by itself.
TEST_F(Compare, EachRuleOfD5Bars) {
    const Said first{.words = "蒲阳大道追尾，鄂K5E321，往武汉方向，3号楼2楼前", .caller = 7};
    struct Row {
        std::string_view words;
        DuplicateReason bar;
    };
    for (const Row& row :
         {Row{"鄂K5E321追尾，有人受伤", kNewCasualties}, Row{"鄂K5E321追尾，漏油了", kNewHazard},
          Row{"鄂K5E321追尾，4号楼", kOtherBuilding}, Row{"鄂K5E321追尾，5楼", kOtherFloor},
          Row{"鄂K5E321追尾，往宜昌方向", kOtherCarriageway},
          Row{"鄂K5E321追尾，救救我", kReporterInDanger},
          Row{"又有一辆追尾，鄂K5E321", kSaysAnother}}) {
        EXPECT_TRUE(is_barred(compared(first, {.words = row.words}), row.bar)) << row.words;
        EXPECT_FALSE(is_barred(compared(first, {.words = "鄂K5E321追尾"}), row.bar)) << row.words;
    }
    EXPECT_TRUE(is_barred(compared(first, {.words = "鄂K5E321追尾", .caller = 7}), kRepeatCaller));
}

// Silent and text reports are never linked automatically.
TEST_F(Compare, SilentAndTextReportsBar) {
    const Evidence known = incident("i", {.words = "蒲阳大道追尾，鄂K5E321"});
    Evidence fresh = report({.words = "蒲阳大道追尾，鄂K5E321"});
    fresh.is_silent = true;
    EXPECT_TRUE(
        is_barred(compare(fresh, known, names_, {.automatic_linking = true}), kSilentReport));
    fresh.is_silent = false;
    fresh.is_text = true;
    EXPECT_TRUE(is_barred(compare(fresh, known, names_, {.automatic_linking = true}), kTextReport));
}

// Another plate or house number lowers a suggestion but does not kill it: two plates make one
// collision, and callers give their own house number.
TEST_F(Compare, OtherPlateOnlyLowers) {
    const Said first{.words = "蒲阳大道两车追尾，鄂K5E321"};
    const Suggestion plain = compared(first, {.words = "蒲阳大道两车追尾", .minutes = 3});
    const Suggestion other = compared(first, {.words = "蒲阳大道两车追尾，鄂A00017", .minutes = 3});
    EXPECT_LT(other.score, plain.score);
    EXPECT_GE(other.score, DuplicatePolicy{}.suggest_at);
    EXPECT_TRUE(is_barred(other, kOtherPlate));
}

// The opposite carriageway and another building are other incidents.
TEST_F(Compare, AnotherPlaceIsNotSuggested) {
    EXPECT_LT(
        compared({.words = "汉宜高速往武汉方向K62追尾"}, {.words = "汉宜高速往宜昌方向K62追尾"})
            .score,
        DuplicatePolicy{}.suggest_at);
    EXPECT_LT(compared({.words = "月园小区3号楼着火"}, {.words = "月园小区9号楼着火", .minutes = 6})
                  .score,
              DuplicatePolicy{}.suggest_at);
}

// A name that two villages bear proves nothing until both say the township.
TEST_F(Compare, AnAmbiguousNameIsNeverResolvedSilently) {
    const Suggestion open = compared({.words = "团结村着火", .placed = false},
                                     {.words = "团结村着火了", .placed = false});
    EXPECT_TRUE(weight(open, kAmbiguousName).has_value());
    EXPECT_TRUE(is_barred(open, kAmbiguousName));
    const Suggestion told = compared({.words = "城北团结村着火", .placed = false},
                                     {.words = "城北团结村着火了", .placed = false});
    EXPECT_GT(told.score, open.score);
    EXPECT_FALSE(is_barred(told, kAmbiguousName));
    EXPECT_GT(weight(told, kSameVillage).value_or(0), 0);
    const Suggestion other = compared({.words = "城北团结村着火", .placed = false},
                                      {.words = "三合团结村着火了", .placed = false});
    EXPECT_LT(other.score, open.score);
}

// The stated accuracy decides what distance means: 400 m are far between two good fixes and near
// when one of them is a radio cell.
TEST_F(Compare, DistanceIsMeasuredInAccuracy) {
    const Said first{.words = "有人打架"};
    const Suggestion sharp = compared(first, {.words = "有人打架", .east = 400, .accuracy = 20});
    const Suggestion vague = compared(first, {.words = "有人打架", .east = 400, .accuracy = 800});
    EXPECT_LT(weight(sharp, kFar).value_or(0), -2);
    EXPECT_GT(weight(vague, kNear).value_or(0), 0);
}

// A fight is another one after an hour, a fire is still the same.
TEST_F(Compare, BriefHappeningsFadeFaster) {
    const Suggestion fight = compared({.words = "有人打架"}, {.words = "有人打架", .minutes = 60});
    const Suggestion fire = compared({.words = "着火了"}, {.words = "着火了", .minutes = 60});
    EXPECT_LT(weight(fight, kLongAgo).value_or(0), -1.5);
    EXPECT_GE(weight(fire, kSameTime).value_or(0), 0);
}

// Further reports teach an incident: what was new once is known then.
TEST_F(Compare, AnIncidentLearnsFromItsReports) {
    Evidence known = incident("i", {.words = "蒲阳大道追尾，鄂K5E321"});
    const Evidence hurt = report({.words = "蒲阳大道追尾，鄂K5E321，有人受伤", .minutes = 1});
    EXPECT_TRUE(is_barred(compare(hurt, known, names_, {}), kNewCasualties));
    merge(known, hurt);
    EXPECT_FALSE(is_barred(compare(hurt, known, names_, {}), kNewCasualties));
    EXPECT_EQ(known.at, hurt.at);
}

// Every reason has a word of its own and a text in both languages.
TEST_F(Compare, EveryReasonHasWordAndText) {
    std::set<std::string_view> words;
    for (int i = 0; i < kDuplicateReasons; ++i) {
        const auto reason = static_cast<DuplicateReason>(i);
        EXPECT_TRUE(words.insert(to_string(reason)).second);
        EXPECT_FALSE(describe(reason, Language::kChinese).empty());
        EXPECT_FALSE(describe(reason, Language::kEnglish).empty());
    }
    EXPECT_EQ(to_string(kSeveralCandidates), "SEVERAL_CANDIDATES");
    EXPECT_EQ(to_string(kOtherCarriageway), "OTHER_CARRIAGEWAY");
    EXPECT_EQ(describe(kOtherCarriageway, Language::kEnglish), "the other carriageway");
}

}  // namespace
}  // namespace liandong::intake
