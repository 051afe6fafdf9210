#include "services/intake/policy/catalogue/triage.h"

#include "tests/unit/intake_policy/duplicate_fixture.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using domain::Level;
using domain::LevelScale;

class TriageTest : public testing::Test {
protected:
    Proposal triaged(std::string_view type, std::initializer_list<Fact> facts) const {
        FactSet set = 0;
        for (const Fact fact : facts) set |= fact_bit(fact);
        return propose(catalogue_, type, set, "应城市公安局");
    }
    const Catalogue catalogue_ = Catalogue::built_in();
};

// Without facts a type has its own level, on its own scale, issued by whom the caller names.
TEST_F(TriageTest, TheTypesOwnLevel) {
    const Proposal fire = triaged("structure_fire", {});
    EXPECT_EQ(fire.level, (Level{LevelScale::kFireAlarm, 1, "应城市公安局"}));
    EXPECT_FALSE(fire.life_threatening);
    EXPECT_TRUE(fire.is_type_known);
    EXPECT_TRUE(fire.grounds.empty());
    EXPECT_EQ(triaged("theft", {}).level, (Level{LevelScale::kPolice, 4, "应城市公安局"}));
}

// Facts raise the level to the gravest rule that holds, in the direction of the scale: up for fire,
// down for police.
TEST_F(TriageTest, TheGravestRuleCounts) {
    const Proposal fire = triaged("structure_fire", {Fact::kBurning, Fact::kTrapped});
    EXPECT_EQ(fire.level.code, 3);
    EXPECT_TRUE(fire.life_threatening);
    const Proposal crash = triaged("traffic_accident", {Fact::kInjured});
    EXPECT_EQ(crash.level.code, 2);
    EXPECT_EQ(triaged("traffic_accident", {Fact::kInjured, Fact::kTrapped}).level.code, 1);
    EXPECT_TRUE(is_graver(triaged("traffic_accident", {Fact::kTrapped}), crash));
    EXPECT_FALSE(is_graver(crash, crash));
}

// A fact never lowers a level: more facts are at least as grave.
TEST_F(TriageTest, FactsNeverLower) {
    for (const IncidentType& type : catalogue_.types()) {
        const Proposal none = propose(catalogue_, type.code, 0, "");
        for (int i = 0; i < kFacts; ++i) {
            const Proposal one = propose(catalogue_, type.code, FactSet{1} << i, "");
            EXPECT_GE(urgency_rank(one.level), urgency_rank(none.level)) << type.code << ' ' << i;
            const Proposal all = propose(catalogue_, type.code, (FactSet{1} << kFacts) - 1, "");
            EXPECT_GE(urgency_rank(all.level), urgency_rank(one.level)) << type.code << ' ' << i;
        }
    }
}

// The reasons name the rules that held and what they rest on.
TEST_F(TriageTest, ReasonsNameTheRules) {
    const Proposal crash = triaged("traffic_accident", {Fact::kInjured});
    ASSERT_EQ(crash.grounds.size(), 1U);
    EXPECT_EQ(crash.grounds[0].facts, fact_bit(Fact::kInjured));
    EXPECT_EQ(crash.grounds[0].level_code, 2);
    EXPECT_EQ(to_text(crash.grounds[0]), "traffic_accident: injured");
}

// What threatens life does so whatever the type, also when the type is unknown or missing (D2).
TEST_F(TriageTest, UnknownTypesAreTriagedByFacts) {
    for (const std::string_view type : {"", "no-such-type", "noise", "theft"}) {
        const Proposal triage = triaged(type, {Fact::kNotBreathing});
        EXPECT_TRUE(triage.life_threatening) << type;
        ASSERT_FALSE(triage.grounds.empty());
        EXPECT_EQ(triage.grounds.back().type_code, "any");
    }
    const Proposal unknown = triaged("", {});
    EXPECT_FALSE(unknown.is_type_known);
    EXPECT_EQ(unknown.level, (Level{LevelScale::kPolice, 3, "应城市公安局"}));
    EXPECT_EQ(triaged("", {Fact::kNotBreathing}).level.code, 1);
}

// Facts are read out of words, in both languages, and what is negated is none.
TEST_F(TriageTest, FactsOutOfWords) {
    const Lexicon lexicon = Lexicon::built_in();
    const PlaceNames names = yingcheng_names();
    const auto facts = [&](std::string_view words) {
        return facts_of(read_features(lexicon, names, words, ""), lexicon);
    };
    EXPECT_TRUE(facts("三人受伤") & fact_bit(Fact::kManyHurt));
    EXPECT_TRUE(facts("有人拿刀") & fact_bit(Fact::kWeapon));
    EXPECT_TRUE(facts("he is not breathing") & fact_bit(Fact::kNotBreathing));
    EXPECT_TRUE(facts("we are trapped, help us") & fact_bit(Fact::kTrapped));
    EXPECT_TRUE(facts("救命，我被困在里面") & fact_bit(Fact::kReporterInDanger));
    EXPECT_EQ(facts("两车刮擦，没有人受伤"), 0U);
}

}  // namespace
}  // namespace liandong::intake
