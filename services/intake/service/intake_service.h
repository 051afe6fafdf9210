#pragma once

#include "common/base/sealer.h"
#include "common/domain/mutation.h"
#include "common/store/feed.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"
#include "services/intake/policy/desk_work.h"
#include "services/intake/policy/incident_filter.h"
#include "services/intake/policy/take_report.h"
#include "services/intake/policy/timeline.h"

#include <optional>
#include <string>
#include <vector>

namespace liandong::intake {

struct IncidentFound {
    store::Versioned<domain::Incident> incident;
    std::vector<domain::Report> reports;
    store::Revision revision;
};

struct IncidentTimeline {
    store::Versioned<domain::Incident> incident;
    std::vector<TimelineLine> lines;
    store::Revision revision;
};

struct Reporter {
    std::string name;
    std::string phone;
};

/// Takes reports and keeps incidents of one scope. Methods read, decide (policy, domain) and
/// commit; nothing else.
class IntakeService {
public:
    /// Both must outlive the service.
    IntakeService(store::ScopeContext& context, Sealer& sealer)
        : context_(context), sealer_(sealer) {}

    /// One durable commit: report, incident, numbers, event "incident_reported". Refuses nothing
    /// for its content (D1).
    Task<Result<store::Settled>> report(Mutation mutation, RawReport raw);

    /// 办结. NOT_FOUND / INCIDENT_UNKNOWN and the refusals of `domain::close`.
    Task<Result<store::Settled>> close(Mutation mutation, std::string incident_id,
                                       domain::Disposition disposition, std::string note);

    // ---- desk work: one commit of incident and note each; NOT_FOUND / INCIDENT_UNKNOWN and the
    // refusals of the rule of the same name (policy/desk_work.h) ----
    using Settling = Task<Result<store::Settled>>;
    Settling triage(Mutation mutation, std::string incident_id, Triage triage);
    Settling add_note(Mutation mutation, std::string incident_id, Remark remark);
    Settling review(Mutation mutation, std::string incident_id, bool approve, std::string reason);
    Settling reopen(Mutation mutation, std::string incident_id, std::string reason);
    Settling claim(Mutation mutation, std::string incident_id, bool take_over, std::string reason);
    Settling release(Mutation mutation, std::string incident_id, std::string reason);
    Settling mark_read(Mutation mutation, std::string incident_id);
    Settling declare_master(Mutation mutation, std::string incident_id, bool is_master,
                            std::string reason);
    /// The outcome's incidents: the repeat, then the other one.
    Settling link(Mutation mutation, std::string incident_id, std::string to_incident_id,
                  Link link);
    Settling unlink(Mutation mutation, std::string incident_id, std::string reason);

    /// Everything kept about an incident, read from the store. NOT_FOUND / INCIDENT_UNKNOWN.
    Task<Result<IncidentTimeline>> timeline(std::string incident_id, MonotonicTime deadline);

    /// Of those that the mirror holds: open, or ended within 72 h.
    IncidentCounts count(const IncidentFilter& filter, std::size_t area_digits) const;

    /// From the mirror, or from the store when it is older than that. NOT_FOUND / INCIDENT_UNKNOWN.
    Task<Result<IncidentFound>> find(std::string incident_id, bool with_reports,
                                     MonotonicTime deadline);

    /// Newest first, from the mirror: those behind `after` (a sort key, "" from the start), at most
    /// `count`.
    std::vector<store::Versioned<domain::Incident>> list(const IncidentFilter& filter,
                                                         std::string_view after,
                                                         std::size_t count) const;
    static std::string sort_key(const domain::Incident& incident);

    /// Who reported; empty when nothing was said or the key is erased.
    Reporter open_reporter(const domain::Report& report);

    store::ScopeContext& context() { return context_; }

private:
    using Rule = std::function<Result<NoteIfAny>(domain::Incident&, const Actor&)>;
    using LinkRule =
        std::function<Result<TwoNotes>(domain::Incident&, domain::Incident&, const Actor&)>;
    Settling change(Mutation mutation, std::string incident_id, std::string event_kind, Rule rule);
    /// An empty `other_id`: the one that the incident is linked to.
    Settling change_link(Mutation mutation, std::string incident_id, std::string other_id,
                         std::string event_kind, LinkRule rule);
    template <class T>
    Task<Result<std::vector<T>>> read_all(std::vector<std::string> ids, MonotonicTime deadline);

    store::ScopeContext& context_;
    Sealer& sealer_;
};

}  // namespace liandong::intake
