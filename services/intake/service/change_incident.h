#pragma once

#include "common/domain/mutation.h"
#include "common/store/transact.h"
#include "services/intake/policy/desk_work.h"

#include <functional>
#include <string>

/// What commits that change incidents share. Internal to the services of this folder.
namespace liandong::intake {

inline Actor actor_of(const Mutation& mutation, const store::ScopeContext& context) {
    return {mutation.actor, mutation.agency, mutation.on_behalf_of, context.clock.now()};
}

/// Writes an incident and its note. The note is expected to be new.
void add(store::Decision& decision, store::View& view, domain::Incident incident,
         domain::Note note);

using Rule = std::function<Result<NoteIfAny>(domain::Incident&, const Actor&)>;
/// One commit of an incident and the note that the rule gives; none when it gives none. NOT_FOUND /
/// INCIDENT_UNKNOWN.
Task<Result<store::Settled>> change_incident(store::ScopeContext& context, Mutation mutation,
                                             std::string incident_id, std::string event_kind,
                                             Rule rule);

}  // namespace liandong::intake
