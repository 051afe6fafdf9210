#include "simulator/agents/dispatcher.h"

#include "simulator/agents/crew_plan.h"
#include "simulator/agents/resend.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::simulator {

using dispatch::v1::DispatchUnitsResponse;
using dispatch::v1::RecommendUnitsResponse;
using dispatch::v1::Unit;

namespace {

/// Whether the record itself has the unit on both calls at once, so that it cannot be the replay's
/// own delay.
bool overlaps_in_record(const ScenarioReport& holder, const ScenarioReport& wanting,
                        const std::string& unit_id) {
    const RecordedOrder* held = recorded_order(holder, unit_id);
    const RecordedOrder* wanted = recorded_order(wanting, unit_id);
    if (held == nullptr || wanted == nullptr || held->dispatched > wanted->dispatched) return false;
    return !held->cleared || *held->cleared > wanted->dispatched;
}

}  // namespace

Dispatcher::Dispatcher(Exercise& exercise, Ledger& ledger)
    : exercise_(exercise),
      ledger_(ledger),
      who_(principal("sim.dispatcher", "gongan",
                     {domain::Role::kDispatcher, domain::Role::kShiftSupervisor})),
      work_(exercise.executor) {}

void Dispatcher::take(const ScenarioReport& report, const std::string& incident_id,
                      MonotonicTime intended) {
    auto& slot = cases_[incident_id];
    if (slot) return;
    slot = std::make_unique<Case>(report, incident_id, intended, exercise_.executor);
    work_.start(work_on(*slot));
}

Task<void> Dispatcher::work_on(Case& incident) {
    if (!incident.report.duplicate_of.empty()) {
        co_await close(incident, intake::v1::DISPOSITION_DUPLICATE, "");
        co_return;
    }
    if (exercise_.assign == Assign::kRecorded && !incident.report.recorded.empty()) {
        co_await send_recorded(incident);
    } else {
        co_await send_recommended(incident);
    }
    if (incident.orders > 0) co_await wait_for_end(incident);
    co_await close(incident, intake::v1::DISPOSITION_RESOLVED,
                   incident.orders > 0 ? "" : "nobody could be sent");
}

Task<void> Dispatcher::send_recommended(Case& incident) {
    for (int attempt = 0; attempt < kDispatchAttempts_max && !incident.needs.empty(); ++attempt) {
        const std::size_t freed_before = freed_.size();
        bool lost_some = false;
        if (!co_await send_round(incident, lost_some)) break;
        if (lost_some || incident.needs.empty()) continue;
        if (!co_await wait_for_unit(incident, freed_before)) break;
    }
    exercise_.record.count(Counter::kNeedsUnfilled,
                           static_cast<std::uint64_t>(incident.needs.units()));
}

Task<bool> Dispatcher::send_round(Case& incident, bool& lost_some) {
    const OpenNeeds::Asked asked = incident.needs.asked();
    dispatch::v1::RecommendUnitsRequest request;
    *request.mutable_header() = exercise_.read_header();
    request.set_incident_id(incident.incident_id);
    for (const auto& need : asked.needs) *request.add_needs() = need;
    request.set_accept_unverified_alarm(true);  // the scenario says who is wanted: it was checked
    const MonotonicTime asked_at = exercise_.now();
    const auto recommended = co_await call_until_resolved<RecommendUnitsResponse>(
        exercise_, "RecommendUnits",
        [&] { return exercise_.client.recommend_units(who_, request); });
    if (!recommended) co_return false;
    exercise_.record.took(Stage::kRecommended, exercise_.now() - asked_at);

    std::map<std::string, std::size_t> need_of;  // unit → our need
    std::vector<std::string> units;
    for (const auto& filled : recommended->needs()) {
        if (filled.need_index() >= asked.origin.size()) continue;
        const std::size_t need = asked.origin[filled.need_index()];
        for (const auto& candidate : filled.chosen()) {
            if (units.size() < kUnitsADispatch_max &&
                need_of.try_emplace(candidate.unit_id(), need).second) {
                units.push_back(candidate.unit_id());
            }
        }
        if (filled.missing_reason() == "NO_SUCH_UNIT" ||
            filled.missing_reason() == "NEEDS_APPROVAL") {
            incident.needs.abandon(need, static_cast<int>(filled.missing()));
            exercise_.record.count(Counter::kNeedsUnfilled, filled.missing());
        }
    }
    if (units.empty()) co_return true;
    const auto sent = co_await dispatch(incident, std::move(units));
    if (!sent) co_return false;
    for (const auto& order : sent->orders()) incident.needs.filled(need_of.at(order.unit_id()));
    lost_some = sent->lost_size() > 0;
    co_return true;
}

Task<Result<DispatchUnitsResponse>> Dispatcher::dispatch(Case& incident,
                                                         std::vector<std::string> units) {
    const MonotonicTime sent_at = exercise_.now();
    dispatch::v1::DispatchUnitsRequest request;
    *request.mutable_header() = exercise_.mutation_header();
    request.set_incident_id(incident.incident_id);
    request.set_conflict_rule(dispatch::v1::CONFLICT_RULE_SEND_WHAT_IS_FREE);
    request.set_accept_unverified_alarm(true);
    for (std::string& unit : units) {
        ledger_.sending(incident.incident_id, unit, sent_at);
        request.add_unit_ids(std::move(unit));
    }
    exercise_.record.count(Counter::kDispatches);
    auto result = co_await call_until_resolved<DispatchUnitsResponse>(
        exercise_, "DispatchUnits", [&] { return exercise_.client.dispatch_units(who_, request); });
    if (!result) co_return result;
    const MonotonicTime now = exercise_.now();
    exercise_.record.took(Stage::kDispatched, now - sent_at);
    if (incident.orders == 0 && result->orders_size() > 0) {
        exercise_.record.took(Stage::kFirstDispatched, now - incident.intended);
        exercise_.record.lasted(WorldSpan::kReceivedToSent,
                                exercise_.pace.world(now - incident.intended));
    }
    // A dispatch that got nobody leaves the incident as handled as it was.
    if (result->orders_size() > 0) {
        incident.sent_seq = std::max(incident.sent_seq, result->header().revision().seq());
    }
    for (const auto& order : result->orders()) {
        ++incident.orders;
        exercise_.record.count(Counter::kOrdersAcknowledged);
        ledger_.ordered(incident.incident_id, order.id());
    }
    for (const auto& lost : result->lost()) note_lost(incident, lost);
    co_return result;
}

void Dispatcher::note_lost(const Case& incident, const dispatch::v1::LostUnit& lost) {
    const Ledger::Case* holder = ledger_.find(lost.holder_incident_id());
    const bool in_record = exercise_.assign == Assign::kRecorded && holder != nullptr &&
                           overlaps_in_record(*holder->report, incident.report, lost.unit_id());
    const std::string reason = lost.reason() + (in_record ? ", as recorded" : "");
    exercise_.record.unit_lost(
        reason, fmt::format("{} for {}: {}{}", lost.unit_id(), incident.report.id, reason,
                            holder == nullptr ? "" : ", held by " + holder->report->id));
}

Task<void> Dispatcher::send_recorded(Case& incident) {
    const auto& recorded = incident.report.recorded;
    for (std::size_t i = 0; i < recorded.size();) {
        const Duration moment = recorded[i].dispatched;
        if (!co_await exercise_.sleep_until(exercise_.pace.at(moment))) co_return;
        std::vector<std::string> units;
        for (; i < recorded.size() && recorded[i].dispatched == moment &&
               units.size() < kUnitsADispatch_max;
             ++i) {
            units.push_back(recorded[i].unit_id);
        }
        if (!co_await dispatch(incident, std::move(units))) co_return;
    }
}

Task<bool> Dispatcher::wait_for_unit(Case& incident, std::size_t freed_before) {
    // A unit that was freed while we asked may not have been in the recommendation.
    for (std::size_t i = freed_before; i < freed_.size(); ++i) {
        if (incident.needs.accepts(freed_[i])) co_return true;
    }
    const Turn turn{!incident.report.life_threatening, next_turn_++, &incident};
    incident.called = false;
    waiting_.insert(turn);
    while (!incident.called && !gave_up_ && !exercise_.stop.is_cancelled())
        co_await incident.wake.wait();
    waiting_.erase(turn);
    co_return incident.called;
}

void Dispatcher::freed(const Unit& unit) {
    freed_.push_back(unit);
    const auto next = std::ranges::find_if(
        waiting_, [&](const Turn& turn) { return std::get<Case*>(turn)->needs.accepts(unit); });
    if (next == waiting_.end()) return;
    Case& incident = *std::get<Case*>(*next);
    waiting_.erase(next);
    incident.called = true;
    incident.wake.notify();
}

Task<void> Dispatcher::wait_for_end(Case& incident) {
    while (!incident.is_handled() && !exercise_.stop.is_cancelled()) co_await incident.wake.wait();
}

Task<void> Dispatcher::close(Case& incident, intake::v1::Disposition disposition,
                             std::string note) {
    if (exercise_.stop.is_cancelled()) co_return;
    intake::v1::CloseIncidentRequest request;
    *request.mutable_header() = exercise_.mutation_header();
    request.set_incident_id(incident.incident_id);
    request.set_disposition(disposition);
    // Said as a supervisor says it: nobody calls back in a replay (D14).
    request.set_note(note.empty() ? "replayed" : std::move(note));
    const auto closed = co_await call_until_resolved<intake::v1::CloseIncidentResponse>(
        exercise_, "CloseIncident", [&] { return exercise_.client.close_incident(who_, request); });
    if (closed) exercise_.record.count(Counter::kIncidentsClosed);
}

void Dispatcher::show(const dispatch::v1::WatchBoardResponse& message) {
    const MonotonicTime now = exercise_.now();
    for (const auto& incident : message.incidents()) {
        ledger_.incident_shown(incident.id(), now);
        const auto found = cases_.find(incident.id());
        if (found == cases_.end()) continue;
        Case& known = *found->second;
        known.shown_version = incident.version();
        known.shown_handled = incident.state() >= intake::v1::INCIDENT_STATE_HANDLED;
        if (known.is_handled()) known.wake.notify();
    }
    for (const auto& order : message.orders()) {
        ledger_.order_shown(order.id(), order.incident_id(), order.unit_id(), now);
    }
    for (const auto& unit : message.units()) show_unit(unit);
}

void Dispatcher::show_unit(const Unit& unit) {
    const bool available = unit.availability() == dispatch::v1::AVAILABILITY_AVAILABLE;
    const auto [known, is_new] = available_.try_emplace(unit.id(), available);
    const bool was_available = is_new ? true : known->second;
    known->second = available;
    if (available && !was_available) freed(unit);
}

void Dispatcher::give_up_waiting() {
    gave_up_ = true;
    for (auto& [id, incident] : cases_) incident->wake.notify();
}

}  // namespace liandong::simulator
