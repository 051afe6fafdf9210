#include "services/dispatch/policy/import_unit.h"

namespace liandong::dispatch {

domain::Unit import_unit(const domain::Unit* known, domain::Unit imported, Timestamp now) {
    if (!known) {
        imported.position = imported.home;
        imported.position_at = now;
        imported.status_since = now;
        return imported;
    }
    imported.position = known->position;
    imported.position_at = known->position_at;
    imported.active_order_id = known->active_order_id;
    imported.active_incident_id = known->active_incident_id;
    if (!known->active_order_id.empty()) imported.status = known->status;
    imported.status_since = imported.status == known->status ? known->status_since : now;
    return imported;
}

}  // namespace liandong::dispatch
