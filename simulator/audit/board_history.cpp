#include "simulator/audit/board_history.h"

#include <algorithm>
#include <set>

namespace liandong::simulator {
namespace {

using namespace domain;

template <class T> const T* find(const LogReplay& replay, const std::string& id) {
    const auto found = replay.entities().find(key_of<T>(id));
    return found == replay.entities().end() ? nullptr : &std::get<T>(found->second);
}

bool is_shown(const LogReplay& replay, const store::Key& key) {
    if (key.kind == Kind::kUnit) return true;
    if (key.kind == Kind::kIncident) {
        const auto* incident = find<Incident>(replay, key.id);
        return incident && incident->state != IncidentState::kClosed;
    }
    const auto* order = key.kind == Kind::kOrder ? find<Order>(replay, key.id) : nullptr;
    return order && order->state < OrderState::kCleared &&
           is_shown(replay, key_of<Incident>(order->incident_id));
}

/// The newest value at or before `seq`.
template <class Value>
const Value* at(const std::vector<std::pair<std::uint64_t, Value>>& course, std::uint64_t seq) {
    const auto behind =
        std::ranges::upper_bound(course, seq, {}, &std::pair<std::uint64_t, Value>::first);
    return behind == course.begin() ? nullptr : &std::prev(behind)->second;
}

}  // namespace

void BoardHistory::apply(const LogReplay& replay, const store::LogEntry& entry) {
    std::set<store::Key> touched;
    for (const store::Write& write : entry.writes) {
        touched.insert(write.key);
        const auto* incident = find<Incident>(replay, write.key.id);
        if (write.key.kind != Kind::kIncident || !incident) continue;
        for (const IncidentOrder& order : incident->orders)
            touched.insert(key_of<Order>(order.order_id));
    }
    shown_count_.push_back(shown_count_.back());
    for (const store::Key& key : touched) {
        const bool shows = is_shown(replay, key);
        note(key, entry.seq, shows ? replay.values().at(key).version : 0);
        const auto* unit = key.kind == Kind::kUnit ? find<Unit>(replay, key.id) : nullptr;
        if (unit) held_[key.id].emplace_back(entry.seq, unit->active_order_id);
    }
}

void BoardHistory::note(const store::Key& key, std::uint64_t seq, std::uint64_t version) {
    auto& course = shown_[key];
    const std::uint64_t before = course.empty() ? 0 : course.back().second;
    if (before == version) return;
    course.emplace_back(seq, version);
    changes_.emplace_back(seq, key);
    if (before == 0) ++shown_count_.back();
    if (version == 0) --shown_count_.back();
}

std::uint64_t BoardHistory::shown(const store::Key& key, std::uint64_t seq) const {
    const auto found = shown_.find(key);
    const auto* version = found == shown_.end() ? nullptr : at(found->second, seq);
    return version ? *version : 0;
}

std::vector<store::Key> BoardHistory::changed(std::uint64_t from, std::uint64_t to) const {
    std::vector<store::Key> keys;
    const auto first =
        std::ranges::upper_bound(changes_, from, {}, &std::pair<std::uint64_t, store::Key>::first);
    for (auto change = first; change != changes_.end() && change->first <= to; ++change)
        keys.push_back(change->second);
    return keys;
}

std::string BoardHistory::held_order(const std::string& unit_id, std::uint64_t seq) const {
    const auto found = held_.find(unit_id);
    const auto* order = found == held_.end() ? nullptr : at(found->second, seq);
    return order ? *order : std::string();
}

}  // namespace liandong::simulator
