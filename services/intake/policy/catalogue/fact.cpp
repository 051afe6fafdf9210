#include "services/intake/policy/catalogue/fact.h"

#include "services/intake/policy/duplicates/features.h"
#include "services/intake/policy/duplicates/lexicon.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace liandong::intake {
namespace {

constexpr std::array<std::string_view, kFacts> kFactNames = {
    "injured",   "dead",        "unconscious", "not_breathing", "trapped",  "child",
    "pregnant",  "elderly",     "many_hurt",   "weapon",        "fire",     "gas",
    "explosion", "chemical",    "fuel",        "current",       "collapse", "water",
    "height",    "danger",      "in_progress", "crowd",         "burning",  "crowded_building",
    "high_rise", "blocked_road"};

constexpr int kMany = 3;

/// Hazards and casualties of the lexicon bear the names of facts, where there is such a fact.
FactSet named_bits(std::uint32_t bits, const std::vector<std::string>& names) {
    FactSet facts = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto fact = (bits >> i & 1U) != 0 ? fact_named(names[i]) : std::nullopt;
        if (fact) facts |= fact_bit(*fact);
    }
    return facts;
}

bool has_mark(const Features& features, MarkKind kind, std::string_view value) {
    return std::ranges::binary_search(features.marks, Mark{kind, std::string(value)});
}

}  // namespace

std::string_view to_string(Fact fact) { return kFactNames[static_cast<std::size_t>(fact)]; }

std::optional<Fact> fact_named(std::string_view name) {
    const auto at = std::ranges::find(kFactNames, name);
    if (at == kFactNames.end()) return std::nullopt;
    return static_cast<Fact>(at - kFactNames.begin());
}

FactSet facts_of(const Features& features, const Lexicon& lexicon) {
    FactSet facts = named_bits(features.hazards, lexicon.hazards()) |
                    named_bits(features.casualties, lexicon.casualties());
    const FactSet hurt = fact_bit(Fact::kInjured) | fact_bit(Fact::kDead);
    if ((facts & hurt) != 0 && features.people_hurt >= kMany) facts |= fact_bit(Fact::kManyHurt);
    if (features.says_danger) facts |= fact_bit(Fact::kReporterInDanger);
    if (has_mark(features, MarkKind::kSymptom, "breath")) facts |= fact_bit(Fact::kNotBreathing);
    if ((features.families & family_bit(EventFamily::kCrowd)) != 0) facts |= fact_bit(Fact::kCrowd);
    return facts;
}

}  // namespace liandong::intake
