#include "services/dispatch/rpc/dispatch_handlers.h"

#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "services/dispatch/rpc/read_requests.h"

#include <algorithm>

namespace liandong::dispatch {
namespace {

using namespace domain;

pb::DistanceModel distance_model(Rung rung) {
    switch (rung) {
    case Rung::kStraightLine: return pb::DISTANCE_MODEL_STRAIGHT_LINE;
    case Rung::kRoadClassSpeeds: return pb::DISTANCE_MODEL_ROAD_CLASS_SPEEDS;
    case Rung::kRoadCalibrated: return pb::DISTANCE_MODEL_ROAD_CALIBRATED;
    case Rung::kNone: break;
    }
    return pb::DISTANCE_MODEL_UNSPECIFIED;
}

void add_journey(const Journey& journey, std::uint32_t target_seconds, pb::Candidate& out) {
    out.set_model(distance_model(journey.rung));
    if (journey.rung == Rung::kNone) return;
    out.set_distance_meters(journey.distance.value);
    out.set_eta_p50_seconds(journey.eta.p50());
    out.set_eta_p90_seconds(journey.eta.p90());
    out.set_turnout_seconds(journey.turnout_seconds);
    out.set_road_seconds(journey.road_seconds);
    out.set_off_road_meters(journey.off_road.value);
    out.set_road_name(std::string(journey.road));
    out.set_fallback_reason(std::string(journey.fallback));
    out.set_closure_seconds(journey.closure_seconds);
    for (const std::string& id : journey.closures) out.add_closure_ids(id);
    if (journey.opposite_seconds) out.set_opposite_seconds(*journey.opposite_seconds);
    if (target_seconds > 0) out.set_within_target(journey.eta.probability_within(target_seconds));
}

pb::Candidate candidate(const Candidate& in, std::span<const UnitRow> rows,
                        std::uint32_t target_seconds, Timestamp now) {
    const UnitRow& row = rows[in.row];
    pb::Candidate out;
    out.set_unit_id(row.unit->id);
    out.set_unit_version(row.version);
    out.set_kind(static_cast<pb::UnitKind>(row.kind));
    add_journey(in.journey, target_seconds, out);
    const auto age =
        std::chrono::duration_cast<std::chrono::seconds>(now - row.position_at).count();
    out.set_position_age_seconds(
        static_cast<std::uint32_t>(std::clamp<std::int64_t>(age, 0, UINT32_MAX)));
    out.set_needs_request(row.relation == CommandRelation::kRequest);
    return out;
}

/// Terminals send numbers above 360 for "not known", and 360 for north.
std::optional<double> heading(const pb::ReportPositionsRequest& fix) {
    if (!fix.has_heading_degrees() || fix.heading_degrees() > 360) return std::nullopt;
    return fix.heading_degrees() % 360;
}

Status check_filter(const pb::ListOrdersRequest& request) {
    if (!request.incident_id().empty()) {
        if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
            return status;
    }
    return request.unit_id().empty() ? Status() : api::check_id(request.unit_id(), "unit_id");
}

/// What incidents of its type usually need.
std::vector<Need> usual_needs(const Incident& incident) {
    std::vector<Need> needs;
    for (const UsualNeed& need : incident.intake.needs)
        needs.push_back({need.capability, {}, static_cast<std::uint32_t>(std::max(need.count, 1))});
    return needs;
}

}  // namespace

Task<Result<pb::ImportUnitsResponse>> DispatchHandlers::import_units(
    CallContext context, pb::ImportUnitsRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto units = read_units(request);
    if (!units) co_return fail(std::move(units.error()));
    const auto settled = co_await service_.import_units(std::move(*mutation), std::move(*units));
    if (!settled) co_return fail(settled.error());
    pb::ImportUnitsResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    response.set_added(settled->outcome.added);
    response.set_replaced(settled->outcome.replaced);
    co_return response;
}

Task<Result<pb::GetUnitResponse>> DispatchHandlers::get_unit(CallContext context,
                                                             pb::GetUnitRequest request) {
    if (auto status = api::check_id(request.unit_id(), "unit_id"); !status)
        co_return fail(status.error());
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    const auto found = co_await service_.find<Unit>(request.unit_id(), context.deadline);
    if (!found) co_return fail(found.error());
    pb::GetUnitResponse response;
    *response.mutable_header() = api::read_header(scope(), found->revision);
    *response.mutable_unit() = api::unit(*found->held.value, found->held.version);
    co_return response;
}

Task<Result<pb::ListUnitsResponse>> DispatchHandlers::list_units(CallContext context,
                                                                 pb::ListUnitsRequest request) {
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto kinds = read_kinds(request.kinds(), "kinds"); !kinds)
        co_return fail(std::move(kinds.error()));
    if (!pb::Availability_IsValid(request.availability())) {
        co_return invalid_field("availability", "ENUM_UNKNOWN", "no such availability");
    }
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    pb::ListUnitsResponse response;
    *response.mutable_header() = api::read_header(scope());
    const auto& table = scope().mirror.table<Unit>();
    for (auto at = table.upper_bound(page->after); at != table.end(); ++at) {
        const Unit& unit = *at->second.value;
        const auto is_kind = [&](int kind) { return kind == static_cast<int>(unit.kind); };
        if (!request.kinds().empty() && std::ranges::none_of(request.kinds(), is_kind)) continue;
        if (request.availability() != pb::AVAILABILITY_UNSPECIFIED &&
            api::read_availability(request.availability()) != availability(unit)) {
            continue;
        }
        if (static_cast<std::size_t>(response.units_size()) == page->size) {
            response.mutable_page()->set_next_token(
                api::page_token(response.units(response.units_size() - 1).id()));
            break;
        }
        *response.add_units() = api::unit(unit, at->second.version);
    }
    co_return response;
}

Task<Result<pb::SetUnitStatusResponse>> DispatchHandlers::set_unit_status(
    CallContext context, pb::SetUnitStatusRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.unit_id(), "unit_id"); !status)
        co_return fail(status.error());
    const auto status = api::read_unit_status(request.status(), "status");
    if (!status) co_return fail(status.error());
    std::optional<Point> position;
    if (request.has_position()) {
        const auto read = api::read_position(request.position(), "position");
        if (!read) co_return fail(read.error());
        position = *read;
    }
    const auto settled =
        co_await service_.set_status(std::move(*mutation), request.unit_id(), *status, position);
    if (!settled) co_return fail(settled.error());
    pb::SetUnitStatusResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    *response.mutable_unit() = api::unit(settled->outcome.units.at(0), settled->revision.seq);
    co_return response;
}

bool DispatchHandlers::is_of_agency(std::string_view unit_id, std::string_view agency) const {
    const auto* held = scope().mirror.find<Unit>(unit_id);
    return held && held->value->agency == agency;
}

Task<Result<pb::ReportPositionsResponse>> DispatchHandlers::report_positions(
    CallContext context, Source<pb::ReportPositionsRequest>& source) {
    using namespace std::chrono_literals;
    pb::ReportPositionsResponse response;
    pb::ReportPositionsRequest fix;
    const auto reject = [&response](std::string_view reason) {
        if (response.rejected() == 0) response.set_first_reason(std::string(reason));
        response.set_rejected(response.rejected() + 1);
    };
    while (co_await source.next(fix)) {
        const Timestamp now = scope().clock.now(), fixed_at = from_micros(fix.fixed_at_micros());
        const auto position = api::read_position(fix.position(), "position");
        if (!context.principal.unit_id.empty() && context.principal.unit_id != fix.unit_id()) {
            reject("NOT_THE_UNIT");
        } else if (api::is_bound_to_agency(context.principal) &&
                   !is_of_agency(fix.unit_id(), context.principal.agency)) {
            reject("NOT_THE_AGENCYS_UNIT");
        } else if (!position) {
            reject(position.error().reason);
        } else if (fixed_at < now - 24h || fixed_at > now + 1min) {
            reject("TIME_OUT_OF_RANGE");
        } else if (!service_.note_position(fix.unit_id(), *position, fixed_at, heading(fix))) {
            reject("UNIT_UNKNOWN");
        } else {
            response.set_accepted(response.accepted() + 1);
        }
    }
    co_return response;
}

Task<Result<pb::RecommendUnitsResponse>> DispatchHandlers::recommend_units(
    CallContext context, pb::RecommendUnitsRequest request) {
    auto needs = read_needs(request);
    if (!needs) co_return fail(std::move(needs.error()));
    if (request.alternatives() > 20)
        co_return invalid_field("alternatives", "TOO_MANY", "at most 20");
    constexpr std::uint32_t kTargetSeconds_max = 86'400;
    if (request.target_seconds() > kTargetSeconds_max)
        co_return invalid_field("target_seconds", "TIME_OUT_OF_RANGE", "at most 86400");
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    RecommendWish wish{
        .place = {}, .needs = std::move(*needs), .alternatives = request.alternatives()};
    if (request.has_position()) {
        const auto position = api::read_position(request.position(), "position");
        if (!position) co_return fail(position.error());
        if (request.heading_degrees() >= 360) {
            co_return invalid_field("heading_degrees", "HEADING_OUT_OF_RANGE",
                                    "degrees clockwise from north, below 360");
        }
        wish.place = Destination(*position, request.has_heading_degrees()
                                                ? std::optional<double>(request.heading_degrees())
                                                : std::nullopt);
    } else {
        if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
            co_return fail(status.error());
        const auto incident =
            co_await service_.find<Incident>(request.incident_id(), context.deadline);
        if (!incident) co_return fail(incident.error());
        const Place& place = incident->held.value->place;
        if (place.position) wish.place = Destination(*place.position, place.heading_degrees);
        const Incident& wanted = *incident->held.value;
        if (auto status = check_verified(wanted, request.accept_unverified_alarm()); !status)
            co_return fail(status.error());
        if (wish.needs.empty()) wish.needs = usual_needs(wanted);
        if (wish.needs.empty())
            co_return invalid_field("needs", "LIST_EMPTY", "nothing is known of what it needs");
    }
    const Recommendation answer = service_.recommend(wish);
    const Timestamp now = scope().clock.now();
    pb::RecommendUnitsResponse response;
    *response.mutable_header() = api::read_header(scope());
    response.set_place_unknown(!wish.place);
    if (const auto& place = answer.found.place_on_road) {
        response.set_place_on_road(true);
        response.set_place_off_road_meters(place->distance.value);
        response.set_place_road_name(std::string(place->road));
        response.set_place_divided(place->is_divided);
    }
    if (const auto& closed = answer.found.closed_road) {
        response.set_place_road_closed(true);
        response.set_place_closed_road_name(std::string(closed->road));
        for (const std::string& id : closed->closures) response.add_place_closure_ids(id);
    }
    const auto list = [&](const std::vector<Candidate>& candidates, std::string_view reason,
                          google::protobuf::RepeatedPtrField<pb::Candidate>& out) {
        for (const Candidate& item : candidates) {
            *out.Add() = candidate(item, answer.rows, request.target_seconds(), now);
            out.rbegin()->set_reason(std::string(reason));
        }
    };
    for (std::size_t i = 0; i < answer.found.needs.size(); ++i) {
        const FilledNeed& need = answer.found.needs[i];
        pb::FilledNeed& out = *response.add_needs();
        out.set_need_index(static_cast<std::uint32_t>(i));
        list(need.chosen, "CLOSEST", *out.mutable_chosen());
        list(need.alternatives, "ALTERNATIVE", *out.mutable_alternatives());
        out.set_missing(static_cast<std::uint32_t>(need.missing));
        out.set_missing_reason(std::string(need.missing_reason));
    }
    co_return response;
}

Task<Result<pb::DispatchUnitsResponse>> DispatchHandlers::dispatch_units(
    CallContext context, pb::DispatchUnitsRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto wish = read_wish(request);
    if (!wish) co_return fail(std::move(wish.error()));
    const auto settled = co_await service_.dispatch(std::move(*mutation), std::move(*wish));
    if (!settled) co_return fail(settled.error());
    pb::DispatchUnitsResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    for (const Order& item : settled->outcome.orders) {
        *response.add_orders() = api::order(
            item, settled->revision.seq, &settled->outcome.incidents.at(0), scope().scope.district);
    }
    for (const LostUnit& item : settled->outcome.lost) {
        pb::LostUnit& lost = *response.add_lost();
        lost.set_unit_id(item.unit_id);
        lost.set_reason(item.reason);
        lost.set_holder_order_id(item.holder_order_id);
        lost.set_holder_incident_id(item.holder_incident_id);
    }
    co_return response;
}

pb::Order DispatchHandlers::order(const store::Versioned<Order>& held) const {
    const auto* incident = scope().mirror.find<Incident>(held.value->incident_id);
    return api::order(*held.value, held.version, incident ? incident->value.get() : nullptr,
                      scope().scope.district);
}

Task<Result<pb::GetOrderResponse>> DispatchHandlers::get_order(CallContext context,
                                                               pb::GetOrderRequest request) {
    if (auto status = api::check_id(request.order_id(), "order_id"); !status)
        co_return fail(status.error());
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    const auto found = co_await service_.find<Order>(request.order_id(), context.deadline);
    if (!found) co_return fail(found.error());
    pb::GetOrderResponse response;
    *response.mutable_header() = api::read_header(scope(), found->revision);
    *response.mutable_order() = order(found->held);
    co_return response;
}

Task<Result<pb::ListOrdersResponse>> DispatchHandlers::list_orders(CallContext context,
                                                                   pb::ListOrdersRequest request) {
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto status = check_filter(request); !status) co_return fail(std::move(status.error()));
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    pb::ListOrdersResponse response;
    *response.mutable_header() = api::read_header(scope());
    const auto& table = scope().mirror.table<Order>();
    for (auto at = table.upper_bound(page->after); at != table.end(); ++at) {
        const Order& item = *at->second.value;
        if (!request.include_ended() && is_ended(item.state)) continue;
        if (!request.incident_id().empty() && request.incident_id() != item.incident_id) continue;
        if (!request.unit_id().empty() && request.unit_id() != item.unit_id) continue;
        if (static_cast<std::size_t>(response.orders_size()) == page->size) {
            response.mutable_page()->set_next_token(
                api::page_token(response.orders(response.orders_size() - 1).id()));
            break;
        }
        *response.add_orders() = order(at->second);
    }
    co_return response;
}

template <class Response, class Request>
Task<Result<Response>> DispatchHandlers::record(CallContext context, Request request,
                                                OrderFact fact) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto report = read_fact(request.fact(), fact);
    if (!report) co_return fail(std::move(report.error()));
    const auto settled = co_await service_.record(std::move(*mutation), std::move(*report));
    if (!settled) co_return fail(settled.error());
    Response response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    *response.mutable_order() =
        api::order(settled->outcome.orders.at(0), settled->revision.seq,
                   &settled->outcome.incidents.at(0), scope().scope.district);
    co_return response;
}

Task<Result<pb::ConfirmDeliveryResponse>> DispatchHandlers::confirm_delivery(
    CallContext context, pb::ConfirmDeliveryRequest request) {
    return record<pb::ConfirmDeliveryResponse>(std::move(context), std::move(request),
                                               OrderFact::kDelivered);
}
Task<Result<pb::SignOrderResponse>> DispatchHandlers::sign_order(CallContext context,
                                                                 pb::SignOrderRequest request) {
    return record<pb::SignOrderResponse>(std::move(context), std::move(request),
                                         OrderFact::kSigned);
}
Task<Result<pb::DepartOrderResponse>> DispatchHandlers::depart_order(
    CallContext context, pb::DepartOrderRequest request) {
    return record<pb::DepartOrderResponse>(std::move(context), std::move(request),
                                           OrderFact::kDeparted);
}
Task<Result<pb::ArriveOrderResponse>> DispatchHandlers::arrive_order(
    CallContext context, pb::ArriveOrderRequest request) {
    return record<pb::ArriveOrderResponse>(std::move(context), std::move(request),
                                           OrderFact::kArrived);
}
Task<Result<pb::ClearOrderResponse>> DispatchHandlers::clear_order(CallContext context,
                                                                   pb::ClearOrderRequest request) {
    return record<pb::ClearOrderResponse>(std::move(context), std::move(request),
                                          OrderFact::kCleared);
}
Task<Result<pb::DeclineOrderResponse>> DispatchHandlers::decline_order(
    CallContext context, pb::DeclineOrderRequest request) {
    return record<pb::DeclineOrderResponse>(std::move(context), std::move(request),
                                            OrderFact::kDeclined);
}

Task<Result<pb::CancelOrderResponse>> DispatchHandlers::cancel_order(
    CallContext context, pb::CancelOrderRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.order_id(), "order_id"); !status)
        co_return fail(status.error());
    if (auto status = api::check_text(request.reason(), 200, "reason"); !status)
        co_return fail(status.error());
    if (request.reason().empty())
        co_return invalid_field("reason", "REASON_MISSING", "say why the order is cancelled");
    FactReport report;
    report.order_id = request.order_id();
    report.fact = OrderFact::kCancelled;
    report.reason = request.reason();
    const auto settled = co_await service_.record(std::move(*mutation), std::move(report));
    if (!settled) co_return fail(settled.error());
    pb::CancelOrderResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    *response.mutable_order() =
        api::order(settled->outcome.orders.at(0), settled->revision.seq,
                   &settled->outcome.incidents.at(0), scope().scope.district);
    co_return response;
}

}  // namespace liandong::dispatch
