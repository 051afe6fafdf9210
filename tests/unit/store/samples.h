#pragma once

#include "common/domain/entity.h"
#include "common/domain/event.h"
#include "common/domain/outcome.h"

#include <string_view>
#include <vector>

namespace liandong::store {

/// One of each kind with every field set to something of its own: what the golden files hold. Never
/// change a value: a new form gets new samples and new files.
domain::Report sample_report();
domain::Incident sample_incident();
domain::Unit sample_unit();
domain::Order sample_order();
domain::Bulletin sample_bulletin();
domain::WorldSetting sample_world_setting();
domain::Epoch sample_epoch();
domain::Note sample_note();
domain::Closure sample_closure();
/// With the direction that was reported.
domain::Report sample_headed_report();
/// With what desks add to an incident.
domain::Incident sample_worked_incident();
domain::EventHeader sample_event_header();
domain::Outcome sample_outcome();

/// All kinds: empty, the samples, and with every number at either end of its range.
std::vector<domain::Entity> entities_to_encode();

/// A short name for failures: "incident".
std::string_view name_of(const domain::Entity& entity);

}  // namespace liandong::store
