#include "common/store/codec.h"
#include "common/store/find.h"
#include "services/intake/policy/understand.h"
#include "services/intake/service/change_incident.h"
#include "services/intake/service/intake_service.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;
using Settling = IntakeService::Settling;

Settling IntakeService::change(Mutation mutation, std::string incident_id, std::string event_kind,
                               Rule rule) {
    return change_incident(context_, std::move(mutation), std::move(incident_id),
                           std::move(event_kind), std::move(rule));
}

Settling IntakeService::change_link(Mutation mutation, std::string incident_id,
                                    std::string other_id, std::string event_kind, LinkRule rule) {
    const Actor actor = actor_of(mutation, context_);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(incident_id);
            if (!before) return store::unknown<Incident>(incident_id);
            const std::string& other = other_id.empty() ? before->linked_to : other_id;
            if (other.empty()) {
                return fail(Code::kFailedPrecondition, "NOT_LINKED", "it is linked to nothing");
            }
            const Incident* other_before = view.get<Incident>(other);
            if (!other_before) return store::unknown<Incident>(other, "to_incident_id");
            Incident first = *before, second = *other_before;
            auto notes = rule(first, second, actor);
            if (!notes) return fail(std::move(notes.error()));
            Decision decision;
            decision.event_kind = event_kind;
            add(decision, view, std::move(first), std::move(notes->first));
            add(decision, view, std::move(second), std::move(notes->second));
            return decision;
        });
}

Settling IntakeService::close(Mutation mutation, std::string incident_id, Disposition disposition,
                              std::string note, bool is_supervisor) {
    return change(std::move(mutation), std::move(incident_id), "incident_closed",
                  [=](Incident& incident, const Actor& actor) -> Result<NoteIfAny> {
                      auto closed = intake::close(incident, disposition, note, actor);
                      if (!closed) return closed;
                      if (auto status = may_end(incident, is_supervisor, note); !status)
                          return fail(std::move(status.error()));
                      return closed;
                  });
}

Settling IntakeService::triage(Mutation mutation, std::string incident_id, Triage triage) {
    return change(std::move(mutation), std::move(incident_id), "incident_triaged",
                  [triage = std::move(triage), knowledge = knowledge_](
                      Incident& incident, const Actor& actor) -> Result<NoteIfAny> {
                      const UnderstoodTriage understood = understand(incident, triage, knowledge);
                      auto note = intake::triage(incident, understood.triage, actor);
                      if (!note) return note;
                      incident.intake.proposed = understood.proposed;
                      if (understood.has_type) {
                          incident.intake.needs = understood.needs;
                          incident.intake.suggested_types.clear();
                      }
                      return note;
                  });
}

Settling IntakeService::add_note(Mutation mutation, std::string incident_id, Remark remark) {
    return change(std::move(mutation), std::move(incident_id), "incident_noted",
                  [remark = std::move(remark)](Incident& incident, const Actor& actor) {
                      return intake::remark(incident, remark, actor);
                  });
}

Settling IntakeService::review(Mutation mutation, std::string incident_id, bool approve,
                               std::string reason) {
    return change(std::move(mutation), std::move(incident_id),
                  approve ? "incident_approved" : "incident_returned",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::review(incident, approve, reason, actor);
                  });
}

Settling IntakeService::reopen(Mutation mutation, std::string incident_id, std::string reason) {
    return change(std::move(mutation), std::move(incident_id), "incident_reopened",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::reopen(incident, reason, actor);
                  });
}

Settling IntakeService::claim(Mutation mutation, std::string incident_id, bool take_over,
                              std::string reason) {
    return change(std::move(mutation), std::move(incident_id), "incident_claimed",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::claim(incident, take_over, reason, actor);
                  });
}

Settling IntakeService::release(Mutation mutation, std::string incident_id, std::string reason) {
    return change(std::move(mutation), std::move(incident_id), "incident_released",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::release(incident, reason, actor);
                  });
}

Settling IntakeService::mark_read(Mutation mutation, std::string incident_id) {
    return change(
        std::move(mutation), std::move(incident_id), "incident_read",
        [](Incident& incident, const Actor& actor) { return intake::mark_read(incident, actor); });
}

Settling IntakeService::declare_master(Mutation mutation, std::string incident_id, bool is_master,
                                       std::string reason) {
    return change(std::move(mutation), std::move(incident_id), "master_declared",
                  [=](Incident& incident, const Actor& actor) {
                      return intake::declare_master(incident, is_master, reason, actor);
                  });
}

Settling IntakeService::link(Mutation mutation, std::string incident_id, std::string to_incident_id,
                             Link link) {
    return change_link(
        std::move(mutation), std::move(incident_id), std::move(to_incident_id), "incident_linked",
        [link = std::move(link)](Incident& repeat, Incident& primary, const Actor& actor) {
            return intake::link(repeat, primary, link, actor);
        });
}

Settling IntakeService::unlink(Mutation mutation, std::string incident_id, std::string reason) {
    return change_link(std::move(mutation), std::move(incident_id), "", "incident_unlinked",
                       [=](Incident& repeat, Incident& primary, const Actor& actor) {
                           return intake::unlink(repeat, primary, reason, actor);
                       });
}

template <class T>
Task<Result<std::vector<T>>> IntakeService::read_all(std::vector<std::string> ids,
                                                     MonotonicTime deadline) {
    std::vector<Key> keys;
    keys.reserve(ids.size());
    for (const std::string& id : ids) keys.push_back(key_of<T>(id));
    std::vector<T> all;
    if (keys.empty()) co_return all;
    const auto read = co_await context_.store.read(std::move(keys), std::nullopt, deadline);
    if (!read) co_return fail(read.error());
    for (const store::StoredValue& value : read->values) {
        if (value.version == 0) continue;
        auto decoded = store::decode(kKindOf<T>, value.bytes);
        if (!decoded) co_return fail(std::move(decoded.error()));
        all.push_back(std::get<T>(std::move(decoded->entity)));
    }
    co_return all;
}

template Task<Result<std::vector<Report>>> IntakeService::read_all<Report>(std::vector<std::string>,
                                                                           MonotonicTime);

Task<Result<IncidentTimeline>> IntakeService::timeline(std::string incident_id,
                                                       MonotonicTime deadline) {
    auto found = co_await store::find<Incident>(context_, std::move(incident_id), deadline);
    if (!found) co_return fail(std::move(found.error()));
    const Incident& incident = *found->held.value;
    std::vector<std::string> order_ids, note_ids;
    for (const IncidentOrder& order : incident.orders) order_ids.push_back(order.order_id);
    for (std::int32_t number = 1; number <= incident.note_count; ++number)
        note_ids.push_back(note_id(incident.id, number));
    const auto reports = co_await read_all<Report>(incident.report_ids, deadline);
    if (!reports) co_return fail(reports.error());
    const auto orders = co_await read_all<Order>(std::move(order_ids), deadline);
    if (!orders) co_return fail(orders.error());
    const auto notes = co_await read_all<Note>(std::move(note_ids), deadline);
    if (!notes) co_return fail(notes.error());
    co_return IncidentTimeline{found->held, intake::timeline(*reports, *orders, *notes),
                               found->revision};
}

IncidentCounts IntakeService::count(const IncidentFilter& filter, std::size_t area_digits) const {
    IncidentCounts counts;
    for (const auto& [id, held] : context_.mirror.table<Incident>()) {
        if (filter.matches(*held.value, context_.scope.district))
            counts.add(*held.value, area_digits);
    }
    return counts;
}

}  // namespace liandong::intake
