#include "services/dispatch/policy/import_unit.h"

namespace liandong::dispatch {

domain::Unit import_unit(const domain::Unit* known, const ImportedUnit& imported, Timestamp now) {
    domain::Unit unit = imported.master_data;
    if (!known) {
        unit.status = imported.status.value_or(domain::UnitStatus::kInStation);
        unit.position = unit.home;
        unit.position_at = now;
        unit.status_since = now;
        return unit;
    }
    unit.position = known->position;
    unit.position_at = known->position_at;
    unit.active_order_id = known->active_order_id;
    unit.active_incident_id = known->active_incident_id;
    unit.status =
        known->active_order_id.empty() ? imported.status.value_or(known->status) : known->status;
    unit.status_since = unit.status == known->status ? known->status_since : now;
    return unit;
}

}  // namespace liandong::dispatch
