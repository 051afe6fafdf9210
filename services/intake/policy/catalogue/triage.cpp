#include "services/intake/policy/catalogue/triage.h"

#include <fmt/format.h>

namespace liandong::intake {
namespace {

using domain::Level;

bool holds(const PriorityRule& rule, FactSet facts) { return (rule.facts & ~facts) == 0; }

class Proposal {
public:
    Proposal(FactSet facts, std::string_view authority) : facts_(facts), authority_(authority) {}

    Triage decide(const IncidentType& type, const IncidentType* any) {
        triage_.level = {type.scale, type.level_code, authority_};
        apply(type, /*moves_level=*/true);
        if (any != nullptr) apply(*any, /*moves_level=*/false);
        return std::move(triage_);
    }

private:
    void apply(const IncidentType& type, bool moves_level) {
        for (const PriorityRule& rule : type.rules) {
            if (!holds(rule, facts_)) continue;
            const int code = moves_level ? rule.level_code : 0;
            if (code == 0 && !rule.life_threatening) continue;
            triage_.grounds.push_back({type.code, rule.facts, code, rule.life_threatening});
            triage_.life_threatening |= rule.life_threatening;
            const Level raised{type.scale, code, authority_};
            if (code != 0 && urgency_rank(raised) > urgency_rank(triage_.level))
                triage_.level = raised;
        }
    }

    FactSet facts_;
    std::string authority_;
    Triage triage_;
};

}  // namespace

Triage triage(const Catalogue& catalogue, std::string_view type_code, FactSet facts,
              std::string_view authority) {
    const IncidentType* type = catalogue.find(type_code);
    Proposal proposal(facts, authority);
    if (type == nullptr) return proposal.decide(catalogue.any(), nullptr);
    Triage triage = proposal.decide(*type, &catalogue.any());
    triage.is_type_known = true;
    return triage;
}

std::string to_text(const TriageGround& ground) {
    std::string facts;
    for (int i = 0; i < kFacts; ++i) {
        if ((ground.facts >> i & 1U) == 0) continue;
        if (!facts.empty()) facts += ", ";
        facts += to_string(static_cast<Fact>(i));
    }
    return fmt::format("{}: {}", ground.type_code, facts);
}

bool is_graver(const Triage& now, const Triage& before) {
    return urgency_rank(now.level) > urgency_rank(before.level) ||
           (now.life_threatening && !before.life_threatening);
}

}  // namespace liandong::intake
