#include "tests/bench/messages.h"

#include "common/base/clock.h"
#include "common/base/id.h"

#include <fmt/format.h>
#include <grpcpp/client_context.h>

#include <algorithm>

namespace liandong::bench {
namespace {

constexpr std::size_t kUnitsPerImport = 200;

/// A kind and what such units can do, in turn.
struct UnitType {
    dispatch_pb::UnitKind kind;
    std::string_view capability;
};
constexpr UnitType kTypes[] = {
    {dispatch_pb::UNIT_KIND_POLICE_PATROL, "police"},
    {dispatch_pb::UNIT_KIND_AMBULANCE, "ambulance_als"},
    {dispatch_pb::UNIT_KIND_FIRE_ENGINE, "rescue"},
    {dispatch_pb::UNIT_KIND_PATROL_TEAM, "patrol"},
    {dispatch_pb::UNIT_KIND_VOLUNTEER, "first_aid"},
};

common_pb::ResponseHeader typical_header() {
    common_pb::ResponseHeader header;
    header.mutable_revision()->set_epoch(1);
    header.mutable_revision()->set_seq(123'456);
    header.set_durability(common_pb::DURABILITY_LOCAL);
    header.set_server_time_micros(1'800'000'000'000'000);
    return header;
}

constexpr char kId[] = "018f3a5c-7b1e-8abc-9def-0123456789ab";

}  // namespace

void prepare(grpc::ClientContext& context) {
    context.AddMetadata("liandong-principal", std::string(kPrincipal));
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(5));
}

std::string Messages::unit_id(std::size_t number) { return fmt::format("u{:05}", number); }

common_pb::Scope Messages::scope() {
    common_pb::Scope scope;
    scope.set_world("bench");
    scope.set_district("420981");
    return scope;
}

common_pb::MutationHeader Messages::header() {
    common_pb::MutationHeader header;
    *header.mutable_scope() = scope();
    header.set_request_id(make_uuid_v7(SystemClock().now(), ids_));
    return header;
}

common_pb::ReadHeader Messages::read_header(const common_pb::ResponseHeader& after) const {
    common_pb::ReadHeader header;
    *header.mutable_scope() = scope();
    if (after.has_revision()) *header.mutable_min_revision() = after.revision();
    return header;
}

common_pb::Position Messages::position() {
    common_pb::Position position;
    position.set_latitude(30.72 + 0.42 * random_.unit());
    position.set_longitude(113.33 + 0.44 * random_.unit());
    position.set_datum(common_pb::DATUM_WGS84);
    return position;
}

std::vector<intake_pb::ReportIncidentRequest> Messages::reports(std::size_t count) {
    std::vector<intake_pb::ReportIncidentRequest> requests(count);
    for (auto& request : requests) {
        *request.mutable_header() = header();
        request.set_channel(intake_pb::CHANNEL_PHONE_110);
        request.set_words("城中街道蒲阳大道与古城大道路口,两车相撞,一人受伤,道路堵塞,请速来人。");
        request.set_words_charset("utf-8");
        request.mutable_reporter()->set_name("张某某");
        request.mutable_reporter()->set_phone("13800000000");
        request.set_type_code("traffic_accident");
        *request.mutable_position() = position();
        request.set_accuracy_meters(30);
        request.set_address("城中街道蒲阳大道88号");
        request.set_area_code("420981001");
    }
    return requests;
}

std::vector<dispatch_pb::ImportUnitsRequest> Messages::imports(std::size_t first,
                                                               std::size_t count) {
    std::vector<dispatch_pb::Unit> units(count);
    for (std::size_t i = 0; i < count; ++i) {
        const UnitType& type = kTypes[i % std::size(kTypes)];
        dispatch_pb::Unit& unit = units[i];
        unit.set_id(unit_id(first + i));
        unit.set_call_sign(fmt::format("应急{:05}", first + i));
        unit.set_agency("420981-desk");
        unit.set_kind(type.kind);
        unit.add_capabilities(std::string(type.capability));
        unit.set_crew(4);
        unit.set_station("城中派出所");
        unit.set_area_code("420981001");
        *unit.mutable_home() = position();
    }
    return imports(std::move(units));
}

std::vector<dispatch_pb::ImportUnitsRequest> Messages::imports(
    std::vector<dispatch_pb::Unit> units) {
    std::vector<dispatch_pb::ImportUnitsRequest> requests;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (i % kUnitsPerImport == 0) *requests.emplace_back().mutable_header() = header();
        *requests.back().add_units() = std::move(units[i]);
    }
    return requests;
}

dispatch_pb::DispatchUnitsRequest Messages::dispatch(std::string_view incident_id,
                                                     std::span<const std::string> unit_ids) {
    dispatch_pb::DispatchUnitsRequest request;
    *request.mutable_header() = header();
    request.set_incident_id(std::string(incident_id));
    for (const std::string& id : unit_ids) request.add_unit_ids(id);
    request.set_conflict_rule(dispatch_pb::CONFLICT_RULE_ALL_OR_NONE);
    request.set_note("两车相撞,一人受伤");
    return request;
}

dispatch_pb::ClearOrderRequest Messages::clear(std::string_view order_id) {
    dispatch_pb::ClearOrderRequest request;
    *request.mutable_header() = header();
    request.mutable_fact()->set_order_id(std::string(order_id));
    request.mutable_fact()->set_source(dispatch_pb::FACT_SOURCE_ON_BEHALF);
    return request;
}

std::vector<dispatch_pb::RecommendUnitsRequest> Messages::recommends(std::size_t count) {
    std::vector<dispatch_pb::RecommendUnitsRequest> requests(count);
    for (auto& request : requests) {
        *request.mutable_header()->mutable_scope() = scope();
        *request.mutable_position() = position();
        dispatch_pb::Need& medics = *request.add_needs();
        medics.add_kinds(dispatch_pb::UNIT_KIND_AMBULANCE);
        medics.set_count(2);
        dispatch_pb::Need& rescue = *request.add_needs();
        rescue.set_capability("rescue");
        rescue.set_count(1);
        request.set_alternatives(5);
    }
    return requests;
}

intake_pb::ReportIncidentResponse typical_report_response() {
    intake_pb::ReportIncidentResponse response;
    *response.mutable_header() = typical_header();
    response.set_report_id(kId);
    response.set_incident_id(kId);
    response.set_report_number("420981-20260718-000123");
    response.set_incident_number("420981-20260718-000123");
    return response;
}

dispatch_pb::DispatchUnitsResponse typical_dispatch_response() {
    dispatch_pb::DispatchUnitsResponse response;
    *response.mutable_header() = typical_header();
    for (int i = 0; i < 3; ++i) {
        dispatch_pb::Order& order = *response.add_orders();
        order.set_id(kId);
        order.set_version(123'456);
        order.set_incident_id(kId);
        order.set_incident_number("420981-20260718-000123");
        order.set_unit_id("u00001");
        order.set_state(dispatch_pb::ORDER_STATE_SENT);
        order.set_ordered_by("bench");
        order.set_note("两车相撞,一人受伤");
        order.set_sent_at_micros(1'800'000'000'000'000);
        common_pb::Place& place = *order.mutable_place();
        place.mutable_position()->set_latitude(30.93);
        place.mutable_position()->set_longitude(113.57);
        place.mutable_position()->set_datum(common_pb::DATUM_WGS84);
        place.set_accuracy_meters(30);
        place.set_address("城中街道蒲阳大道88号");
        place.set_area_code("420981001");
        order.set_type_code("traffic_accident");
    }
    return response;
}

}  // namespace liandong::bench
