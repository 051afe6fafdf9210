#include "services/intake/service/change_incident.h"

#include "common/store/find.h"

#include <utility>

namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;

void add(Decision& decision, View& view, Incident incident, Note note) {
    view.get<Note>(note.id);  // expected absent
    if (decision.reason.empty()) decision.reason = note.reason;
    decision.outcome.incidents.push_back(incident);
    decision.writes.emplace_back(std::move(incident));
    decision.writes.emplace_back(std::move(note));
}

Task<Result<store::Settled>> change_incident(store::ScopeContext& context, Mutation mutation,
                                             std::string incident_id, std::string event_kind,
                                             Rule rule) {
    const Actor actor = actor_of(mutation, context);
    co_return co_await store::transact(
        context, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(incident_id);
            if (!before) return store::unknown<Incident>(incident_id);
            Incident incident = *before;
            auto note = rule(incident, actor);
            if (!note) return fail(std::move(note.error()));
            Decision decision;
            decision.event_kind = event_kind;
            if (*note) {
                decision.occurred_at = (*note)->occurred_at;
                add(decision, view, std::move(incident), std::move(**note));
            } else {
                decision.already_done = true;
                decision.outcome.incidents = {std::move(incident)};
            }
            return decision;
        });
}

}  // namespace liandong::intake
