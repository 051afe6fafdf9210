#include "simulator/matrix/policy.h"

namespace liandong::simulator::matrix {
namespace {

/// The first of the nearest units that `may` go.
template <class May> std::optional<Choice> nearest(const Situation& situation, May may) {
    std::optional<Choice> best;
    for (Index i = 0; i < situation.units.size(); ++i) {
        const UnitState& unit = situation.units[i];
        if (!may(unit)) continue;
        const Duration travel = time_from_where_it_is(unit, situation.now, situation.towards);
        if (!best || travel < best->travel) best = Choice{i, travel};
    }
    return best;
}

class NearestAtBase final : public Policy {
public:
    std::string_view name() const override { return "at-base"; }
    bool sends_returning() const override { return false; }
    std::optional<Choice> choose(const Situation& situation) const override {
        return nearest(situation,
                       [now = situation.now](const UnitState& unit) { return unit.at_base(now); });
    }
};

class NearestOrReturning final : public Policy {
public:
    std::string_view name() const override { return "returning"; }
    bool sends_returning() const override { return true; }
    std::optional<Choice> choose(const Situation& situation) const override {
        return nearest(situation, [](const UnitState& unit) { return !unit.busy; });
    }
};

}  // namespace

const Policy& nearest_at_base() {
    static const NearestAtBase policy;
    return policy;
}

const Policy& nearest_or_returning() {
    static const NearestOrReturning policy;
    return policy;
}

const Policy* find_policy(std::string_view name) {
    for (const Policy* policy : {&nearest_at_base(), &nearest_or_returning()}) {
        if (policy->name() == name) return policy;
    }
    return nullptr;
}

}  // namespace liandong::simulator::matrix
