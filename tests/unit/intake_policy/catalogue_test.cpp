#include "services/intake/policy/catalogue/catalogue.h"

#include "common/domain/incident.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace liandong::intake {
namespace {

constexpr std::string_view kHead = "[class fire]\nlead: all | 消防 | 消防法 | checked\n[f]\n";
constexpr std::string_view kBody =
    "name: 火 | Fire\nclass: fire\ncap: Fire\nlevel: fire_alarm 1\nsource: test\n";

std::string fault(const std::string& text) {
    const auto catalogue = Catalogue::parse(text);
    if (catalogue) return "";
    EXPECT_EQ(catalogue.error().reason, "CATALOGUE_MALFORMED");
    return std::string(catalogue.error().find("line")) + " " +
           std::string(catalogue.error().find("rule"));
}

// Every fault names its line and the rule it breaks; the type itself is sound.
TEST(Catalogue, FaultsNameLineAndRule) {
    const std::string sound = std::string(kHead) + std::string(kBody);
    EXPECT_EQ(fault(sound), "");
    const std::pair<std::string, std::string> kFaults[] = {
        {"nonsense\n", "9 line_form"},
        {"name:\n", "9 line_form"},
        {"[broken\n", "9 line_form"},
        {"[Bad]\n", "9 code_malformed"},
        {"[f]\n", "9 code_repeated"},
        {"colour: red\n", "9 key_unknown"},
        {"name: one language\n", "9 bilingual_form"},
        {"class: navy\n", "9 class_unknown"},
        {"national: war\n", "9 national_unknown"},
        {"cap: Sport\n", "9 cap_unknown"},
        {"family: circus\n", "9 family_unknown"},
        {"level: police 9\n", "9 level_malformed"},
        {"level: fire_alarm\n", "9 level_malformed"},
        {"rule: 2\n", "9 rule_malformed"},
        {"rule: 7 when fire\n", "9 rule_malformed"},
        {"rule: 2 when bored\n", "9 fact_unknown"},
        {"needs: pump 0\n", "9 need_malformed"},
        {"lead: me\n", "9 lead_malformed"},
        {"refer: nowhere\n", "9 referral_unknown"},
        {"[g]\nname: 甲 | A\n", "9 field_missing"},
        {"[class navy]\n", "9 class_unknown"},
    };
    for (const auto& [line, expected] : kFaults) EXPECT_EQ(fault(sound + line), expected) << line;
    EXPECT_EQ(fault("name: 火 | Fire\n"), "1 block_missing");
}

// The built-in catalogue covers all classes, every row has its provenance, questions, a lead with a
// law, and a code that fits an incident.
TEST(Catalogue, TheBuiltInOneIsComplete) {
    const Catalogue catalogue = Catalogue::built_in();
    std::set<OperationalClass> classes;
    std::set<NationalClass> nationals;
    for (const IncidentType& type : catalogue.types()) {
        classes.insert(type.operational);
        nationals.insert(type.national);
        EXPECT_FALSE(type.source.empty()) << type.code;
        EXPECT_FALSE(type.questions.empty()) << type.code;
        EXPECT_FALSE(type.words.empty()) << type.code;
        EXPECT_FALSE(type.leads.empty()) << type.code;
        EXPECT_LE(type.code.size(), domain::kTypeCode_max) << type.code;
        EXPECT_EQ(catalogue.find(type.code), &type);
        if (type.source.find("EIDO") != std::string::npos)
            EXPECT_FALSE(type.eido.empty()) << type.code;
    }
    EXPECT_EQ(classes.size(), 9U);
    EXPECT_EQ(nationals.size(), 5U);
    EXPECT_GE(catalogue.types().size(), 45U);
}

// What is no emergency says where it goes: disputes to mediation, services to 12345.
TEST(Catalogue, NoEmergencyHasAReferral) {
    const Catalogue catalogue = Catalogue::built_in();
    for (const IncidentType& type : catalogue.types()) {
        const bool elsewhere = type.operational == OperationalClass::kDispute ||
                               type.operational == OperationalClass::kNonEmergency;
        if (elsewhere) EXPECT_NE(type.referral, Referral::kNone) << type.code;
    }
    EXPECT_EQ(catalogue.find("wage_dispute")->referral, Referral::kTownshipMediation);
    EXPECT_EQ(catalogue.find("neighbour_dispute")->referral, Referral::kVillageMediation);
    EXPECT_EQ(catalogue.find("service_request")->referral, Referral::kHotline12345);
}

// The lead by phase comes with its law (D8): the fireground is led by the fire service.
TEST(Catalogue, LeadsHaveALaw) {
    const Catalogue catalogue = Catalogue::built_in();
    const auto& leads = catalogue.find("structure_fire")->leads;
    ASSERT_EQ(leads.size(), 2U);
    EXPECT_EQ(leads[0].phase, "fireground");
    EXPECT_EQ(leads[0].agency, "消防救援机构");
    EXPECT_EQ(leads[0].law, "消防法 第45条");
    EXPECT_TRUE(leads[0].checked);
}

// An unknown code is no error: it has no type and no family (D2).
TEST(Catalogue, UnknownCodesAreLegal) {
    const Catalogue catalogue = Catalogue::built_in();
    EXPECT_EQ(catalogue.find("no-such-type"), nullptr);
    EXPECT_EQ(catalogue.find(""), nullptr);
    EXPECT_EQ(catalogue.find("any"), nullptr);
    EXPECT_EQ(catalogue.families_of("no-such-type"), 0U);
    EXPECT_NE(catalogue.families_of("gas_leak"), 0U);
}

// Words in either language suggest the type.
TEST(Catalogue, WordsSuggestTypes) {
    const Catalogue catalogue = Catalogue::built_in();
    const std::pair<std::string_view, std::string_view> kCases[] = {
        {"月园小区3号楼着火了，冒浓烟", "structure_fire"},
        {"两车追尾，刮擦", "traffic_accident"},
        {"厨房里煤气味很重，怀疑燃气泄漏", "gas_leak"},
        {"老板欠薪，农民工讨薪", "wage_dispute"},
        {"电梯困人，三个人", "lift_entrapment"},
        {"有人溺水了，在河里", "drowning"},
        {"老公打我，家暴", "domestic_violence"},
        {"广场舞太吵，扰民", "noise"},
        {"House fire, flames at the window", "structure_fire"},
        {"There is a strong smell of gas", "gas_leak"},
        {"Two cars in a rear-end collision", "traffic_accident"},
        {"He has chest pain, maybe a heart attack", "cardiac"},
        {"Someone is breaking into the house, a burglary", "burglary"},
        {"My wallet was stolen by a pickpocket", "theft"},
    };
    for (const auto& [words, code] : kCases) {
        const auto suggestions = suggest_types(catalogue, words);
        ASSERT_FALSE(suggestions.empty()) << words;
        EXPECT_EQ(suggestions[0].type->code, code) << words;
        EXPECT_LE(suggestions.size(), 3U);
    }
    EXPECT_TRUE(suggest_types(catalogue, "").empty());
    EXPECT_TRUE(suggest_types(catalogue, "\xff\xfe 你好").empty());
}

}  // namespace
}  // namespace liandong::intake
