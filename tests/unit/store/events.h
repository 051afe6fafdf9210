#pragma once

#include "common/store/codec.h"
#include "common/store/store.h"

#include <cstdint>
#include <vector>

namespace liandong::store {

/// The log entry of a commit at `recorded_at` that wrote these entities.
inline LogEntry event(std::uint64_t seq, Timestamp recorded_at,
                      const std::vector<domain::Entity>& entities) {
    domain::EventHeader header;
    header.recorded_at = recorded_at;
    LogEntry entry{seq, encode(header), {}};
    for (const domain::Entity& entity : entities) {
        entry.writes.push_back({domain::key_of(entity), encode(entity)});
    }
    return entry;
}

inline domain::Unit unit_named(std::string_view id, std::int32_t crew = 0) {
    domain::Unit unit;
    unit.id = id;
    unit.crew = crew;
    return unit;
}

/// An open incident, or one that was closed then.
inline domain::Incident incident_named(std::string_view id, Timestamp closed_at = {}) {
    domain::Incident incident;
    incident.id = id;
    if (is_set(closed_at)) incident.state = domain::IncidentState::kClosed;
    incident.closed_at = closed_at;
    return incident;
}

}  // namespace liandong::store
