#include "services/dispatch/policy/record_fact.h"

namespace liandong::dispatch {

using namespace domain;

OrderSet record_fact(OrderSet set, const FactReport& report, std::string_view by, Timestamp now) {
    OrderEntry entry;
    entry.fact = report.fact;
    entry.occurred_at = is_set(report.occurred_at) ? report.occurred_at : now;
    entry.recorded_at = now;
    entry.source = report.source;
    entry.by = by;
    entry.reason = report.reason;
    const bool moved = domain::record_fact(set.order, std::move(entry));

    // The unit first: an order that it no longer holds must not move it.
    follow_order(set.unit, set.order, now);
    if (report.position) {
        set.unit.position = *report.position;
        set.unit.position_at = now;
    }
    // What moved nothing changes nothing there; and an ended order may have been dropped from a
    // full list.
    if (moved) note_order(set.incident, set.order);
    if (moved && report.fact == OrderFact::kDeclined && is_open(set.incident) &&
        set.incident.open_demand.size() < kIncidentOrders_max) {
        set.incident.open_demand.push_back({set.order.unit_id, "DECLINED", {}, now});
    }
    follow_orders(set.incident, now);
    return set;
}

}  // namespace liandong::dispatch
