#include "common/domain/incident.h"

#include "common/base/check.h"
#include "common/domain/order.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace liandong::domain {
namespace {

OrderState state_of(const IncidentOrder& order) { return static_cast<OrderState>(order.progress); }
bool is_open(const IncidentOrder& order) { return !is_ended(state_of(order)); }

IncidentState state_under(OrderState furthest) {
    switch (furthest) {
    case OrderState::kSent:
    case OrderState::kDelivered: return IncidentState::kDispatched;
    case OrderState::kSigned: return IncidentState::kAcknowledged;
    case OrderState::kDeparted: return IncidentState::kEnRoute;
    case OrderState::kArrived: return IncidentState::kOnScene;
    case OrderState::kCleared:
    case OrderState::kDeclined:
    case OrderState::kCancelled: break;
    }
    LIANDONG_UNREACHABLE();
}

IncidentState implied_state(const Incident& incident) {
    std::optional<OrderState> furthest;
    bool any_cleared = false;
    for (const IncidentOrder& order : incident.orders) {
        any_cleared = any_cleared || state_of(order) == OrderState::kCleared;
        if (is_open(order))
            furthest = std::max(furthest.value_or(OrderState::kSent), state_of(order));
    }
    if (furthest) return state_under(*furthest);
    return any_cleared ? IncidentState::kHandled : IncidentState::kReceived;
}

void stamp_once(Timestamp& stamp, Timestamp now) {
    if (!is_set(stamp)) stamp = now;
}

/// Each milestone is stamped by an order that stands exactly there: one that was skipped stays
/// missing (D3).
void stamp_milestones(Incident& incident, Timestamp now) {
    if (!incident.orders.empty()) stamp_once(incident.dispatched_at, now);
    for (const IncidentOrder& order : incident.orders) {
        if (state_of(order) == OrderState::kSigned) stamp_once(incident.acknowledged_at, now);
        if (state_of(order) == OrderState::kDeparted) stamp_once(incident.departed_at, now);
        if (state_of(order) == OrderState::kArrived) stamp_once(incident.arrived_at, now);
    }
}

std::unexpected<Error> orders_still_open(const Incident& incident) {
    Error error{Code::kFailedPrecondition,
                "ORDERS_STILL_OPEN",
                "an incident is closed after its orders have ended",
                {}};
    for (const IncidentOrder& order : incident.orders) {
        if (is_open(order)) error.with("order", order.order_id);
    }
    return fail(std::move(error));
}

}  // namespace

bool is_open(const Incident& incident) { return incident.state != IncidentState::kClosed; }

std::string readable_number(std::string_view district, std::string_view date, std::int64_t serial) {
    return fmt::format("{}-{}-{:06}", district, date, serial);
}

void note_order(Incident& incident, const Order& order) {
    if (order.incident_id != incident.id) return;
    const auto progress = std::to_underlying(order.state);
    const auto known = std::find_if(incident.orders.begin(), incident.orders.end(),
                                    [&](const auto& entry) { return entry.order_id == order.id; });
    if (known != incident.orders.end()) {
        known->progress = progress;
        return;
    }
    LIANDONG_CHECK(incident.orders.size() < kIncidentOrders_max);
    incident.orders.push_back(IncidentOrder{order.id, order.unit_id, progress});
}

void follow_orders(Incident& incident, Timestamp now) {
    if (!is_open(incident)) return;
    stamp_milestones(incident, now);
    const IncidentState before = std::exchange(incident.state, implied_state(incident));
    if (incident.state == IncidentState::kHandled && before != IncidentState::kHandled) {
        incident.handled_at = std::max(incident.handled_at, now);
    }
}

IncidentPhase phase_of(const Incident& incident) {
    using enum IncidentPhase;
    switch (incident.state) {
    case IncidentState::kReceived: return is_set(incident.triaged_at) ? kTriaged : kReceived;
    case IncidentState::kDispatched: return kDispatched;
    case IncidentState::kAcknowledged: return kAcknowledged;
    case IncidentState::kEnRoute: return kEnRoute;
    case IncidentState::kOnScene: return is_set(incident.controlled_at) ? kUnderControl : kOnScene;
    case IncidentState::kHandled:
        if (is_set(incident.reviewed_at)) return kReviewed;
        return is_set(incident.feedback_at) ? kFeedback : kHandled;
    case IncidentState::kClosed: return kClosed;
    }
    LIANDONG_UNREACHABLE();
}

std::string linked_index(std::string_view incident_id) {
    return fmt::format("linked.{}", incident_id);
}

Status reopen(Incident& incident, Timestamp now) {
    if (is_open(incident)) {
        return fail(Code::kFailedPrecondition, "INCIDENT_NOT_CLOSED", "the incident is open");
    }
    incident.state = IncidentState::kReceived;
    incident.disposition = Disposition::kUnspecified;
    incident.closed_by.clear();
    incident.closing_note.clear();
    incident.closed_at = {};
    incident.feedback_at = {};
    incident.reviewed_at = {};
    ++incident.reopened_count;
    follow_orders(incident, now);
    return {};
}

Status close(Incident& incident, Disposition disposition, std::string_view by,
             std::string_view note, Timestamp now) {
    if (disposition == Disposition::kUnspecified) {
        return invalid_field("disposition", "DISPOSITION_REQUIRED", "say how the incident ended");
    }
    if (note.size() > kClosingNote_max) {
        return invalid_field("note", "TEXT_TOO_LONG",
                             fmt::format("{} bytes, at most {}", note.size(), kClosingNote_max));
    }
    if (!is_open(incident)) {
        return fail(Code::kFailedPrecondition, "INCIDENT_CLOSED", "the incident is closed already");
    }
    const auto& orders = incident.orders;
    if (std::any_of(orders.begin(), orders.end(), [](const auto& o) { return is_open(o); })) {
        return orders_still_open(incident);
    }
    incident.state = IncidentState::kClosed;
    incident.disposition = disposition;
    incident.closed_by = by;
    incident.closing_note = note;
    incident.closed_at = now;
    return {};
}

std::string_view to_string(IncidentState state) {
    constexpr std::string_view kNames[] = {"RECEIVED", "DISPATCHED", "ACKNOWLEDGED", "EN_ROUTE",
                                           "ON_SCENE", "HANDLED",    "CLOSED"};
    return kNames[std::to_underlying(state)];
}

std::string_view to_string(IncidentPhase phase) {
    constexpr std::string_view kNames[] = {"RECEIVED", "TRIAGED",  "DISPATCHED",    "ACKNOWLEDGED",
                                           "EN_ROUTE", "ON_SCENE", "UNDER_CONTROL", "HANDLED",
                                           "FEEDBACK", "REVIEWED", "CLOSED"};
    return kNames[std::to_underlying(phase)];
}

std::string_view to_string(Disposition disposition) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "RESOLVED",  "INVALID",   "FALSE_ALARM",
                                           "NUISANCE",    "DUPLICATE", "WITHDRAWN", "TRANSFERRED"};
    return kNames[std::to_underlying(disposition)];
}

}  // namespace liandong::domain
