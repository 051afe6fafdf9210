#include "services/intake/policy/understand.h"

#include "services/intake/policy/area_fill.h"
#include "services/intake/policy/catalogue/triage.h"
#include "services/intake/policy/duplicates/alarm_site.h"
#include "services/intake/policy/duplicates/lexicon.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr std::uint8_t bit(Proposed what) { return std::to_underlying(what); }

bool is_unset(const Level& level) { return level.scale == LevelScale::kUnspecified; }

std::vector<UsualNeed> needs_of(const IncidentType& type) {
    std::vector<UsualNeed> needs = type.needs;
    if (needs.size() > kUsualNeeds_max) needs.resize(kUsualNeeds_max);
    return needs;
}

/// The codes of the lexicon: what its type may bring along stands in the catalogue, in words.
std::vector<std::string> hazards_in(const Features& features, const Knowledge& knowledge) {
    std::vector<std::string> hazards;
    if (!knowledge.lexicon) return hazards;
    const auto& codes = knowledge.lexicon->hazards();
    for (std::size_t i = 0; i < codes.size() && hazards.size() < kHazards_max; ++i) {
        if ((features.hazards >> i & 1U) != 0) hazards.push_back(codes[i]);
    }
    return hazards;
}

void add_corrections(TakenReport& taken, const std::vector<Correction>& more) {
    for (const Correction& correction : more) {
        if (taken.report.corrections.size() == kCorrections_max) break;
        taken.report.corrections.push_back(correction);
    }
    taken.incident.needs_correction = !taken.report.corrections.empty();
}

void fill_place(TakenReport& taken, const areas::AreaMap& map) {
    add_corrections(taken, fill_area(taken.report.place, map));
    taken.incident.place = taken.report.place;
}

Features read(const Incident& incident, const Knowledge& knowledge) {
    if (!knowledge.reads_words()) return {};
    return read_features(*knowledge.lexicon, *knowledge.names, incident.summary,
                         incident.place.address);
}

/// The type whose rules count: the one that was given, else the likeliest. nullptr: none is known.
const IncidentType* choose_type(Incident& incident, const Catalogue& catalogue) {
    if (!incident.type_code.empty()) return catalogue.find(incident.type_code);
    const auto suggestions = suggest_types(catalogue, incident.summary, kSuggestedTypes_max);
    for (const TypeSuggestion& suggestion : suggestions)
        incident.intake.suggested_types.push_back(suggestion.type->code);
    return suggestions.empty() ? nullptr : suggestions.front().type;
}

void propose_for(Incident& incident, const IncidentType* type, const Catalogue& catalogue,
                 FactSet facts) {
    const Proposal proposal =
        propose(catalogue, type ? type->code : std::string(), facts, kCatalogueAuthority);
    Intake& intake = incident.intake;
    if (type && is_unset(incident.level)) {
        incident.level = proposal.level;
        intake.proposed |= bit(Proposed::kLevel);
    }
    const bool threatens = proposal.life_threatening || urgency_rank(incident.level) == 4;
    if (threatens && !incident.life_threatening && !is_machine(intake.channel)) {
        incident.life_threatening = true;
        intake.proposed |= bit(Proposed::kLifeThreatening);
    }
    if (type) intake.needs = needs_of(*type);
}

/// What was set by a rule may be set again by one; what a person said may not.
bool may_propose(const Incident& incident, Proposed what, bool is_said_now, bool is_empty) {
    return !is_said_now && (is_empty || incident.intake.is_proposed(what));
}

}  // namespace

Features understand(TakenReport& taken, const Knowledge& knowledge) {
    if (knowledge.areas) fill_place(taken, *knowledge.areas);
    Features features = read(taken.incident, knowledge);
    if (!knowledge.catalogue) return features;
    const std::string& code = taken.incident.type_code;
    if (!code.empty() && !knowledge.catalogue->find(code))
        add_corrections(taken, {{"type_code", "TYPE_UNKNOWN", code}});
    const FactSet facts = knowledge.lexicon ? facts_of(features, *knowledge.lexicon) : 0;
    const IncidentType* type = choose_type(taken.incident, *knowledge.catalogue);
    propose_for(taken.incident, type, *knowledge.catalogue, facts);
    taken.incident.hazards = hazards_in(features, knowledge);
    if (!taken.incident.hazards.empty()) taken.incident.intake.proposed |= bit(Proposed::kHazards);
    return features;
}

UnderstoodTriage understand(const Incident& incident, Triage triage, const Knowledge& knowledge) {
    UnderstoodTriage out{std::move(triage), incident.intake.proposed, false, {}};
    Triage& said = out.triage;
    if (said.level) out.proposed &= static_cast<std::uint8_t>(~bit(Proposed::kLevel));
    if (said.life_threatening)
        out.proposed &= static_cast<std::uint8_t>(~bit(Proposed::kLifeThreatening));
    if (said.hazards) out.proposed &= static_cast<std::uint8_t>(~bit(Proposed::kHazards));
    if (said.place && knowledge.areas) fill_area(*said.place, *knowledge.areas);
    if (!said.type_code || !knowledge.catalogue) return out;
    out.has_type = true;
    const IncidentType* type = knowledge.catalogue->find(*said.type_code);
    if (!type) return out;
    out.needs = needs_of(*type);
    Incident after = incident;
    if (said.summary) after.summary = *said.summary;
    const FactSet facts =
        knowledge.lexicon ? facts_of(read(after, knowledge), *knowledge.lexicon) : 0;
    const Proposal proposal = propose(*knowledge.catalogue, type->code, facts, kCatalogueAuthority);
    if (may_propose(incident, Proposed::kLevel, said.level.has_value(), is_unset(incident.level))) {
        said.level = proposal.level;
        out.proposed |= bit(Proposed::kLevel);
    }
    // Never taken back: a rule that held for the type before is no proof that nobody is in danger.
    if (proposal.life_threatening && !said.life_threatening && !incident.life_threatening &&
        !incident.intake.unverified) {
        said.life_threatening = true;
        out.proposed |= bit(Proposed::kLifeThreatening);
    }
    return out;
}

}  // namespace liandong::intake
