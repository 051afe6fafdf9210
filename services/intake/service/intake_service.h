#pragma once

#include "common/base/sealer.h"
#include "common/domain/mutation.h"
#include "common/store/feed.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"
#include "services/intake/policy/take_report.h"

#include <optional>
#include <string>
#include <vector>

namespace liandong::intake {

/// Which incidents a list or a watcher wants.
struct IncidentFilter {
    std::vector<domain::IncidentState> states;  ///< empty: all
    std::string area_code;                      ///< prefix; empty: the whole district
    bool include_closed = false;

    bool matches(const domain::Incident& incident) const;
};

struct IncidentFound {
    store::Versioned<domain::Incident> incident;
    std::vector<domain::Report> reports;
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
    store::ScopeContext& context_;
    Sealer& sealer_;
};

}  // namespace liandong::intake
