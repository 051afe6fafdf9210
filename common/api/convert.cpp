#include "common/api/convert.h"

#include "common/api/put_intake.h"
#include "common/base/id.h"
#include "common/base/utf8.h"

#include <fmt/format.h>

namespace liandong::api {
namespace {

using namespace domain;

template <class Out, class In> Out one_above(In value) {
    return static_cast<Out>(static_cast<int>(value) + 1);
}

template <class Out, class In> Out same(In value) {
    return static_cast<Out>(static_cast<int>(value));
}

std::unexpected<Error> unknown_enum(int value, std::string_view field) {
    return invalid_field(std::string(field), "ENUM_UNKNOWN",
                         fmt::format("{} is no value of this enumeration", value));
}

/// Domain enum whose numbers are the API's, `last` being the highest.
template <class Out> Result<Out> read_same(int value, Out last, std::string_view field) {
    if (value < 0 || value > static_cast<int>(last)) return unknown_enum(value, field);
    return static_cast<Out>(value);
}

}  // namespace

common_pb::Position position(Point point) {
    common_pb::Position out;
    out.set_latitude(point.latitude());
    out.set_longitude(point.longitude());
    out.set_datum(common_pb::DATUM_WGS84);
    return out;
}

common_pb::Place place(const Place& place) {
    common_pb::Place out;
    if (place.position) *out.mutable_position() = position(*place.position);
    out.set_accuracy_meters(place.accuracy.value);
    out.set_address(place.address);
    out.set_area_code(place.area_code);
    if (place.heading_degrees)
        out.set_heading_degrees(static_cast<std::uint32_t>(*place.heading_degrees));
    out.set_area_distance_meters(place.area_distance.value);
    return out;
}

common_pb::Level level(const Level& level) {
    common_pb::Level out;
    out.set_scale(same<common_pb::LevelScale>(level.scale));
    out.set_code(level.code);
    out.set_authority(level.authority);
    return out;
}

intake_pb::Correction correction(const Correction& correction) {
    intake_pb::Correction out;
    out.set_field(correction.field);
    out.set_reason(correction.reason);
    out.set_received(correction.received);
    return out;
}

intake_pb::Alarm alarm(const Alarm& alarm) {
    intake_pb::Alarm out;
    out.set_kind(same<intake_pb::ClockKind>(alarm.kind));
    out.set_steps(static_cast<std::uint32_t>(alarm.steps));
    out.set_started_at_micros(to_micros(alarm.started_at));
    out.set_rung_at_micros(to_micros(alarm.rung_at));
    out.set_rung_for(same<intake_pb::DutyRole>(alarm.rung_for));
    out.set_person(alarm.person);
    out.set_owner(alarm.owner);
    out.set_owned_at_micros(to_micros(alarm.owned_at));
    return out;
}

namespace {

void put_desk_work(const Incident& incident, intake_pb::Incident& out) {
    out.set_phase(one_above<intake_pb::IncidentPhase>(phase_of(incident)));
    out.set_note_count(static_cast<std::uint32_t>(incident.note_count));
    for (const std::string& hazard : incident.hazards) out.add_hazards(hazard);
    out.set_triaged_at_micros(to_micros(incident.triaged_at));
    out.set_controlled_at_micros(to_micros(incident.controlled_at));
    out.set_feedback_at_micros(to_micros(incident.feedback_at));
    out.set_reviewed_at_micros(to_micros(incident.reviewed_at));
    out.set_claimed_by(incident.claimed_by);
    out.set_claimed_at_micros(to_micros(incident.claimed_at));
    out.set_linked_to(incident.linked_to);
    out.set_unread(incident.unread);
    out.set_is_master(incident.is_master);
    out.set_linked_count(static_cast<std::uint32_t>(incident.linked_count));
    out.set_linked_report_count(static_cast<std::uint32_t>(incident.linked_report_count));
    out.set_reopened_count(static_cast<std::uint32_t>(incident.reopened_count));
    for (const Alarm& rang : incident.alarms) *out.add_alarms() = alarm(rang);
    out.set_response_level(static_cast<std::uint32_t>(incident.response_level));
    out.set_response_by(incident.response_by);
    out.set_response_at_micros(to_micros(incident.response_at));
    out.set_transfer_id(incident.transfer_id);
    out.set_duty_report_since_micros(to_micros(incident.duty_report_since));
    out.set_duty_report_count(static_cast<std::uint32_t>(incident.duty_report_count));
    out.set_duty_report_final(incident.duty_report_final);
    put_intake(incident.intake, out);
}

}  // namespace

intake_pb::Incident incident(const Incident& incident, std::uint64_t version,
                             std::string_view district) {
    intake_pb::Incident out;
    out.set_id(incident.id);
    out.set_number(readable_number(district, incident.serial_date, incident.serial));
    out.set_version(version);
    out.set_state(one_above<intake_pb::IncidentState>(incident.state));
    out.set_type_code(incident.type_code);
    *out.mutable_level() = level(incident.level);
    out.set_life_threatening(incident.life_threatening);
    out.set_needs_correction(incident.needs_correction);
    *out.mutable_place() = place(incident.place);
    out.set_summary(incident.summary);
    out.set_agency(incident.agency);
    out.set_report_count(static_cast<std::uint32_t>(incident.report_count));
    for (const std::string& id : incident.report_ids) out.add_report_ids(id);
    for (const IncidentOrder& item : incident.orders) {
        intake_pb::IncidentOrder& order = *out.add_orders();
        order.set_order_id(item.order_id);
        order.set_unit_id(item.unit_id);
        order.set_state(std::string(to_string(static_cast<OrderState>(item.progress))));
    }
    for (const OpenDemand& item : incident.open_demand) {
        intake_pb::OpenDemand& demand = *out.add_open_demand();
        demand.set_wanted(item.wanted);
        demand.set_reason(item.reason);
        demand.set_holder(item.holder);
        demand.set_since_micros(to_micros(item.since));
    }
    out.set_received_at_micros(to_micros(incident.received_at));
    out.set_dispatched_at_micros(to_micros(incident.dispatched_at));
    out.set_acknowledged_at_micros(to_micros(incident.acknowledged_at));
    out.set_departed_at_micros(to_micros(incident.departed_at));
    out.set_arrived_at_micros(to_micros(incident.arrived_at));
    out.set_handled_at_micros(to_micros(incident.handled_at));
    out.set_closed_at_micros(to_micros(incident.closed_at));
    out.set_disposition(same<intake_pb::Disposition>(incident.disposition));
    put_desk_work(incident, out);
    return out;
}

intake_pb::Report report(const Report& report, std::string_view district) {
    intake_pb::Report out;
    out.set_id(report.id);
    out.set_number(readable_number(district, report.serial_date, report.serial));
    out.set_incident_id(report.incident_id);
    out.set_channel(same<intake_pb::Channel>(report.channel));
    out.set_source_id(to_displayable(report.source_id));
    out.set_words(report.words);
    out.set_words_charset(to_displayable(report.words_charset));
    out.set_type_code(report.type_code);
    *out.mutable_place() = place(report.place);
    out.set_occurred_at_micros(to_micros(report.occurred_at));
    out.set_rung_at_micros(to_micros(report.rung_at));
    out.set_answered_at_micros(to_micros(report.answered_at));
    out.set_recorded_at_micros(to_micros(report.recorded_at));
    out.set_recorded_by(report.recorded_by);
    for (const Correction& item : report.corrections) *out.add_corrections() = correction(item);
    out.set_call_end(same<intake_pb::CallEnd>(report.call_end));
    return out;
}

dispatch_pb::Unit unit(const Unit& unit, std::uint64_t version) {
    dispatch_pb::Unit out;
    out.set_id(unit.id);
    out.set_call_sign(unit.call_sign);
    out.set_agency(unit.agency);
    out.set_kind(same<dispatch_pb::UnitKind>(unit.kind));
    out.set_relation(one_above<dispatch_pb::CommandRelation>(unit.relation));
    for (const std::string& capability : unit.capabilities) out.add_capabilities(capability);
    out.set_crew(static_cast<std::uint32_t>(unit.crew));
    out.set_station(unit.station);
    out.set_area_code(unit.area_code);
    *out.mutable_home() = position(unit.home);
    *out.mutable_position() = position(unit.position);
    out.set_position_at_micros(to_micros(unit.position_at));
    out.set_status(one_above<dispatch_pb::UnitStatus>(unit.status));
    out.set_availability(one_above<dispatch_pb::Availability>(availability(unit)));
    out.set_status_since_micros(to_micros(unit.status_since));
    out.set_active_order_id(unit.active_order_id);
    out.set_active_incident_id(unit.active_incident_id);
    out.set_version(version);
    return out;
}

dispatch_pb::Order order(const Order& order, std::uint64_t version, const Incident* incident,
                         std::string_view district) {
    dispatch_pb::Order out;
    out.set_id(order.id);
    out.set_version(version);
    out.set_incident_id(order.incident_id);
    out.set_unit_id(order.unit_id);
    out.set_state(one_above<dispatch_pb::OrderState>(order.state));
    out.set_ordered_by(order.ordered_by);
    out.set_note(order.note);
    out.set_sent_at_micros(to_micros(order.sent_at));
    out.set_delivered_at_micros(to_micros(milestone(order, OrderFact::kDelivered)));
    out.set_signed_at_micros(to_micros(milestone(order, OrderFact::kSigned)));
    out.set_departed_at_micros(to_micros(milestone(order, OrderFact::kDeparted)));
    out.set_arrived_at_micros(to_micros(milestone(order, OrderFact::kArrived)));
    for (OrderFact fact : {OrderFact::kCleared, OrderFact::kDeclined, OrderFact::kCancelled}) {
        if (const Timestamp ended = milestone(order, fact); is_set(ended))
            out.set_ended_at_micros(to_micros(ended));
    }
    for (const OrderEntry& item : order.entries) {
        dispatch_pb::OrderEntry& entry = *out.add_entries();
        entry.set_fact(one_above<dispatch_pb::OrderFact>(item.fact));
        entry.set_occurred_at_micros(to_micros(item.occurred_at));
        entry.set_recorded_at_micros(to_micros(item.recorded_at));
        entry.set_source(same<dispatch_pb::FactSource>(item.source));
        entry.set_by(item.by);
        entry.set_reason(item.reason);
        entry.set_moved_state(item.moved_state);
    }
    if (incident) {
        out.set_incident_number(readable_number(district, incident->serial_date, incident->serial));
        *out.mutable_place() = place(incident->place);
        out.set_type_code(incident->type_code);
    }
    return out;
}

publicinfo_pb::Bulletin bulletin(const Bulletin& bulletin, std::uint64_t version) {
    publicinfo_pb::Bulletin out;
    out.set_id(bulletin.id);
    out.set_version(version);
    out.set_kind(same<publicinfo_pb::BulletinKind>(bulletin.kind));
    out.set_state(one_above<publicinfo_pb::BulletinState>(bulletin.state));
    out.set_exercise(bulletin.exercise);
    out.set_incident_id(bulletin.incident_id);
    *out.mutable_level() = level(bulletin.level);
    for (const BulletinText& item : bulletin.texts) {
        publicinfo_pb::BulletinText& text = *out.add_texts();
        text.set_language(item.language);
        text.set_headline(item.headline);
        text.set_body(item.body);
    }
    for (const std::string& code : bulletin.area_codes) out.add_area_codes(code);
    out.set_expires_at_micros(to_micros(bulletin.expires_at));
    out.set_author(bulletin.author);
    out.set_approver(bulletin.approver);
    out.set_published_by(bulletin.published_by);
    out.set_drafted_at_micros(to_micros(bulletin.drafted_at));
    out.set_approved_at_micros(to_micros(bulletin.approved_at));
    out.set_published_at_micros(to_micros(bulletin.published_at));
    out.set_content_hash(content_hash(bulletin));
    return out;
}

Result<Point> read_position(const common_pb::Position& position, std::string_view field) {
    const auto datum = read_same(static_cast<int>(position.datum()), Datum::kCgcs2000,
                                 fmt::format("{}.datum", field));
    if (!datum) return fail(datum.error());
    auto point = to_wgs84(position.latitude(), position.longitude(), *datum);
    if (point) return *point;
    Error error = std::move(point.error());
    for (auto& [key, value] : error.metadata) {
        if (key == "field") value = fmt::format("{}.{}", field, value);
    }
    return fail(std::move(error));
}

Result<Level> read_level(const common_pb::Level& level, std::string_view field) {
    Level out{static_cast<LevelScale>(level.scale()), level.code(), level.authority()};
    if (level.scale() < 0 || level.scale() > static_cast<int>(LevelScale::kPriority) ||
        !is_valid(out)) {
        return invalid_field(std::string(field), "LEVEL_OUT_OF_RANGE",
                             "the code is outside the range of its scale");
    }
    if (auto status = check_text(out.authority, 64, fmt::format("{}.authority", field)); !status) {
        return fail(std::move(status.error()));
    }
    return out;
}

Result<UnitKind> read_unit_kind(int value, std::string_view field) {
    return read_same(value, UnitKind::kOther, field);
}

Result<UnitStatus> read_unit_status(int value, std::string_view field) {
    return read_same(value - 1, UnitStatus::kOutOfService, field);
}

Result<CommandRelation> read_relation(int value, std::string_view field) {
    if (value == 0) return CommandRelation::kDirect;
    return read_same(value - 1, CommandRelation::kApproval, field);
}

Result<FactSource> read_fact_source(int value, std::string_view field) {
    return read_same(value, FactSource::kImport, field);
}

Result<Disposition> read_disposition(int value, std::string_view field) {
    return read_same(value, Disposition::kTransferred, field);
}

Result<BulletinKind> read_bulletin_kind(int value, std::string_view field) {
    return read_same(value, BulletinKind::kAllClear, field);
}

Availability read_availability(int value) { return static_cast<Availability>(value - 1); }

Result<Mutation> read_mutation(const CallContext& context, const common_pb::MutationHeader& header,
                               std::string_view content) {
    if (!is_uuid_v7(header.request_id())) {
        return invalid_field("header.request_id", "REQUEST_ID_MALFORMED",
                             "request_id must be a UUID of version 7");
    }
    if (auto status = check_text(header.on_behalf_of(), 64, "header.on_behalf_of"); !status) {
        return fail(std::move(status.error()));
    }
    Mutation mutation;
    mutation.request_id = header.request_id();
    mutation.fingerprint = sha256_hex({context.method, context.principal.agency, content});
    mutation.actor = context.principal.subject;
    mutation.agency = context.principal.agency;
    mutation.on_behalf_of = header.on_behalf_of();
    mutation.unit_id = context.principal.unit_id;
    mutation.own_agency_only = is_bound_to_agency(context.principal);
    mutation.deadline = context.deadline;
    mutation.cancellation = context.cancellation;
    return mutation;
}

Status check_text(std::string_view text, std::size_t max_bytes, std::string_view field) {
    if (text.size() > max_bytes) {
        return invalid_field(std::string(field), "TEXT_TOO_LONG",
                             fmt::format("{} bytes, the limit is {}", text.size(), max_bytes));
    }
    if (!is_utf8(text))
        return invalid_field(std::string(field), "NOT_UTF8", "the text is not UTF-8");
    return {};
}

Status check_id(std::string_view id, std::string_view field) {
    if (is_safe_id(id)) return {};
    return invalid_field(std::string(field), "ID_MALFORMED",
                         "an id is 1–64 characters of A–Z, a–z, 0–9, _ and -");
}

bool may_see_reporter(const Principal& principal) {
    return principal.has_role(Role::kCallTaker) || principal.has_role(Role::kDispatcher) ||
           principal.has_role(Role::kShiftSupervisor) || principal.has_role(Role::kDutyCommander);
}

bool is_bound_to_agency(const Principal& principal) {
    return principal.has_role(Role::kGateway) && !principal.has_role(Role::kDispatcher) &&
           !principal.has_role(Role::kShiftSupervisor) && !principal.has_role(Role::kDutyCommander);
}

}  // namespace liandong::api
