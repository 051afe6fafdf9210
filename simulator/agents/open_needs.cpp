#include "simulator/agents/open_needs.h"

#include "common/base/check.h"

#include <algorithm>

namespace liandong::simulator {
namespace {

bool fits(const Need& need, const dispatch::v1::Unit& unit) {
    const auto kind = static_cast<domain::UnitKind>(unit.kind());
    if (!need.kinds.empty() && std::ranges::find(need.kinds, kind) == need.kinds.end())
        return false;
    const auto& has = unit.capabilities();
    return need.capability.empty() ||
           std::find(has.begin(), has.end(), need.capability) != has.end();
}

}  // namespace

bool OpenNeeds::empty() const { return units() == 0; }

int OpenNeeds::units() const {
    int sum = 0;
    for (const Need& need : needs_) sum += need.count;
    return sum;
}

OpenNeeds::Asked OpenNeeds::asked() const {
    Asked asked;
    for (std::size_t i = 0; i < needs_.size(); ++i) {
        if (needs_[i].count == 0) continue;
        dispatch::v1::Need& need = asked.needs.emplace_back();
        need.set_capability(needs_[i].capability);
        for (const domain::UnitKind kind : needs_[i].kinds) {
            need.add_kinds(static_cast<dispatch::v1::UnitKind>(kind));
        }
        need.set_count(static_cast<std::uint32_t>(needs_[i].count));
        asked.origin.push_back(i);
    }
    return asked;
}

void OpenNeeds::filled(std::size_t index) { abandon(index, 1); }

void OpenNeeds::abandon(std::size_t index, int count) {
    LIANDONG_CHECK(index < needs_.size());
    needs_[index].count = std::max(0, needs_[index].count - count);
}

bool OpenNeeds::accepts(const dispatch::v1::Unit& unit) const {
    return std::ranges::any_of(
        needs_, [&](const Need& need) { return need.count > 0 && fits(need, unit); });
}

}  // namespace liandong::simulator
