#include "services/dispatch/policy/send_units.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::dispatch {
namespace {

using namespace domain;

std::unexpected<Error> units_not_free(std::span<const LostUnit> lost) {
    Error error{Code::kFailedPrecondition,
                "UNITS_NOT_FREE",
                fmt::format("{} of the units are not free; nobody was sent", lost.size()),
                {}};
    for (const LostUnit& unit : lost) error.with("unit", unit.unit_id);
    return fail(std::move(error));
}

OrderState state_of(const IncidentOrder& order) { return static_cast<OrderState>(order.progress); }

/// Makes room by forgetting ended orders, oldest first, and cleared ones last: that somebody was
/// there (HANDLED) must not be forgotten. The orders themselves stay.
void drop_ended_orders(Incident& incident, std::size_t room) {
    auto& orders = incident.orders;
    while (orders.size() + room > kIncidentOrders_max) {
        auto ended = std::ranges::find_if(orders, [](const IncidentOrder& order) {
            return is_ended(state_of(order)) && state_of(order) != OrderState::kCleared;
        });
        if (ended == orders.end()) {
            ended = std::ranges::find(orders, OrderState::kCleared, state_of);
        }
        if (ended == orders.end()) return;
        orders.erase(ended);
    }
}

Order make_order(const WantedUnit& wanted, const Incident& incident, const Sending& sending) {
    Order order;
    order.id = wanted.order_id;
    order.incident_id = incident.id;
    order.unit_id = wanted.unit->id;
    order.ordered_by = sending.ordered_by;
    order.agency = sending.agency;
    order.note = sending.note;
    order.sent_at = sending.now;
    return order;
}

void fill_demand(Incident& incident, std::string_view unit_id) {
    auto& demand = incident.open_demand;
    auto slot = std::ranges::find(demand, unit_id, &OpenDemand::wanted);
    if (slot == demand.end()) slot = demand.begin();
    if (slot != demand.end()) demand.erase(slot);
}

void leave_demand(Incident& incident, const LostUnit& lost, Timestamp now) {
    auto& demand = incident.open_demand;
    if (demand.size() == kIncidentOrders_max) return;
    if (std::ranges::find(demand, lost.unit_id, &OpenDemand::wanted) != demand.end()) return;
    demand.push_back({lost.unit_id, lost.reason, lost.holder_order_id, now});
}

}  // namespace

std::string_view why_not_free(const Unit& unit) {
    if (unit.relation == CommandRelation::kApproval) return "NEEDS_APPROVAL";
    if (!unit.active_order_id.empty()) return "UNIT_TAKEN";
    return availability(unit) == Availability::kAvailable ? "" : "UNIT_UNAVAILABLE";
}

Status check_verified(const Incident& incident, bool accept_unverified) {
    if (!incident.intake.unverified || accept_unverified) return {};
    return fail(Code::kFailedPrecondition, "ALARM_UNVERIFIED",
                "a machine raised it and nobody has checked it: verify it first, or say that the "
                "plan of the place sends at once");
}

Result<SentUnits> send_units(const Incident& incident, std::span<const WantedUnit> wanted,
                             const Sending& sending) {
    if (!is_open(incident)) {
        return fail(Code::kFailedPrecondition, "INCIDENT_CLOSED",
                    "the incident is closed; reopen it or report anew");
    }
    SentUnits sent{.incident = incident, .units = {}, .orders = {}, .lost = {}};
    std::vector<const WantedUnit*> free;
    for (const WantedUnit& item : wanted) {
        const std::string_view reason = why_not_free(*item.unit);
        if (reason.empty()) {
            free.push_back(&item);
        } else {
            sent.lost.push_back({item.unit->id, std::string(reason), item.unit->active_order_id,
                                 item.unit->active_incident_id});
        }
    }
    if (sending.rule == ConflictRule::kAllOrNone && !sent.lost.empty())
        return units_not_free(sent.lost);

    drop_ended_orders(sent.incident, free.size());
    if (sent.incident.orders.size() + free.size() > kIncidentOrders_max) {
        return fail(Code::kResourceExhausted, "TOO_MANY_ORDERS",
                    fmt::format("an incident has at most {} open orders", kIncidentOrders_max));
    }
    for (const WantedUnit* item : free) {
        const Order& order = sent.orders.emplace_back(make_order(*item, incident, sending));
        Unit& unit = sent.units.emplace_back(*item->unit);
        follow_order(unit, order, sending.now);
        note_order(sent.incident, order);
        fill_demand(sent.incident, unit.id);
    }
    for (const LostUnit& lost : sent.lost) {
        // One that serves this incident already leaves no gap.
        if (lost.holder_incident_id != incident.id) leave_demand(sent.incident, lost, sending.now);
    }
    follow_orders(sent.incident, sending.now);
    return sent;
}

}  // namespace liandong::dispatch
