#include "simulator/audit/log_replay.h"

#include "common/store/codec.h"
#include "simulator/audit/bulletin_rules.h"
#include "simulator/audit/closure_rules.h"
#include "simulator/audit/desk_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace liandong::simulator {
namespace {

using namespace domain;

bool is_over(OrderState state) {
    return state == OrderState::kCleared || state == OrderState::kDeclined ||
           state == OrderState::kCancelled;
}

bool is_moved_by_order(UnitStatus status) {
    return status == UnitStatus::kDispatched || status == UnitStatus::kAcknowledged ||
           status == UnitStatus::kEnRoute || status == UnitStatus::kOnScene;
}

UnitStatus status_under(OrderState state) {
    switch (state) {
    case OrderState::kSigned: return UnitStatus::kAcknowledged;
    case OrderState::kDeparted: return UnitStatus::kEnRoute;
    case OrderState::kArrived: return UnitStatus::kOnScene;
    default: return UnitStatus::kDispatched;
    }
}

IncidentState state_under(OrderState state) {
    switch (state) {
    case OrderState::kSigned: return IncidentState::kAcknowledged;
    case OrderState::kDeparted: return IncidentState::kEnRoute;
    case OrderState::kArrived: return IncidentState::kOnScene;
    default: return IncidentState::kDispatched;
    }
}

/// What an open incident's orders say about it.
IncidentState state_of(const Incident& incident) {
    std::optional<OrderState> furthest;
    bool any_cleared = false;
    for (const IncidentOrder& entry : incident.orders) {
        const auto state = static_cast<OrderState>(entry.progress);
        any_cleared = any_cleared || state == OrderState::kCleared;
        if (!is_over(state)) furthest = std::max(furthest.value_or(state), state);
    }
    if (furthest) return state_under(*furthest);
    return any_cleared ? IncidentState::kHandled : IncidentState::kReceived;
}

void put(std::string& out, std::string_view bytes) {
    out += fmt::format("{}:", bytes.size());
    out += bytes;
}

}  // namespace

template <class T> const T* LogReplay::find(std::string_view id) const {
    const auto found = entities_.find(key_of<T>(id));
    return found == entities_.end() ? nullptr : &std::get<T>(found->second);
}

const Bulletin* LogReplay::bulletin(const std::string& id) const { return find<Bulletin>(id); }

void LogReplay::fault(std::string sentence) {
    if (faults_.size() < kFaults_max) {
        faults_.push_back(fmt::format("event {}: {}", seq_, std::move(sentence)));
    }
}

void LogReplay::apply(const store::LogEntry& entry) {
    if (entry.seq != seq_ + 1) fault(fmt::format("followed by event {}", entry.seq));
    seq_ = entry.seq;
    const auto header = store::decode_event_header(entry.header);
    if (!header) return fault("unreadable header");
    ++kinds_[header->kind];
    if (header->kind.empty() || header->actor.empty())
        fault("does not say what happened or who did it");
    const auto request = header->agency + "/" + header->request_id;
    if (!requests_.try_emplace(request, Done{seq_, header->actor}).second) {
        fault("a request was carried out twice: " + header->request_id);
    }
    std::set<store::Key> written;
    for (const store::Write& write : entry.writes) {
        if (!written.insert(write.key).second) fault("writes twice: " + write.key.id);
        take(write, header->kind);
    }
    // All writes of one event appear together: judged when all are there.
    for (const store::Key& key : written) {
        const auto entity = entities_.find(key);
        if (entity == entities_.end()) continue;
        std::visit([&](const auto& value) { judge(value); }, entity->second);
    }
}

void LogReplay::take(const store::Write& write, std::string_view event_kind) {
    values_[write.key] = store::StoredValue{seq_, write.bytes};
    created_.try_emplace(write.key, seq_);
    auto decoded = store::decode(write.key.kind, write.bytes);
    if (!decoded) return fault("unreadable value: " + write.key.id);
    if (!(key_of(decoded->entity) == write.key))
        fault("value under another's key: " + write.key.id);
    const auto before = entities_.find(write.key);
    if (const auto* order = std::get_if<Order>(&decoded->entity)) {
        if (before != entities_.end()) {
            judge_history(std::get<Order>(before->second), *order);
        } else if (event_kind != "units_dispatched" || order->state != OrderState::kSent) {
            fault("an order that nobody gave: " + order->id);
        }
        auto& held = open_orders_[order->unit_id];
        held.erase(order->id);
        if (order->exclusive && !is_over(order->state)) held.insert(order->id);
    }
    if (const auto* report = std::get_if<Report>(&decoded->entity)) {
        const auto* was = before == entities_.end() ? nullptr : &std::get<Report>(before->second);
        if (auto sentence = ledger_.take(was, *report); !sentence.empty())
            fault(std::move(sentence));
    }
    if (const auto* incident = std::get_if<Incident>(&decoded->entity)) {
        ledger_.take(before == entities_.end() ? nullptr : &std::get<Incident>(before->second),
                     *incident);
    }
    if (const auto* bulletin = std::get_if<Bulletin>(&decoded->entity)) {
        const auto* was = before == entities_.end() ? nullptr : &std::get<Bulletin>(before->second);
        if (auto sentence = fault_of_step(was, *bulletin); !sentence.empty())
            fault(fmt::format("bulletin {} {}", bulletin->id, sentence));
    }
    if (const auto* closure = std::get_if<Closure>(&decoded->entity)) {
        const auto* was = before == entities_.end() ? nullptr : &std::get<Closure>(before->second);
        if (auto sentence = fault_of_step(was, *closure); !sentence.empty())
            fault(fmt::format("closure {} {}", closure->id, sentence));
    }
    const auto judge_step = [&]<class T>(const char* what, const T* after) {
        if (!after) return;
        const auto* was = before == entities_.end() ? nullptr : &std::get<T>(before->second);
        if (auto sentence = fault_of_step(was, *after); !sentence.empty())
            fault(fmt::format("{} {} {}", what, after->id, sentence));
    };
    judge_step("incident", std::get_if<Incident>(&decoded->entity));
    judge_step("transfer", std::get_if<Transfer>(&decoded->entity));
    judge_step("handover", std::get_if<Handover>(&decoded->entity));
    judge_step("duty report", std::get_if<DutyReport>(&decoded->entity));
    index(write.key, decoded->entity);
    entities_.insert_or_assign(write.key, std::move(decoded->entity));
}

void LogReplay::index(const store::Key& key, const Entity& entity) {
    std::vector<store::IndexEntry>& entries = entries_[key];
    for (const store::IndexEntry& entry : entries) indexes_[entry.index].erase(entry.member);
    entries = index_entries(entity);
    for (const store::IndexEntry& entry : entries) indexes_[entry.index].insert(entry.member);
}

void LogReplay::judge_history(const Order& before, const Order& after) {
    if (is_over(before.state) && after.state != before.state) {
        fault("an ended order moved: " + after.id);
    }
    if (before.unit_id != after.unit_id || before.incident_id != after.incident_id) {
        fault("an order changed hands: " + after.id);
    }
    const bool grows =
        after.entries.size() >= before.entries.size() &&
        std::equal(before.entries.begin(), before.entries.end(), after.entries.begin());
    const auto said = [](const Order& order) {
        return order.entries.size() + static_cast<std::size_t>(order.entries_dropped);
    };
    if (!grows || said(after) != said(before) + 1)
        fault("an order's record was changed: " + after.id);
}

void LogReplay::judge(const Report& report) {
    const auto* incident = find<Incident>(report.incident_id);
    if (!incident) {
        fault("a report without its incident: " + report.id);
    } else if (auto sentence = ledger_.fault_of(report, *incident); !sentence.empty()) {
        fault(fmt::format("report {}: {}", report.id, sentence));
    }
    const auto [at, is_new] =
        numbers_.try_emplace({"report:" + report.serial_date, report.serial}, report.id);
    if (report.serial < 1 || (!is_new && at->second != report.id)) {
        fault(fmt::format("report number {} again: {}", report.serial, report.id));
    }
}

void LogReplay::judge(const Incident& incident) {
    if (incident.agency.empty()) fault("an incident without an owner: " + incident.id);
    if (auto sentence = ledger_.fault_of(incident); !sentence.empty())
        fault(fmt::format("incident {} {}", incident.id, sentence));
    const auto [at, is_new] =
        numbers_.try_emplace({"incident:" + incident.serial_date, incident.serial}, incident.id);
    if (incident.serial < 1 || (!is_new && at->second != incident.id)) {
        fault(fmt::format("incident number {} again: {}", incident.serial, incident.id));
    }
    bool any_open = false;
    for (const IncidentOrder& entry : incident.orders) {
        const auto* order = find<Order>(entry.order_id);
        const auto state = static_cast<OrderState>(entry.progress);
        any_open = any_open || !is_over(state);
        if (!order || order->incident_id != incident.id || order->unit_id != entry.unit_id ||
            order->state != state) {
            fault(fmt::format("incident {} disagrees with its order {}", incident.id,
                              entry.order_id));
        }
    }
    const bool is_closed = incident.state == IncidentState::kClosed;
    if (is_closed && any_open) fault("closed while a unit is out: " + incident.id);
    if (!is_closed && incident.state != state_of(incident)) {
        fault(fmt::format("incident {} is {}, its orders say {}", incident.id,
                          to_string(incident.state), to_string(state_of(incident))));
    }
}

void LogReplay::judge(const Unit& unit) {
    if (unit.active_order_id.empty()) {
        if (is_moved_by_order(unit.status)) fault("busy without an order: " + unit.id);
        return;
    }
    const auto* order = find<Order>(unit.active_order_id);
    if (!order || order->unit_id != unit.id || is_over(order->state) || !order->exclusive ||
        order->incident_id != unit.active_incident_id ||
        unit.status != status_under(order->state)) {
        fault(fmt::format("unit {} disagrees with its order {}", unit.id, unit.active_order_id));
    }
}

void LogReplay::judge(const Order& order) {
    const auto& held = open_orders_[order.unit_id];
    if (held.size() > 1) fault("a unit holds two exclusive orders: " + order.unit_id);
    const auto* unit = find<Unit>(order.unit_id);
    const auto* incident = find<Incident>(order.incident_id);
    if (!unit || !incident) return fault("an order without unit or incident: " + order.id);
    const bool is_held = unit->active_order_id == order.id;
    if (order.exclusive && is_held == is_over(order.state)) {
        fault(fmt::format("order {} is {}, unit {} holds '{}'", order.id, to_string(order.state),
                          unit->id, unit->active_order_id));
    }
    const auto entry = std::ranges::find(incident->orders, order.id, &IncidentOrder::order_id);
    const bool is_listed = entry != incident->orders.end();
    if (!is_listed && !is_over(order.state)) fault("its incident does not know order " + order.id);
    if (is_listed && static_cast<OrderState>(entry->progress) != order.state) {
        fault("its incident has another state of order " + order.id);
    }
}

void LogReplay::judge(const Bulletin& bulletin) {
    if (auto sentence = fault_of(bulletin); !sentence.empty())
        fault(fmt::format("bulletin {} {}", bulletin.id, sentence));
}

void LogReplay::catch_up(const store::MemoryState& state) {
    while (seq_ < state.log().size()) apply(state.log()[seq_]);
}

void LogReplay::compare(const store::MemoryState& state) {
    catch_up(state);
    if (values_ != state.values()) fault("the log rebuilds other values");
    const auto without_empty = [](std::map<std::string, std::set<std::string>> indexes) {
        std::erase_if(indexes, [](const auto& index) { return index.second.empty(); });
        return indexes;
    };
    if (without_empty(indexes_) != without_empty(state.indexes())) {
        fault("the log rebuilds other indexes");
    }
}

std::string log_bytes(const std::vector<store::LogEntry>& log) {
    std::string out;
    for (const store::LogEntry& entry : log) {
        out += fmt::format("{}/{};", entry.seq, entry.writes.size());
        put(out, entry.header);
        for (const store::Write& write : entry.writes) {
            put(out, to_string(write.key.kind));
            put(out, write.key.id);
            put(out, write.bytes);
        }
    }
    return out;
}

}  // namespace liandong::simulator
