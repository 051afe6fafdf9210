#include "common/base/id.h"
#include "common/store/find.h"
#include "services/intake/service/change_incident.h"
#include "services/intake/service/desk_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

// The clocks' part of DeskService.
namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;
using Settling = DeskService::Settling;

namespace {

using namespace std::chrono_literals;

constexpr std::string_view kOnly = "1";
constexpr Duration kRingTime_max = 2s;

/// A clock speaks with one voice, whichever process it is that hears it.
Mutation clock_mutation(const store::ScopeContext& context, Kind kind, const std::string& id,
                        std::uint64_t version) {
    Mutation mutation;
    mutation.request_id = fmt::format("due/{}/{}/{}", to_string(kind), id, version);
    mutation.fingerprint = sha256_hex({mutation.request_id});
    mutation.actor = "system:clock";
    mutation.agency = "liandong";
    mutation.deadline = context.timers.now() + kRingTime_max;
    return mutation;
}

Result<bool> has_rung(const Result<store::Settled>& settled) {
    if (!settled) return fail(settled.error());
    return !settled->outcome.incidents.empty();
}

}  // namespace

DeskService::Alarms DeskService::alarms(std::string_view area_code, std::size_t limit) const {
    struct Row {
        AlarmGroup group;
        store::Versioned<Incident> held;
    };
    std::vector<Row> rows;
    for (const auto& [id, held] : context_.mirror.table<Incident>()) {
        if (!held.value->place.area_code.starts_with(area_code)) continue;
        if (auto group = standing_alarms(*held.value)) rows.push_back({std::move(*group), held});
    }
    const std::size_t shown = std::min(limit, rows.size());
    std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(shown), is_before,
                              &Row::group);
    Alarms alarms{{}, rows.size()};
    for (std::size_t i = 0; i < shown; ++i) alarms.incidents.push_back(std::move(rows[i].held));
    return alarms;
}

std::vector<ClockSuspension> DeskService::suspensions() const {
    const auto* held = context_.mirror.find<DeskSetting>(kOnly);
    return held ? held->value->suspensions : std::vector<ClockSuspension>{};
}

Settling DeskService::take_alarm(Mutation mutation, std::string incident_id, ClockKind kind,
                                 std::string reason) {
    return change_incident(context_, std::move(mutation), std::move(incident_id), "alarm_taken",
                           [=, reason = std::move(reason)](Incident& incident, const Actor& actor) {
                               return intake::take_alarm(incident, kind, reason, actor);
                           });
}

Settling DeskService::change_setting(Mutation mutation, std::string event_kind,
                                     std::function<Status(DeskSetting&)> rule) {
    co_return co_await store::transact(context_, std::move(mutation),
                                       [=](View& view) -> Result<Decision> {
                                           const DeskSetting* before = view.get<DeskSetting>(kOnly);
                                           DeskSetting setting = before ? *before : DeskSetting{};
                                           if (auto status = rule(setting); !status)
                                               return fail(std::move(status.error()));
                                           Decision decision;
                                           decision.event_kind = event_kind;
                                           if (before && setting == *before) {
                                               decision.already_done = true;
                                               return decision;
                                           }
                                           decision.writes.emplace_back(std::move(setting));
                                           return decision;
                                       });
}

Settling DeskService::suspend_clocks(Mutation mutation, ClockSuspension suspension) {
    suspension.by = mutation.actor;
    const Timestamp now = context_.clock.now();
    return change_setting(std::move(mutation), "clocks_suspended",
                          [=, suspension = std::move(suspension)](DeskSetting& setting) {
                              return suspend(setting, suspension, now);
                          });
}

Settling DeskService::resume_clocks(Mutation mutation, ClockKind kind) {
    const Timestamp now = context_.clock.now();
    return change_setting(std::move(mutation), "clocks_resumed", [=](DeskSetting& setting) {
        resume(setting, kind, now);
        return Status{};
    });
}

std::optional<Timestamp> DeskService::due_at(const Key& key) const {
    if (key.kind == Kind::kTransfer) {
        const auto* held = context_.mirror.find<Transfer>(key.id);
        return held ? intake::due_at(*held->value) : std::nullopt;
    }
    const auto* held = context_.mirror.find<Incident>(key.id);
    if (!held) return std::nullopt;
    const auto* setting = context_.mirror.find<DeskSetting>(kOnly);
    const auto due = next_due(
        *held->value, rules_,
        setting ? std::span(setting->value->suspensions) : std::span<const ClockSuspension>());
    return due ? std::optional(due->at) : std::nullopt;
}

Task<Result<bool>> DeskService::ring(Key key) {
    if (key.kind == Kind::kTransfer) {
        const auto* held = context_.mirror.find<Transfer>(key.id);
        if (!held) co_return false;
        const store::Versioned<Transfer> transfer = *held;
        co_return co_await ring_transfer(*transfer.value, transfer.version);
    }
    const auto* held = context_.mirror.find<Incident>(key.id);
    if (!held) co_return false;
    const store::Versioned<Incident> incident = *held;
    co_return co_await ring_incident(*incident.value, incident.version);
}

Task<Result<bool>> DeskService::ring_incident(const Incident& incident, std::uint64_t version) {
    const Timestamp now = context_.clock.now();
    const std::string id = incident.id;
    const auto due = next_due(incident, rules_, suspensions());
    if (!due || now < due->at) co_return false;
    const DutyShift* shift = on_duty(rosters(), due->role, now);
    const std::string person = shift ? shift->person : "";
    const auto settled = co_await store::transact(
        context_, clock_mutation(context_, Kind::kIncident, id, version),
        [&rules = rules_, id, person, now](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(id);
            if (!before) return store::unknown<Incident>(id);
            const DeskSetting* setting = view.get<DeskSetting>(kOnly);
            const std::vector<ClockSuspension> suspensions =
                setting ? setting->suspensions : std::vector<ClockSuspension>{};
            Decision decision;
            decision.event_kind = "clock_rang";
            decision.already_done = true;
            const auto due = next_due(*before, rules, suspensions);
            if (!due || now < due->at) return decision;
            Incident changed = *before;
            auto note = intake::ring(changed, *due, person, rules, suspensions, now);
            if (!note) return fail(std::move(note.error()));
            if (!*note) return decision;
            decision.already_done = false;
            decision.occurred_at = (*note)->occurred_at;
            add(decision, view, std::move(changed), std::move(**note));
            return decision;
        });
    co_return has_rung(settled);
}

Task<Result<bool>> DeskService::ring_transfer(const Transfer& transfer, std::uint64_t version) {
    const Timestamp now = context_.clock.now();
    const std::string id = transfer.id;
    const auto settled =
        co_await store::transact(context_, clock_mutation(context_, Kind::kTransfer, id, version),
                                 [=](View& view) -> Result<Decision> {
                                     const Transfer* found = view.get<Transfer>(id);
                                     if (!found) return store::unknown<Transfer>(id);
                                     const Incident* of = view.get<Incident>(found->incident_id);
                                     if (!of) return store::unknown<Incident>(found->incident_id);
                                     Transfer changed = *found;
                                     Incident incident = *of;
                                     auto note = run_out(changed, incident, now);
                                     if (!note) return fail(std::move(note.error()));
                                     Decision decision;
                                     decision.event_kind = "transfer_ran_out";
                                     if (!*note) {
                                         decision.already_done = true;
                                         return decision;
                                     }
                                     add(decision, view, std::move(incident), std::move(**note));
                                     decision.writes.emplace_back(std::move(changed));
                                     return decision;
                                 });
    co_return has_rung(settled);
}

}  // namespace liandong::intake
