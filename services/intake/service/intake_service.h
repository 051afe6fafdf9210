#pragma once

#include "common/async/keyed_gate.h"
#include "common/async/signal.h"
#include "common/base/sealer.h"
#include "common/domain/mutation.h"
#include "common/store/codec.h"
#include "common/store/feed.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"
#include "services/intake/policy/callback.h"
#include "services/intake/policy/desk_work.h"
#include "services/intake/policy/incident_evidence.h"
#include "services/intake/policy/incident_filter.h"
#include "services/intake/policy/take_report.h"
#include "services/intake/policy/timeline.h"
#include "services/intake/service/incident_board.h"

#include <memory>
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

using Reporter = store::PersonalData;

/// Takes reports and keeps incidents of one scope. Methods read, decide (policy, domain) and
/// commit; nothing else.
class IntakeService {
public:
    /// All, and what `knowledge` points to, must outlive the service.
    IntakeService(store::ScopeContext& context, Sealer& sealer, Knowledge knowledge = {})
        : context_(context),
          sealer_(sealer),
          knowledge_(knowledge),
          board_(context.mirror, knowledge),
          gate_(context.executor) {}

    /// One durable commit: report, incident, numbers, event "incident_reported". Refuses nothing
    /// for its content (D1). With `same_event` the incident is linked to the master in that commit;
    /// when that cannot be, a correction says why and it stands alone. A machine's alarm joins the
    /// open entry of its site ("alarm_folded") or begins one (D16): alarms of one site wait for
    /// each other, people's reports for nobody. (reporting.cpp)
    Task<Result<store::Settled>> report(Mutation mutation, RawReport raw,
                                        std::optional<RawSameEvent> same_event = std::nullopt);

    /// 办结. NOT_FOUND / INCIDENT_UNKNOWN and the refusals of `domain::close` and `may_end`.
    Task<Result<store::Settled>> close(Mutation mutation, std::string incident_id,
                                       domain::Disposition disposition, std::string note,
                                       bool is_supervisor = false);

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

    /// Several repeats of one incident in one commit, all or none; the outcome's incidents: the
    /// repeats in their order, then the other one. 1 ≤ ids ≤ kLinkedTogether_max, distinct.
    Settling link_all(Mutation mutation, std::vector<std::string> incident_ids,
                      std::string to_incident_id, Link link);
    /// All linked to the same one, else FAILED_PRECONDITION / NOT_LINKED.
    Settling unlink_all(Mutation mutation, std::vector<std::string> incident_ids,
                        std::string reason);
    Settling verify_alarm(Mutation mutation, std::string incident_id, std::string reason);
    Settling record_callback(Mutation mutation, std::string incident_id, CallbackOutcome outcome,
                             std::string text);

    // ---- what a call-taker asks while the caller speaks: from memory, nothing is changed ----
    /// Incidents that an incident may be about, at most `most`; best first. The board reads at most
    /// kReadAtOnce others first, so that no answer waits for it.
    std::vector<Suggestion> suggest_for(const domain::Incident& incident, std::size_t most);
    std::vector<Suggestion> suggest_for(const Call& call, std::size_t most);
    /// Keeps the board current from now on, kReadAtOnce incidents at a time; for ever.
    Task<void> keep_board();
    const Knowledge& knowledge() const { return knowledge_; }
    /// `Sealer::token` of a number as people write it: its digits, without a leading +86; 0: none.
    std::uint64_t caller_token(std::string_view phone) const;

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
    Settling report_alarm(Mutation mutation, std::shared_ptr<const TakenReport> taken,
                          std::string site);
    Settling report_same_event(Mutation mutation, std::shared_ptr<const TakenReport> taken,
                               RawSameEvent same_event);
    template <class T>
    Task<Result<std::vector<T>>> read_all(std::vector<std::string> ids, MonotonicTime deadline);

    store::ScopeContext& context_;
    Sealer& sealer_;
    Knowledge knowledge_;
    IncidentBoard board_;
    Signal board_news_{context_.executor};
    KeyedGate gate_;
};

/// Incidents that the board reads for one question, and in one turn of `keep_board`.
inline constexpr std::size_t kReadAtOnce = 32;
inline constexpr std::size_t kLinkedTogether_max = 32;

}  // namespace liandong::intake
