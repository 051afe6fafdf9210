#include "services/intake/service/desk_service.h"

#include "common/base/id.h"
#include "common/store/codec.h"
#include "common/store/find.h"
#include "common/store/newest.h"
#include "services/intake/policy/desk/rosters.h"
#include "services/intake/service/change_incident.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {

using namespace domain;
using store::Decision;
using store::View;
using Settling = DeskService::Settling;

namespace {

/// Written as it is, answered in the outcome's list of its kind.
template <class T>
Decision write_one(std::string event_kind, T entity, std::vector<T> domain::Outcome::* answered) {
    Decision decision;
    decision.event_kind = std::move(event_kind);
    (decision.outcome.*answered).push_back(entity);
    decision.writes.emplace_back(std::move(entity));
    return decision;
}

}  // namespace

// A resend after its record expired is found by the id.
std::string DeskService::id_of(const Mutation& mutation, const char* what) const {
    return derive_id({context_.scope.tag(), mutation.agency, mutation.request_id, what});
}

// ---- who is on duty

Settling DeskService::put_roster(Mutation mutation, Roster roster) {
    if (auto status = check_roster(roster); !status) co_return fail(std::move(status.error()));
    roster.author = mutation.actor;
    roster.recorded_at = context_.clock.now();
    co_return co_await store::transact(context_, std::move(mutation),
                                       [=](View& view) -> Result<Decision> {
                                           view.get<Roster>(roster.id);
                                           Decision decision;
                                           decision.event_kind = "roster_put";
                                           decision.writes.emplace_back(roster);
                                           return decision;
                                       });
}

std::vector<const Roster*> DeskService::rosters() const {
    std::vector<const Roster*> rosters;
    for (const auto& [id, held] : context_.mirror.table<Roster>())
        rosters.push_back(held.value.get());
    return rosters;
}

// ---- others who act

Settling DeskService::offer_transfer(Mutation mutation, std::string incident_id, Offer offer) {
    const Actor actor = actor_of(mutation, context_);
    offer.id = id_of(mutation, "transfer");
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(incident_id);
            if (!before) return store::unknown<Incident>(incident_id);
            Decision decision;
            decision.event_kind = "transfer_offered";
            if (const Transfer* known = view.get<Transfer>(offer.id)) {
                decision.already_done = true;
                decision.outcome.transfers = {*known};
                decision.outcome.incidents = {*before};
                return decision;
            }
            Incident incident = *before;
            auto offered = intake::offer(incident, offer, actor);
            if (!offered) return fail(std::move(offered.error()));
            add(decision, view, std::move(incident), std::move(offered->note));
            decision.outcome.transfers.push_back(offered->transfer);
            decision.writes.emplace_back(std::move(offered->transfer));
            return decision;
        });
}

Settling DeskService::change_transfer(Mutation mutation, std::string transfer_id,
                                      std::string event_kind, TransferRule rule) {
    Actor actor = actor_of(mutation, context_);
    // A gateway speaks for its own agency, whomever it names.
    if (mutation.own_agency_only) actor.on_behalf_of.clear();
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Transfer* found = view.get<Transfer>(transfer_id);
            if (!found) return store::unknown<Transfer>(transfer_id);
            const Incident* of = view.get<Incident>(found->incident_id);
            if (!of) return store::unknown<Incident>(found->incident_id);
            Transfer transfer = *found;
            Incident incident = *of;
            auto note = rule(transfer, incident, actor);
            if (!note) return fail(std::move(note.error()));
            Decision decision;
            decision.event_kind = event_kind;
            decision.outcome.transfers = {transfer};
            if (*note) {
                decision.occurred_at = (*note)->occurred_at;
                add(decision, view, std::move(incident), std::move(**note));
                decision.writes.emplace_back(std::move(transfer));
            } else {
                decision.already_done = true;
                decision.outcome.incidents = {std::move(incident)};
            }
            return decision;
        });
}

Settling DeskService::deliver_transfer(Mutation mutation, std::string transfer_id) {
    return change_transfer(std::move(mutation), std::move(transfer_id), "transfer_delivered",
                           [](Transfer& transfer, Incident& incident, const Actor& actor) {
                               return deliver(transfer, incident, actor);
                           });
}

Settling DeskService::answer_transfer(Mutation mutation, std::string transfer_id, bool accept,
                                      std::string text) {
    return change_transfer(
        std::move(mutation), std::move(transfer_id),
        accept ? "transfer_accepted" : "transfer_rejected",
        [=, text = std::move(text)](Transfer& transfer, Incident& incident, const Actor& actor) {
            return answer(transfer, incident, accept, text, actor);
        });
}

Settling DeskService::complete_transfer(Mutation mutation, std::string transfer_id,
                                        std::string outcome) {
    return change_transfer(
        std::move(mutation), std::move(transfer_id), "transfer_completed",
        [outcome = std::move(outcome)](Transfer& transfer, Incident& incident, const Actor& actor) {
            return complete(transfer, incident, outcome, actor);
        });
}

Settling DeskService::withdraw_transfer(Mutation mutation, std::string transfer_id,
                                        std::string reason) {
    return change_transfer(
        std::move(mutation), std::move(transfer_id), "transfer_withdrawn",
        [reason = std::move(reason)](Transfer& transfer, Incident& incident, const Actor& actor) {
            return intake::withdraw(transfer, incident, reason, actor);
        });
}

Settling DeskService::set_response(Mutation mutation, std::string incident_id, std::int32_t level,
                                   std::vector<Role> roles, std::string reason) {
    return change_incident(context_, std::move(mutation), std::move(incident_id),
                           "response_level_set",
                           [=, roles = std::move(roles), reason = std::move(reason)](
                               Incident& incident, const Actor& actor) {
                               return intake::set_response(incident, level, roles, reason, actor);
                           });
}

std::string DeskService::sort_key(const Transfer& transfer) {
    return store::newest_first_key(transfer.offered_at, transfer.id);
}

std::vector<store::Versioned<Transfer>> DeskService::transfers(const std::string& incident_id,
                                                               const std::string& agency,
                                                               bool include_ended,
                                                               std::string_view after,
                                                               std::size_t count) const {
    const auto matches = [&](const Transfer& transfer) {
        return (incident_id.empty() || transfer.incident_id == incident_id) &&
               (agency.empty() || transfer.from_agency == agency || transfer.to_agency == agency) &&
               (include_ended || is_open(transfer.state));
    };
    const auto key = [](const Transfer& transfer) { return sort_key(transfer); };
    return store::page_of<Transfer>(context_.mirror, matches, key, after, count);
}

// ---- hand-over

std::string DeskService::sort_key(const Handover& handover) {
    return store::newest_first_key(handover.given_at, handover.id);
}

std::vector<store::Versioned<Handover>> DeskService::handovers(bool include_ended,
                                                               std::string_view after,
                                                               std::size_t count) const {
    const auto matches = [&](const Handover& handover) {
        return include_ended || !is_set(ended_at(handover));
    };
    const auto key = [](const Handover& handover) { return sort_key(handover); };
    return store::page_of<Handover>(context_.mirror, matches, key, after, count);
}

Worklist DeskService::worklist_of(const std::string& person) const {
    const store::Mirror& mirror = context_.mirror;
    Worklist work;
    for (const auto& [id, held] : mirror.table<Incident>()) {
        if (is_open(*held.value) && held.value->claimed_by == person)
            work.incident_ids.push_back(id);
    }
    for (const auto& [id, held] : mirror.table<Transfer>()) {
        if (is_open(held.value->state) && held.value->offered_by == person)
            work.transfer_ids.push_back(id);
    }
    const Timestamp now = context_.clock.now();
    for (const auto& [id, held] : mirror.table<Bulletin>()) {
        const bool is_in_force = held.value->state == BulletinState::kPublished &&
                                 (!is_set(held.value->expires_at) || held.value->expires_at > now);
        if (is_in_force) work.bulletin_ids.push_back(id);
    }
    for (const auto& [id, held] : mirror.table<Unit>())
        work.units_out += held.value->active_order_id.empty() ? 0 : 1;
    return work;
}

Settling DeskService::give_handover(Mutation mutation, Leaving leaving) {
    const Actor actor = actor_of(mutation, context_);
    leaving.id = id_of(mutation, "handover");
    // Read once: the commit does not rely on it, what is in it is passed on only as it is then.
    Worklist work = worklist_of(mutation.actor);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            if (const Handover* known = view.get<Handover>(leaving.id)) {
                Decision decision;
                decision.already_done = true;
                decision.outcome.handovers = {*known};
                return decision;
            }
            auto handover = give(leaving, work, actor);
            if (!handover) return fail(std::move(handover.error()));
            return write_one("handover_given", std::move(*handover), &Outcome::handovers);
        });
}

Settling DeskService::take_handover(Mutation mutation, std::string handover_id) {
    const Actor actor = actor_of(mutation, context_);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Handover* before = view.get<Handover>(handover_id);
            if (!before) return store::unknown<Handover>(handover_id);
            Handover handover = *before;
            if (auto status = take(handover, actor); !status)
                return fail(std::move(status.error()));
            Decision decision = write_one("handover_taken", handover, &Outcome::handovers);
            for (const std::string& id : handover.incident_ids) {
                const Incident* found = view.get<Incident>(id);
                if (!found) continue;
                Incident incident = *found;
                auto note = pass_on(handover, incident, actor);
                if (!note) return fail(std::move(note.error()));
                if (*note) add(decision, view, std::move(incident), std::move(**note));
            }
            return decision;
        });
}

Settling DeskService::withdraw_handover(Mutation mutation, std::string handover_id) {
    const Actor actor = actor_of(mutation, context_);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Handover* before = view.get<Handover>(handover_id);
            if (!before) return store::unknown<Handover>(handover_id);
            Handover handover = *before;
            if (auto status = intake::withdraw(handover, actor); !status)
                return fail(std::move(status.error()));
            return write_one("handover_withdrawn", std::move(handover), &Outcome::handovers);
        });
}

// ---- reports upwards

Settling DeskService::open_duty_reporting(Mutation mutation, std::string incident_id,
                                          std::string reason) {
    return change_incident(context_, std::move(mutation), std::move(incident_id),
                           "duty_reporting_opened",
                           [reason = std::move(reason)](Incident& incident, const Actor& actor) {
                               return intake::open_duty_reporting(incident, reason, actor);
                           });
}

Settling DeskService::send_duty_report(Mutation mutation, std::string incident_id,
                                       DutyDraft draft) {
    const Actor actor = actor_of(mutation, context_);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Incident* before = view.get<Incident>(incident_id);
            if (!before) return store::unknown<Incident>(incident_id);
            const std::int32_t count = before->duty_report_count;
            const DutyReport* last =
                count == 0 ? nullptr : view.get<DutyReport>(duty_report_id(incident_id, count));
            Incident incident = *before;
            auto sent = intake::send_duty_report(incident, last, draft, actor);
            if (!sent) return fail(std::move(sent.error()));
            view.get<DutyReport>(sent->report.id);  // expected absent
            Decision decision;
            decision.event_kind = "duty_report_sent";
            add(decision, view, std::move(incident), std::move(sent->note));
            decision.outcome.duty_reports.push_back(sent->report);
            decision.writes.emplace_back(std::move(sent->report));
            return decision;
        });
}

Settling DeskService::confirm_duty_report(Mutation mutation, std::string incident_id,
                                          std::int32_t number, std::string addressee,
                                          std::string received_by) {
    const Timestamp now = context_.clock.now();
    const std::string id = duty_report_id(incident_id, number);
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const DutyReport* before = view.get<DutyReport>(id);
            if (!before) return store::unknown<DutyReport>(id, "number");
            DutyReport report = *before;
            const auto is_new = confirm_received(report, addressee, received_by, now);
            if (!is_new) return fail(is_new.error());
            if (*is_new)
                return write_one("duty_report_received", std::move(report), &Outcome::duty_reports);
            Decision decision;
            decision.already_done = true;
            decision.outcome.duty_reports = {std::move(report)};
            return decision;
        });
}

Task<Result<std::vector<DutyReport>>> DeskService::duty_reports(std::string incident_id,
                                                                MonotonicTime deadline) {
    const auto found = co_await store::find<Incident>(context_, std::move(incident_id), deadline);
    if (!found) co_return fail(found.error());
    const Incident& incident = *found->held.value;
    std::vector<Key> keys;
    for (std::int32_t number = 1; number <= incident.duty_report_count; ++number)
        keys.push_back(key_of<DutyReport>(duty_report_id(incident.id, number)));
    std::vector<DutyReport> reports;
    if (keys.empty()) co_return reports;
    const auto read = co_await context_.store.read(std::move(keys), std::nullopt, deadline);
    if (!read) co_return fail(read.error());
    for (const store::StoredValue& value : read->values) {
        if (value.version == 0) continue;
        auto decoded = store::decode(Kind::kDutyReport, value.bytes);
        if (!decoded) co_return fail(std::move(decoded.error()));
        reports.push_back(std::get<DutyReport>(std::move(decoded->entity)));
    }
    co_return reports;
}

}  // namespace liandong::intake
