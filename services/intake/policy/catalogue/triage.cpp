#include "services/intake/policy/catalogue/triage.h"

#include <fmt/format.h>

namespace liandong::intake {
namespace {

using domain::Level;

bool holds(const PriorityRule& rule, FactSet facts) { return (rule.facts & ~facts) == 0; }

class Proposer {
public:
    Proposer(FactSet facts, std::string_view authority) : facts_(facts), authority_(authority) {}

    Proposal decide(const IncidentType& type, const IncidentType* any) {
        proposal_.level = {type.scale, type.level_code, authority_};
        apply(type, /*moves_level=*/true);
        if (any != nullptr) apply(*any, /*moves_level=*/false);
        return std::move(proposal_);
    }

private:
    void apply(const IncidentType& type, bool moves_level) {
        for (const PriorityRule& rule : type.rules) {
            if (!holds(rule, facts_)) continue;
            const int code = moves_level ? rule.level_code : 0;
            if (code == 0 && !rule.life_threatening) continue;
            proposal_.grounds.push_back({type.code, rule.facts, code, rule.life_threatening});
            proposal_.life_threatening |= rule.life_threatening;
            const Level raised{type.scale, code, authority_};
            if (code != 0 && urgency_rank(raised) > urgency_rank(proposal_.level))
                proposal_.level = raised;
        }
    }

    FactSet facts_;
    std::string authority_;
    Proposal proposal_;
};

}  // namespace

Proposal propose(const Catalogue& catalogue, std::string_view type_code, FactSet facts,
                 std::string_view authority) {
    const IncidentType* type = catalogue.find(type_code);
    Proposer proposer(facts, authority);
    if (type == nullptr) return proposer.decide(catalogue.any(), nullptr);
    Proposal proposal = proposer.decide(*type, &catalogue.any());
    proposal.is_type_known = true;
    return proposal;
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

bool is_graver(const Proposal& now, const Proposal& before) {
    return urgency_rank(now.level) > urgency_rank(before.level) ||
           (now.life_threatening && !before.life_threatening);
}

}  // namespace liandong::intake
