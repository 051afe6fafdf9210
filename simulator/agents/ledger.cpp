#include "simulator/agents/ledger.h"

namespace liandong::simulator {

void Ledger::acknowledged(const std::string& incident_id, const std::string& report_id,
                          const ScenarioReport& report, MonotonicTime intended) {
    cases_[incident_id] = Case{&report, intended, report_id, {}};
    // The event stream may be faster than the answer.
    const auto shown = incidents_shown_.find(incident_id);
    if (shown != incidents_shown_.end())
        record_.took(Stage::kSeenOnConsole, shown->second - intended);
}

void Ledger::sending(const std::string& incident_id, const std::string& unit_id, MonotonicTime at) {
    sent_.try_emplace({incident_id, unit_id}, at);
}

void Ledger::ordered(const std::string& incident_id, const std::string& order_id) {
    const auto found = cases_.find(incident_id);
    if (found != cases_.end()) found->second.order_ids.push_back(order_id);
}

void Ledger::incident_shown(const std::string& incident_id, MonotonicTime at) {
    if (!incidents_shown_.try_emplace(incident_id, at).second) return;
    const auto found = cases_.find(incident_id);
    if (found != cases_.end()) record_.took(Stage::kSeenOnConsole, at - found->second.intended);
}

void Ledger::order_shown(const std::string& order_id, const std::string& incident_id,
                         const std::string& unit_id, MonotonicTime at) {
    if (!orders_shown_.try_emplace(order_id, at).second) return;
    if (const auto sent = sent_at(incident_id, unit_id))
        record_.took(Stage::kOrderOnConsole, at - *sent);
}

std::optional<MonotonicTime> Ledger::sent_at(const std::string& incident_id,
                                             const std::string& unit_id) const {
    const auto found = sent_.find({incident_id, unit_id});
    return found == sent_.end() ? std::nullopt : std::optional(found->second);
}

const Ledger::Case* Ledger::find(const std::string& incident_id) const {
    const auto found = cases_.find(incident_id);
    return found == cases_.end() ? nullptr : &found->second;
}

}  // namespace liandong::simulator
