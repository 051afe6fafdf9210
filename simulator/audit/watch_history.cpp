#include "simulator/audit/watch_history.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace liandong::simulator {
namespace {

using namespace domain;

template <class T> const T* find(const LogReplay& replay, const std::string& id) {
    const auto found = replay.entities().find(key_of<T>(id));
    return found == replay.entities().end() ? nullptr : &std::get<T>(found->second);
}

bool is_on_board(const LogReplay& replay, const store::Key& key) {
    if (key.kind == Kind::kUnit) return true;
    if (key.kind == Kind::kIncident) {
        const auto* incident = find<Incident>(replay, key.id);
        return incident && incident->state != IncidentState::kClosed;
    }
    if (key.kind == Kind::kClosure) {
        // Those of checks outlast them, so that the clock takes none from a board.
        const auto* closure = find<Closure>(replay, key.id);
        return closure && !is_set(closure->lifted_at);
    }
    const auto* order = key.kind == Kind::kOrder ? find<Order>(replay, key.id) : nullptr;
    return order && order->state < OrderState::kCleared &&
           is_on_board(replay, key_of<Incident>(order->incident_id));
}

/// What the event wrote, and the orders of the incidents among it: they leave a board with these.
std::set<store::Key> touched_by(const LogReplay& replay, const store::LogEntry& entry) {
    std::set<store::Key> touched;
    for (const store::Write& write : entry.writes) {
        touched.insert(write.key);
        const auto* incident = find<Incident>(replay, write.key.id);
        if (write.key.kind != Kind::kIncident || !incident) continue;
        for (const IncidentOrder& order : incident->orders)
            touched.insert(key_of<Order>(order.order_id));
    }
    return touched;
}

}  // namespace

void WatchHistory::apply(const LogReplay& replay, const store::LogEntry& entry) {
    for (ViewHistory* view : {&board_, &bulletins_, &published_}) view->begin_event();
    for (const store::Key& key : touched_by(replay, entry)) note(replay, key);
}

void WatchHistory::note(const LogReplay& replay, const store::Key& key) {
    const auto written = replay.values().find(key);
    const std::uint64_t version = written == replay.values().end() ? 0 : written->second.version;
    board_.note(key, is_on_board(replay, key) ? version : 0);
    if (const auto* unit = key.kind == Kind::kUnit ? find<Unit>(replay, key.id) : nullptr)
        held_[key.id].emplace_back(last_seq(), unit->active_order_id);
    if (key.kind != Kind::kBulletin) return;
    bulletins_.note(key, version);
    const auto* bulletin = find<Bulletin>(replay, key.id);
    published_.note(key, bulletin && bulletin->state == BulletinState::kPublished ? version : 0);
}

std::string WatchHistory::held_order(const std::string& unit_id, std::uint64_t seq) const {
    const auto found = held_.find(unit_id);
    if (found == held_.end()) return {};
    const auto behind = std::ranges::upper_bound(found->second, seq, {},
                                                 &std::pair<std::uint64_t, std::string>::first);
    return behind == found->second.begin() ? std::string() : std::prev(behind)->second;
}

}  // namespace liandong::simulator
