#include "services/dispatch/service/dispatch_service.h"

#include "common/base/id.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::dispatch {
namespace {

using namespace domain;
using store::Decision;
using store::unknown;
using store::View;

void write_if_changed(Decision& decision, const Entity& before, Entity after) {
    if (!(before == after)) decision.writes.push_back(std::move(after));
}

/// What a resend gets after its request record expired.
Decision orders_already_there(std::vector<Order> orders, const Incident& incident) {
    Decision decision;
    decision.already_done = true;
    decision.outcome.orders = std::move(orders);
    decision.outcome.incidents = {incident};
    return decision;
}

Decision to_decision(SentUnits sent, std::string note) {
    Decision decision;
    decision.event_kind = "units_dispatched";
    decision.reason = std::move(note);
    decision.outcome.orders = sent.orders;
    decision.outcome.incidents = {sent.incident};
    decision.outcome.lost = std::move(sent.lost);
    decision.writes.emplace_back(std::move(sent.incident));
    for (Unit& unit : sent.units) decision.writes.emplace_back(std::move(unit));
    for (Order& order : sent.orders) decision.writes.emplace_back(std::move(order));
    return decision;
}

Result<Decision> decide_dispatch(View& view, const DispatchWish& wish, const Sending& sending,
                                 const std::vector<std::string>& order_ids) {
    const Incident* incident = view.get<Incident>(wish.incident_id);
    if (!incident) return unknown<Incident>(wish.incident_id);
    std::vector<WantedUnit> wanted;
    std::vector<Order> existing;
    for (std::size_t i = 0; i < wish.unit_ids.size(); ++i) {
        const Unit* unit = view.get<Unit>(wish.unit_ids[i]);
        if (!unit) return unknown<Unit>(wish.unit_ids[i], fmt::format("unit_ids[{}]", i));
        if (const Order* order = view.get<Order>(order_ids[i])) existing.push_back(*order);
        wanted.push_back({unit, order_ids[i]});
    }
    if (!existing.empty()) return orders_already_there(std::move(existing), *incident);
    if (auto status = check_verified(*incident, wish.accept_unverified); !status)
        return fail(std::move(status.error()));
    auto sent = send_units(*incident, wanted, sending);
    if (!sent) return fail(std::move(sent.error()));
    return to_decision(std::move(*sent), wish.note);
}

/// Who says it, and whose orders he may speak of; empty: of all.
struct Speaker {
    std::string name;
    std::string unit_id;
    std::string agency;
};

Result<Decision> decide_fact(View& view, const FactReport& report, const Speaker& speaker,
                             Timestamp now) {
    const Order* order = view.get<Order>(report.order_id);
    if (!order) {
        // Where the caller finds it in the request: cancelling names it directly, a fact in its own
        // part.
        return unknown<Order>(report.order_id,
                              report.fact == OrderFact::kCancelled ? "order_id" : "fact.order_id");
    }
    if (!speaker.unit_id.empty() && speaker.unit_id != order->unit_id) {
        return fail(Code::kPermissionDenied, "NOT_THE_UNITS_ORDER",
                    "a terminal speaks of its own unit's orders only");
    }
    if (report.fact == OrderFact::kCancelled) {
        if (auto status = check_cancellable(*order); !status)
            return fail(std::move(status.error()));
    }
    const Incident* incident = view.get<Incident>(order->incident_id);
    const Unit* unit = view.get<Unit>(order->unit_id);
    if (!incident) return unknown<Incident>(order->incident_id);
    if (!unit) return unknown<Unit>(order->unit_id);
    if (!speaker.agency.empty() && speaker.agency != unit->agency) {
        return fail(Code::kPermissionDenied, "NOT_THE_AGENCYS_UNIT",
                    "a gateway speaks of its own agency's units only");
    }
    OrderSet set = record_fact({*order, *incident, *unit}, report, speaker.name, now);

    Decision decision;
    decision.event_kind = fmt::format("order_{}", to_string(report.fact));
    std::ranges::transform(decision.event_kind, decision.event_kind.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    decision.occurred_at = report.occurred_at;
    decision.reason = report.reason;
    decision.outcome.orders = {set.order};
    decision.outcome.incidents = {set.incident};
    decision.writes.emplace_back(std::move(set.order));
    write_if_changed(decision, *incident, std::move(set.incident));
    write_if_changed(decision, *unit, std::move(set.unit));
    return decision;
}

}  // namespace

Task<Result<store::Settled>> DispatchService::import_units(Mutation mutation,
                                                           std::vector<ImportedUnit> units) {
    const Timestamp now = context_.clock.now();
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            Decision decision;
            decision.event_kind = "units_imported";
            for (const ImportedUnit& imported : units) {
                const Unit* known = view.get<Unit>(imported.master_data.id);
                ++(known ? decision.outcome.replaced : decision.outcome.added);
                decision.writes.emplace_back(import_unit(known, imported, now));
            }
            return decision;
        });
}

Task<Result<store::Settled>> DispatchService::set_status(Mutation mutation, std::string unit_id,
                                                         UnitStatus status,
                                                         std::optional<Point> position) {
    const Timestamp now = context_.clock.now();
    co_return co_await store::transact(
        context_, std::move(mutation), [=](View& view) -> Result<Decision> {
            const Unit* before = view.get<Unit>(unit_id);
            if (!before) return unknown<Unit>(unit_id);
            Unit unit = *before;
            if (auto done = domain::set_status(unit, status, now); !done)
                return fail(std::move(done.error()));
            if (position) {
                unit.position = *position;
                unit.position_at = now;
            }
            Decision decision;
            decision.event_kind = "unit_status_set";
            decision.outcome.units = {unit};
            decision.writes.emplace_back(std::move(unit));
            return decision;
        });
}

Task<Result<store::Settled>> DispatchService::dispatch(Mutation mutation, DispatchWish wish) {
    const Sending sending{wish.rule, wish.note, mutation.actor, mutation.agency,
                          context_.clock.now()};
    std::vector<std::string> order_ids;
    for (const std::string& unit_id : wish.unit_ids) {
        order_ids.push_back(derive_id(
            {context_.scope.tag(), mutation.agency, mutation.request_id, "order", unit_id}));
    }
    co_return co_await store::transact(context_, std::move(mutation), [=](View& view) {
        return decide_dispatch(view, wish, sending, order_ids);
    });
}

Task<Result<store::Settled>> DispatchService::record(Mutation mutation, FactReport report) {
    const Timestamp now = context_.clock.now();
    if (report.source == FactSource::kUnspecified) {
        report.source = mutation.unit_id.empty() ? FactSource::kOnBehalf : FactSource::kButton;
    }
    const Speaker speaker{mutation.actor, mutation.unit_id,
                          mutation.own_agency_only ? mutation.agency : ""};
    co_return co_await store::transact(context_, std::move(mutation), [=](View& view) {
        return decide_fact(view, report, speaker, now);
    });
}

Recommendation DispatchService::recommend(const RecommendWish& wish) {
    const std::span<const UnitRow> rows = board_.rows();
    model_.set_closures(closures_.closures(context_.clock.now()));
    Recommendation answer{dispatch::recommend(rows, wish.place, wish.needs, wish.alternatives,
                                              model_, context_.clock.now()),
                          rows};
    for (const FilledNeed& need : answer.found.needs) {
        for (const auto* list : {&need.chosen, &need.alternatives}) {
            for (const Candidate& candidate : *list)
                ++rung_counts_[static_cast<std::size_t>(candidate.journey.rung)];
        }
    }
    return answer;
}

}  // namespace liandong::dispatch
