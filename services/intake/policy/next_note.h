#pragma once

#include "common/base/error.h"
#include "common/domain/incident.h"
#include "common/domain/note.h"
#include "services/intake/policy/desk_work.h"

#include <string>

/// What the rules of desk work share.
namespace liandong::intake {

/// The next note of an incident, counted there. RESOURCE_EXHAUSTED / TOO_MANY_NOTES: remarks,
/// corrections, cautions, triage and rings leave the last kNotesReserved to others.
Result<domain::Note> next_note(domain::Incident& incident, domain::NoteKind kind,
                               std::string reason, const Actor& actor);

/// FAILED_PRECONDITION / INCIDENT_CLOSED.
Status must_be_open(const domain::Incident& incident);

/// INVALID_ARGUMENT / REASON_REQUIRED (field "reason").
Status must_have_reason(const std::string& reason);

}  // namespace liandong::intake
