#include "services/dispatch/rpc/closures.h"

#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "services/dispatch/rpc/dispatch_handlers.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::dispatch {
namespace {

using namespace domain;

constexpr std::pair<v1::RoadUser, Stops> kUsers[] = {{v1::ROAD_USER_EMERGENCY, kStopsEmergency},
                                                     {v1::ROAD_USER_CAR, kStopsCars},
                                                     {v1::ROAD_USER_BICYCLE, kStopsBicycles},
                                                     {v1::ROAD_USER_FOOT, kStopsFoot}};
constexpr std::uint32_t kSizeCentimeters_max = 2'000;
constexpr std::uint32_t kWeightKilograms_max = 500'000;
constexpr std::int64_t kYear2200Micros = 7'258'118'400'000'000;

v1::ClosureState state_of(const Closure& closure, Timestamp now) {
    if (is_set(closure.lifted_at)) return v1::CLOSURE_STATE_LIFTED;
    if (now >= closure.expires_at) return v1::CLOSURE_STATE_EXPIRED;
    return now < closure.begins_at ? v1::CLOSURE_STATE_PLANNED : v1::CLOSURE_STATE_IN_FORCE;
}

Status check_size(std::uint32_t value, std::uint32_t most, std::string field) {
    if (value <= most) return {};
    return invalid_field(std::move(field), "SIZE_OUT_OF_RANGE",
                         fmt::format("{}, the limit is {}", value, most));
}

Status read_facts(const v1::Closure& in, Closure& out) {
    if (in.reason() == v1::CLOSURE_REASON_UNSPECIFIED)
        return invalid_field("closure.reason", "REASON_MISSING", "say why the road is closed");
    if (!v1::ClosureReason_IsValid(in.reason()))
        return invalid_field("closure.reason", "ENUM_UNKNOWN", "no such reason");
    out.reason = static_cast<ClosureReason>(in.reason());
    if (auto status = check_size(in.height_max_cm(), kSizeCentimeters_max, "closure.height_max_cm");
        !status)
        return status;
    if (auto status = check_size(in.width_max_cm(), kSizeCentimeters_max, "closure.width_max_cm");
        !status)
        return status;
    if (auto status = check_size(in.weight_max_kg(), kWeightKilograms_max, "closure.weight_max_kg");
        !status)
        return status;
    out.height_max_cm = in.height_max_cm();
    out.width_max_cm = in.width_max_cm();
    out.weight_max_kg = in.weight_max_kg();
    if (auto status = api::check_text(in.note(), kClosureNote_max, "closure.note"); !status)
        return status;
    out.note = in.note();
    return {};
}

Status read_places(const v1::Closure& in, Closure& out) {
    const auto at = api::read_position(in.at(), "closure.at");
    if (!at) return fail(at.error());
    out.at = *at;
    out.reported_datum = static_cast<Datum>(in.at().datum());
    if (in.has_to()) {
        const auto to = api::read_position(in.to(), "closure.to");
        if (!to) return fail(to.error());
        out.to = *to;
    }
    if (!in.has_heading_degrees()) return {};
    if (in.heading_degrees() >= 360) {
        return invalid_field("closure.heading_degrees", "HEADING_OUT_OF_RANGE",
                             "degrees clockwise from north, below 360");
    }
    out.heading_degrees = static_cast<std::int32_t>(in.heading_degrees());
    return {};
}

Status read_users(const v1::Closure& in, Closure& out) {
    if (in.stops().empty()) return {};
    out.stops = 0;
    for (int i = 0; i < in.stops_size(); ++i) {
        const std::string field = fmt::format("closure.stops[{}]", i);
        std::uint8_t bit = 0;
        for (const auto& [user, stop] : kUsers) {
            if (in.stops(i) == user) bit = stop;
        }
        if (bit == 0) return invalid_field(field, "ENUM_UNKNOWN", "no such road user");
        if ((out.stops & bit) != 0) return invalid_field(field, "DUPLICATE", "named twice");
        out.stops = static_cast<std::uint8_t>(out.stops | bit);
    }
    return {};
}

Result<Timestamp> read_time(std::int64_t micros, std::string field) {
    if (micros < 0 || micros > kYear2200Micros)
        return invalid_field(std::move(field), "TIME_OUT_OF_RANGE", "microseconds since 1970 UTC");
    return from_micros(micros);
}

}  // namespace

v1::Closure closure_message(const Closure& closure, std::uint64_t version, Timestamp now) {
    v1::Closure out;
    out.set_id(closure.id);
    out.set_version(version);
    out.set_reason(static_cast<v1::ClosureReason>(closure.reason));
    *out.mutable_at() = api::position(closure.at);
    if (closure.to) *out.mutable_to() = api::position(*closure.to);
    if (closure.heading_degrees)
        out.set_heading_degrees(static_cast<std::uint32_t>(*closure.heading_degrees));
    for (const auto& [user, bit] : kUsers) {
        if ((closure.stops & bit) != 0) out.add_stops(user);
    }
    out.set_height_max_cm(closure.height_max_cm);
    out.set_width_max_cm(closure.width_max_cm);
    out.set_weight_max_kg(closure.weight_max_kg);
    out.set_begins_at_micros(to_micros(closure.begins_at));
    out.set_expires_at_micros(to_micros(closure.expires_at));
    out.set_note(closure.note);
    out.set_author(closure.author);
    out.set_agency(closure.agency);
    out.set_on_behalf_of(closure.on_behalf_of);
    out.set_recorded_at_micros(to_micros(closure.recorded_at));
    out.set_lifted_at_micros(to_micros(closure.lifted_at));
    out.set_lifted_by(closure.lifted_by);
    out.set_lift_reason(closure.lift_reason);
    out.set_state(state_of(closure, now));
    return out;
}

v1::ClosureEffect effect_message(const ClosureEffect& effect) {
    v1::ClosureEffect out;
    out.set_idle_reason(std::string(effect.idle_reason));
    out.set_road_name(std::string(effect.road));
    out.set_off_road_meters(effect.off_road.value);
    out.set_roads(static_cast<std::uint32_t>(effect.roads));
    out.set_length_meters(effect.length.value);
    return out;
}

Result<Closure> read_closure(const v1::Closure& in) {
    Closure closure;
    for (const auto read : {read_facts, read_places, read_users}) {
        if (auto status = read(in, closure); !status) return fail(std::move(status.error()));
    }
    const auto begins = read_time(in.begins_at_micros(), "closure.begins_at_micros");
    if (!begins) return fail(begins.error());
    const auto expires = read_time(in.expires_at_micros(), "closure.expires_at_micros");
    if (!expires) return fail(expires.error());
    if (in.expires_at_micros() == 0) {
        return invalid_field("closure.expires_at_micros", "EXPIRES_MISSING",
                             "say until when the road is closed");
    }
    closure.begins_at = *begins;
    closure.expires_at = *expires;
    return closure;
}

pb::Closure DispatchHandlers::closure(const Closure& closure, std::uint64_t version) {
    const Timestamp now = scope().clock.now();
    pb::Closure out = closure_message(closure, version, now);
    if (!is_over(closure, now)) *out.mutable_effect() = effect_message(service_.effect_of(closure));
    return out;
}

Task<Result<pb::CloseRoadResponse>> DispatchHandlers::close_road(CallContext context,
                                                                 pb::CloseRoadRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto wish = read_closure(request.closure());
    if (!wish) co_return fail(std::move(wish.error()));
    const auto settled = co_await service_.close_road(std::move(*mutation), std::move(*wish));
    if (!settled) co_return fail(settled.error());
    pb::CloseRoadResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    *response.mutable_closure() = closure(settled->outcome.closures.at(0), settled->revision.seq);
    co_return response;
}

Task<Result<pb::ReopenRoadResponse>> DispatchHandlers::reopen_road(CallContext context,
                                                                   pb::ReopenRoadRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.closure_id(), "closure_id"); !status)
        co_return fail(status.error());
    if (auto status = api::check_text(request.reason(), kClosureNote_max, "reason"); !status)
        co_return fail(status.error());
    const auto settled =
        co_await service_.reopen_road(std::move(*mutation), request.closure_id(), request.reason());
    if (!settled) co_return fail(settled.error());
    pb::ReopenRoadResponse response;
    *response.mutable_header() = api::mutation_header(scope(), settled->revision);
    *response.mutable_closure() = closure(settled->outcome.closures.at(0), settled->revision.seq);
    co_return response;
}

Task<Result<pb::ListClosuresResponse>> DispatchHandlers::list_closures(
    CallContext context, pb::ListClosuresRequest request) {
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto status = co_await api::reach(scope(), request.header(), context.deadline); !status) {
        co_return fail(status.error());
    }
    pb::ListClosuresResponse response;
    *response.mutable_header() = api::read_header(scope());
    const Timestamp now = scope().clock.now();
    const auto& table = scope().mirror.table<Closure>();
    for (auto at = table.upper_bound(page->after); at != table.end(); ++at) {
        if (!request.include_all() && !is_in_force(*at->second.value, now)) continue;
        if (static_cast<std::size_t>(response.closures_size()) == page->size) {
            response.mutable_page()->set_next_token(
                api::page_token(response.closures(response.closures_size() - 1).id()));
            break;
        }
        *response.add_closures() = closure(*at->second.value, at->second.version);
    }
    co_return response;
}

}  // namespace liandong::dispatch
