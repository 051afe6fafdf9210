#pragma once

#include "common/domain/desk.h"
#include "common/domain/mutation.h"
#include "common/domain/principal.h"
#include "common/store/scope_context.h"
#include "common/store/transact.h"
#include "services/intake/policy/desk/clocks.h"
#include "services/intake/policy/desk/duty_reports.h"
#include "services/intake/policy/desk/handovers.h"
#include "services/intake/policy/desk/transfers.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::intake {

/// What desks keep of one scope: clocks, rosters, transfers, response levels, hand-overs, duty
/// reports. Methods read, decide (policy/desk) and commit; nothing else. NOT_FOUND /
/// INCIDENT_UNKNOWN, TRANSFER_UNKNOWN, HANDOVER_UNKNOWN, and the refusals of the rule of the same
/// name.
class DeskService {
public:
    /// Both must outlive the service.
    explicit DeskService(store::ScopeContext& context,
                         const ClockRules& rules = ClockRules::built_in())
        : context_(context), rules_(rules) {}

    using Settling = Task<Result<store::Settled>>;

    // ---- clocks ----
    struct Alarms {
        std::vector<store::Versioned<domain::Incident>> incidents;  ///< by danger
        std::size_t total = 0;                                      ///< how many there are
    };
    /// Those of an area (prefix of its code) whose alarms stand and are nobody's; at most `limit`.
    Alarms alarms(std::string_view area_code, std::size_t limit) const;
    std::vector<domain::ClockSuspension> suspensions() const;
    Settling take_alarm(Mutation mutation, std::string incident_id, domain::ClockKind kind,
                        std::string reason);
    Settling suspend_clocks(Mutation mutation, domain::ClockSuspension suspension);
    Settling resume_clocks(Mutation mutation, domain::ClockKind kind);

    /// When anything of an incident or transfer is due next.
    std::optional<Timestamp> due_at(const domain::Key& key) const;
    /// What is due of it by now happens, once: guarded by its version, under a request id made of
    /// both (`due/<kind>/<id>/<version>`), so that all processes together ring once. True when
    /// something rang.
    Task<Result<bool>> ring(domain::Key key);

    // ---- who is on duty ----
    /// `check_roster`.
    Settling put_roster(Mutation mutation, domain::Roster roster);
    /// Of the mirror, newest day last. Valid until it moves on.
    std::vector<const domain::Roster*> rosters() const;

    // ---- others who act ----
    Settling offer_transfer(Mutation mutation, std::string incident_id, Offer offer);
    Settling deliver_transfer(Mutation mutation, std::string transfer_id);
    Settling answer_transfer(Mutation mutation, std::string transfer_id, bool accept,
                             std::string text);
    Settling complete_transfer(Mutation mutation, std::string transfer_id, std::string outcome);
    Settling withdraw_transfer(Mutation mutation, std::string transfer_id, std::string reason);
    /// Newest first, from the mirror, behind `after` (a sort key). Empty `incident_id` or `agency`:
    /// all.
    std::vector<store::Versioned<domain::Transfer>> transfers(const std::string& incident_id,
                                                              const std::string& agency,
                                                              bool include_ended,
                                                              std::string_view after,
                                                              std::size_t count) const;
    static std::string sort_key(const domain::Transfer& transfer);
    Settling set_response(Mutation mutation, std::string incident_id, std::int32_t level,
                          std::vector<domain::Role> roles, std::string reason);

    // ---- hand-over ----
    Settling give_handover(Mutation mutation, Leaving leaving);
    /// The outcome's incidents are those that were passed on.
    Settling take_handover(Mutation mutation, std::string handover_id);
    Settling withdraw_handover(Mutation mutation, std::string handover_id);

    std::vector<store::Versioned<domain::Handover>> handovers(bool include_ended,
                                                              std::string_view after,
                                                              std::size_t count) const;
    static std::string sort_key(const domain::Handover& handover);

    // ---- reports upwards ----
    Settling open_duty_reporting(Mutation mutation, std::string incident_id, std::string reason);
    Settling send_duty_report(Mutation mutation, std::string incident_id, DutyDraft draft);
    Settling confirm_duty_report(Mutation mutation, std::string incident_id, std::int32_t number,
                                 std::string addressee, std::string received_by);
    /// In their order, from the store.
    Task<Result<std::vector<domain::DutyReport>>> duty_reports(std::string incident_id,
                                                               MonotonicTime deadline);

    store::ScopeContext& context() { return context_; }
    const store::ScopeContext& context() const { return context_; }

private:
    using TransferRule =
        std::function<Result<NoteIfAny>(domain::Transfer&, domain::Incident&, const Actor&)>;
    Settling change_transfer(Mutation mutation, std::string transfer_id, std::string event_kind,
                             TransferRule rule);
    Settling change_setting(Mutation mutation, std::string event_kind,
                            std::function<Status(domain::DeskSetting&)> rule);
    std::string id_of(const Mutation& mutation, const char* what) const;
    Worklist worklist_of(const std::string& person) const;
    Task<Result<bool>> ring_incident(const domain::Incident& incident, std::uint64_t version);
    Task<Result<bool>> ring_transfer(const domain::Transfer& transfer, std::uint64_t version);

    store::ScopeContext& context_;
    const ClockRules& rules_;
};

}  // namespace liandong::intake
