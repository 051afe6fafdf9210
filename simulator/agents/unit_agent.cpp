#include "simulator/agents/unit_agent.h"

#include "simulator/agents/follow.h"

#include <cmath>

namespace liandong::simulator {
namespace {

using dispatch::v1::Order;
using dispatch::v1::WatchUnitOrdersResponse;
using domain::OrderFact;

bool is_ended(const Order& order) { return order.state() >= dispatch::v1::ORDER_STATE_CLEARED; }

std::optional<domain::Point> place_of(const Order& order) {
    if (!order.place().has_position()) return std::nullopt;
    const auto& position = order.place().position();
    return domain::Point{static_cast<std::int32_t>(std::lround(position.latitude() * 1e7)),
                         static_cast<std::int32_t>(std::lround(position.longitude() * 1e7))};
}

/// Sends one kind of fact; every kind has its own messages of the same form.
template <class Request, class Response, class Method>
Task<Result<Response>> send_fact(Exercise& exercise, std::string_view name,
                                 const domain::Principal& who, Method method,
                                 dispatch::v1::OrderFactReport fact) {
    Request request;
    *request.mutable_header() = exercise.mutation_header();
    *request.mutable_fact() = std::move(fact);
    exercise.record.count(Counter::kFactsSent);
    co_return co_await call_until_resolved<Response>(
        exercise, name, [&] { return (exercise.client.*method)(who, request); });
}

template <class Response> Result<Order> order_in(Result<Response> result) {
    if (!result) return std::unexpected(result.error());
    return std::move(*result->mutable_order());
}

}  // namespace

UnitAgent::UnitAgent(Exercise& exercise, Ledger& ledger, const domain::Unit& unit)
    : exercise_(exercise),
      ledger_(ledger),
      unit_(unit),
      who_(principal("unit." + unit.id, unit.agency, {domain::Role::kUnitTerminal})),
      position_(unit.home),
      work_(exercise.executor) {
    who_.unit_id = unit.id;
}

Task<void> UnitAgent::follow_orders() {
    co_await follow<WatchUnitOrdersResponse>(
        exercise_, "WatchUnitOrders",
        [this](Sink<WatchUnitOrdersResponse>& sink) {
            dispatch::v1::WatchUnitOrdersRequest request;
            *request.mutable_header() = exercise_.read_header();
            request.set_unit_id(unit_.id);
            if (resume_.seq() > 0) *request.mutable_resume() = resume_;
            return exercise_.client.watch_unit_orders(who_, std::move(request), sink);
        },
        [this](const WatchUnitOrdersResponse& message) { take(message); });
}

void UnitAgent::take(const WatchUnitOrdersResponse& message) {
    if (message.has_handshake()) in_snapshot_ = message.handshake().snapshot_follows();
    for (const Order& order : message.upserts()) take_order(order);
    if (message.snapshot_complete()) in_snapshot_ = false;
    if (message.has_resume()) resume_ = message.resume();
    ready_ = ready_ || !in_snapshot_;
}

void UnitAgent::take_order(const Order& order) {
    const auto [known, is_new] = versions_.try_emplace(order.id(), order.version());
    if (!is_new) {
        // A snapshot repeats what is open; a stream may not.
        if (known->second >= order.version() && !in_snapshot_)
            exercise_.record.count(Counter::kMessagesRepeated);
        known->second = std::max(known->second, order.version());
        return;
    }
    if (is_ended(order)) return;
    const MonotonicTime now = exercise_.now();
    exercise_.record.count(Counter::kOrdersDelivered);
    const auto sent = ledger_.sent_at(order.incident_id(), unit_.id);
    if (sent) {
        exercise_.record.took(Stage::kDelivered, now - *sent);
    } else {
        exercise_.record.count(Counter::kOrdersUnexpected);
    }
    work_.start(carry_out(order, now));
}

MonotonicTime UnitAgent::due(const PlannedFact& fact, bool recorded,
                             MonotonicTime delivered_at) const {
    return recorded ? exercise_.pace.at(fact.after)
                    : delivered_at + exercise_.pace.wall(fact.after);
}

Task<void> UnitAgent::carry_out(Order order, MonotonicTime delivered_at) {
    if (!co_await confirm(order, delivered_at)) co_return;
    const Ledger::Case* known = ledger_.find(order.incident_id());
    const bool by_record = exercise_.assign == Assign::kRecorded && known != nullptr;
    const RecordedOrder* recorded = by_record ? recorded_order(*known->report, unit_.id) : nullptr;
    static const ScenarioReport kUnknown{};
    const ScenarioReport& report = known == nullptr ? kUnknown : *known->report;
    const auto target = place_of(order);
    const auto plan = recorded != nullptr
                          ? recorded_plan_of(*recorded, report.scene)
                          : plan_of(unit_, position_, target, report, exercise_.random);
    for (const PlannedFact& fact : plan) {
        if (!co_await exercise_.sleep_until(due(fact, recorded != nullptr, delivered_at)))
            co_return;
        if (fact.fact == OrderFact::kArrived && target) position_ = *target;
        if (!co_await press(order, fact.fact)) co_return;
    }
}

dispatch::v1::OrderFactReport UnitAgent::fact_report(const std::string& order_id) {
    dispatch::v1::OrderFactReport fact;
    fact.set_order_id(order_id);
    fact.set_occurred_at_micros(exercise_.world.estimate(exercise_.now()));
    fact.set_source(dispatch::v1::FACT_SOURCE_BUTTON);
    fact.mutable_position()->set_latitude(position_.latitude());
    fact.mutable_position()->set_longitude(position_.longitude());
    fact.mutable_position()->set_datum(common::v1::DATUM_WGS84);
    return fact;
}

Task<bool> UnitAgent::confirm(const Order& order, MonotonicTime delivered_at) {
    const auto result = co_await send_fact<dispatch::v1::ConfirmDeliveryRequest,
                                           dispatch::v1::ConfirmDeliveryResponse>(
        exercise_, "ConfirmDelivery", who_, &Client::confirm_delivery, fact_report(order.id()));
    if (result) exercise_.record.took(Stage::kDeliveryConfirmed, exercise_.now() - delivered_at);
    co_return result.has_value();
}

Task<bool> UnitAgent::press(const Order& order, OrderFact fact) {
    using namespace dispatch::v1;
    const MonotonicTime pressed_at = exercise_.now();
    auto report = fact_report(order.id());
    Result<Order> result = fail(Code::kInternal, "FACT_UNKNOWN", "no such fact");
    switch (fact) {
    case OrderFact::kSigned:
        result = order_in(co_await send_fact<SignOrderRequest, SignOrderResponse>(
            exercise_, "SignOrder", who_, &Client::sign_order, std::move(report)));
        break;
    case OrderFact::kDeparted:
        result = order_in(co_await send_fact<DepartOrderRequest, DepartOrderResponse>(
            exercise_, "DepartOrder", who_, &Client::depart_order, std::move(report)));
        break;
    case OrderFact::kArrived:
        result = order_in(co_await send_fact<ArriveOrderRequest, ArriveOrderResponse>(
            exercise_, "ArriveOrder", who_, &Client::arrive_order, std::move(report)));
        break;
    default:
        result = order_in(co_await send_fact<ClearOrderRequest, ClearOrderResponse>(
            exercise_, "ClearOrder", who_, &Client::clear_order, std::move(report)));
        break;
    }
    if (!result) co_return false;
    const Stage stage = fact == OrderFact::kSigned ? Stage::kSigned : Stage::kMilestone;
    exercise_.record.took(stage, exercise_.now() - pressed_at);
    note_answer(*result, fact);
    co_return true;
}

void UnitAgent::note_answer(const Order& order, OrderFact fact) {
    if (order.entries_size() > 0 && !order.entries(order.entries_size() - 1).moved_state()) {
        exercise_.record.count(Counter::kFactsLate);
    }
    if (fact != OrderFact::kCleared) return;
    exercise_.record.count(Counter::kOrdersCleared);
    const auto span = [&](WorldSpan which, std::int64_t from, std::int64_t to) {
        if (from != 0 && to != 0) exercise_.record.lasted(which, Duration{to - from});
    };
    span(WorldSpan::kSentToSigned, order.sent_at_micros(), order.signed_at_micros());
    span(WorldSpan::kSentToDeparted, order.sent_at_micros(), order.departed_at_micros());
    span(WorldSpan::kDepartedToArrived, order.departed_at_micros(), order.arrived_at_micros());
    span(WorldSpan::kArrivedToCleared, order.arrived_at_micros(), order.ended_at_micros());
}

}  // namespace liandong::simulator
