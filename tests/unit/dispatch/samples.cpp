#include "tests/unit/dispatch/samples.h"

#include <cmath>
#include <utility>

namespace liandong::dispatch {

domain::Point at(double latitude, double longitude) {
    return {static_cast<std::int32_t>(std::lround(latitude * 1e7)),
            static_cast<std::int32_t>(std::lround(longitude * 1e7))};
}

domain::Unit free_unit(std::string id, domain::Point position) {
    domain::Unit unit;
    unit.id = std::move(id);
    unit.agency = "gongan";
    unit.kind = domain::UnitKind::kPolicePatrol;
    unit.home = unit.position = position;
    unit.position_at = unit.status_since = kNow;
    unit.status = domain::UnitStatus::kInStation;
    return unit;
}

domain::Unit busy_unit(std::string id, std::string order_id, std::string incident_id) {
    domain::Unit unit = free_unit(std::move(id));
    unit.status = domain::UnitStatus::kDispatched;
    unit.active_order_id = std::move(order_id);
    unit.active_incident_id = std::move(incident_id);
    return unit;
}

domain::Incident new_incident(std::string id) {
    domain::Incident incident;
    incident.id = std::move(id);
    incident.agency = "gongan";
    incident.received_at = kNow;
    return incident;
}

domain::Order sent_order(std::string id, std::string incident_id, std::string unit_id) {
    domain::Order order;
    order.id = std::move(id);
    order.incident_id = std::move(incident_id);
    order.unit_id = std::move(unit_id);
    order.sent_at = kNow;
    return order;
}

}  // namespace liandong::dispatch
