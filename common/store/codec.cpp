#include "common/store/codec.h"

#include "common/base/check.h"
#include "common/store/codec_desk.h"
#include "common/store/codec_intake.h"
#include "common/store/codec_parts.h"
#include "liandong/storage/v1/storage.pb.h"

#include <fmt/format.h>

namespace liandong::store {
namespace {

namespace pb = liandong::storage::v1;
using namespace domain;
using namespace codec;
using codec::from_storage;
using codec::to_storage;

pb::Report to_storage(const Report& report) {
    pb::Report out;
    out.set_id(report.id);
    out.set_incident_id(report.incident_id);
    if (report.serial != 0) out.set_serial(report.serial);
    out.set_serial_date(report.serial_date);
    out.set_channel(number(report.channel));
    out.set_source_id(report.source_id);
    out.set_words(report.words);
    out.set_words_charset(report.words_charset);
    out.set_sealed_reporter(report.sealed_reporter);
    out.set_sealed_key_id(report.sealed_key_id);
    out.set_type_code(report.type_code);
    put(report.place, *out.mutable_place());
    out.set_occurred_at(to_micros(report.occurred_at));
    out.set_rung_at(to_micros(report.rung_at));
    out.set_answered_at(to_micros(report.answered_at));
    out.set_recorded_at(to_micros(report.recorded_at));
    out.set_recorded_by(report.recorded_by);
    out.set_agency(report.agency);
    put_all(report.corrections, *out.mutable_corrections());
    out.set_call_end(number(report.call_end));
    return out;
}

Entity from_storage(const pb::Report& in) {
    Report report;
    report.id = in.id();
    report.incident_id = in.incident_id();
    report.serial = in.serial();
    report.serial_date = in.serial_date();
    report.channel = static_cast<Channel>(in.channel());
    report.source_id = in.source_id();
    report.words = in.words();
    report.words_charset = in.words_charset();
    report.sealed_reporter = in.sealed_reporter();
    report.sealed_key_id = in.sealed_key_id();
    report.type_code = in.type_code();
    report.place = get(in.place());
    report.occurred_at = from_micros(in.occurred_at());
    report.rung_at = from_micros(in.rung_at());
    report.answered_at = from_micros(in.answered_at());
    report.recorded_at = from_micros(in.recorded_at());
    report.recorded_by = in.recorded_by();
    report.agency = in.agency();
    get_all(in.corrections(), report.corrections);
    report.call_end = static_cast<CallEnd>(in.call_end());
    return report;
}

pb::Incident to_storage(const Incident& incident) {
    pb::Incident out;
    out.set_id(incident.id);
    out.set_state(number(incident.state));
    if (incident.serial != 0) out.set_serial(incident.serial);
    out.set_serial_date(incident.serial_date);
    out.set_type_code(incident.type_code);
    put(incident.level, *out.mutable_level());
    out.set_life_threatening(incident.life_threatening);
    out.set_needs_correction(incident.needs_correction);
    put(incident.place, *out.mutable_place());
    out.set_summary(incident.summary);
    out.set_agency(incident.agency);
    out.set_report_count(incident.report_count);
    for (const std::string& id : incident.report_ids) out.add_report_ids(id);
    put_all(incident.orders, *out.mutable_orders());
    put_all(incident.open_demand, *out.mutable_open_demand());
    out.set_received_at(to_micros(incident.received_at));
    out.set_dispatched_at(to_micros(incident.dispatched_at));
    out.set_acknowledged_at(to_micros(incident.acknowledged_at));
    out.set_departed_at(to_micros(incident.departed_at));
    out.set_arrived_at(to_micros(incident.arrived_at));
    out.set_handled_at(to_micros(incident.handled_at));
    out.set_closed_at(to_micros(incident.closed_at));
    out.set_disposition(number(incident.disposition));
    out.set_closed_by(incident.closed_by);
    out.set_closing_note(incident.closing_note);
    out.set_note_count(incident.note_count);
    for (const std::string& hazard : incident.hazards) out.add_hazards(hazard);
    out.set_triaged_at(to_micros(incident.triaged_at));
    out.set_controlled_at(to_micros(incident.controlled_at));
    out.set_feedback_at(to_micros(incident.feedback_at));
    out.set_reviewed_at(to_micros(incident.reviewed_at));
    out.set_claimed_by(incident.claimed_by);
    out.set_claimed_at(to_micros(incident.claimed_at));
    out.set_linked_to(incident.linked_to);
    out.set_unread(incident.unread);
    out.set_is_master(incident.is_master);
    out.set_linked_count(incident.linked_count);
    out.set_linked_report_count(incident.linked_report_count);
    out.set_reopened_count(incident.reopened_count);
    if (incident.intake != Intake{}) put(incident.intake, *out.mutable_intake());
    put_all(incident.alarms, *out.mutable_alarms());
    out.set_response_level(incident.response_level);
    out.set_response_by(incident.response_by);
    out.set_response_at(to_micros(incident.response_at));
    out.set_transfer_id(incident.transfer_id);
    out.set_transfer_failed_at(to_micros(incident.transfer_failed_at));
    out.set_duty_report_since(to_micros(incident.duty_report_since));
    out.set_duty_report_count(incident.duty_report_count);
    out.set_duty_report_final(incident.duty_report_final);
    return out;
}

Entity from_storage(const pb::Incident& in) {
    Incident incident;
    incident.id = in.id();
    incident.state = static_cast<IncidentState>(in.state());
    incident.serial = in.serial();
    incident.serial_date = in.serial_date();
    incident.type_code = in.type_code();
    incident.level = get(in.level());
    incident.life_threatening = in.life_threatening();
    incident.needs_correction = in.needs_correction();
    incident.place = get(in.place());
    incident.summary = in.summary();
    incident.agency = in.agency();
    incident.report_count = in.report_count();
    incident.report_ids.assign(in.report_ids().begin(), in.report_ids().end());
    get_all(in.orders(), incident.orders);
    get_all(in.open_demand(), incident.open_demand);
    incident.received_at = from_micros(in.received_at());
    incident.dispatched_at = from_micros(in.dispatched_at());
    incident.acknowledged_at = from_micros(in.acknowledged_at());
    incident.departed_at = from_micros(in.departed_at());
    incident.arrived_at = from_micros(in.arrived_at());
    incident.handled_at = from_micros(in.handled_at());
    incident.closed_at = from_micros(in.closed_at());
    incident.disposition = static_cast<Disposition>(in.disposition());
    incident.closed_by = in.closed_by();
    incident.closing_note = in.closing_note();
    incident.note_count = in.note_count();
    incident.hazards.assign(in.hazards().begin(), in.hazards().end());
    incident.triaged_at = from_micros(in.triaged_at());
    incident.controlled_at = from_micros(in.controlled_at());
    incident.feedback_at = from_micros(in.feedback_at());
    incident.reviewed_at = from_micros(in.reviewed_at());
    incident.claimed_by = in.claimed_by();
    incident.claimed_at = from_micros(in.claimed_at());
    incident.linked_to = in.linked_to();
    incident.unread = in.unread();
    incident.is_master = in.is_master();
    incident.linked_count = in.linked_count();
    incident.linked_report_count = in.linked_report_count();
    incident.reopened_count = in.reopened_count();
    incident.intake = get(in.intake());
    get_all(in.alarms(), incident.alarms);
    incident.response_level = in.response_level();
    incident.response_by = in.response_by();
    incident.response_at = from_micros(in.response_at());
    incident.transfer_id = in.transfer_id();
    incident.transfer_failed_at = from_micros(in.transfer_failed_at());
    incident.duty_report_since = from_micros(in.duty_report_since());
    incident.duty_report_count = in.duty_report_count();
    incident.duty_report_final = in.duty_report_final();
    return incident;
}

pb::Unit to_storage(const Unit& unit) {
    pb::Unit out;
    out.set_id(unit.id);
    out.set_call_sign(unit.call_sign);
    out.set_agency(unit.agency);
    out.set_kind(number(unit.kind));
    out.set_relation(number(unit.relation));
    for (const std::string& capability : unit.capabilities) out.add_capabilities(capability);
    out.set_crew(unit.crew);
    out.set_station(unit.station);
    out.set_area_code(unit.area_code);
    put(unit.home, *out.mutable_home());
    put(unit.position, *out.mutable_position());
    out.set_position_at(to_micros(unit.position_at));
    out.set_status(number(unit.status));
    out.set_status_since(to_micros(unit.status_since));
    out.set_active_order_id(unit.active_order_id);
    out.set_active_incident_id(unit.active_incident_id);
    return out;
}

Entity from_storage(const pb::Unit& in) {
    Unit unit;
    unit.id = in.id();
    unit.call_sign = in.call_sign();
    unit.agency = in.agency();
    unit.kind = static_cast<UnitKind>(in.kind());
    unit.relation = static_cast<CommandRelation>(in.relation());
    unit.capabilities.assign(in.capabilities().begin(), in.capabilities().end());
    unit.crew = in.crew();
    unit.station = in.station();
    unit.area_code = in.area_code();
    unit.home = get(in.home());
    unit.position = get(in.position());
    unit.position_at = from_micros(in.position_at());
    unit.status = static_cast<UnitStatus>(in.status());
    unit.status_since = from_micros(in.status_since());
    unit.active_order_id = in.active_order_id();
    unit.active_incident_id = in.active_incident_id();
    return unit;
}

pb::Order to_storage(const Order& order) {
    pb::Order out;
    out.set_id(order.id);
    out.set_incident_id(order.incident_id);
    out.set_unit_id(order.unit_id);
    out.set_state(number(order.state));
    out.set_exclusive(order.exclusive);
    out.set_ordered_by(order.ordered_by);
    out.set_agency(order.agency);
    out.set_note(order.note);
    out.set_sent_at(to_micros(order.sent_at));
    put_all(order.entries, *out.mutable_entries());
    out.set_entries_dropped(order.entries_dropped);
    return out;
}

Entity from_storage(const pb::Order& in) {
    Order order;
    order.id = in.id();
    order.incident_id = in.incident_id();
    order.unit_id = in.unit_id();
    order.state = static_cast<OrderState>(in.state());
    order.exclusive = in.exclusive();
    order.ordered_by = in.ordered_by();
    order.agency = in.agency();
    order.note = in.note();
    order.sent_at = from_micros(in.sent_at());
    get_all(in.entries(), order.entries);
    order.entries_dropped = in.entries_dropped();
    return order;
}

pb::Bulletin to_storage(const Bulletin& bulletin) {
    pb::Bulletin out;
    out.set_id(bulletin.id);
    out.set_kind(number(bulletin.kind));
    out.set_state(number(bulletin.state));
    out.set_exercise(bulletin.exercise);
    out.set_incident_id(bulletin.incident_id);
    put(bulletin.level, *out.mutable_level());
    put_all(bulletin.texts, *out.mutable_texts());
    for (const std::string& code : bulletin.area_codes) out.add_area_codes(code);
    out.set_expires_at(to_micros(bulletin.expires_at));
    out.set_author(bulletin.author);
    out.set_approver(bulletin.approver);
    out.set_approved_hash(bulletin.approved_hash);
    out.set_published_by(bulletin.published_by);
    out.set_drafted_at(to_micros(bulletin.drafted_at));
    out.set_approved_at(to_micros(bulletin.approved_at));
    out.set_published_at(to_micros(bulletin.published_at));
    return out;
}

Entity from_storage(const pb::Bulletin& in) {
    Bulletin bulletin;
    bulletin.id = in.id();
    bulletin.kind = static_cast<BulletinKind>(in.kind());
    bulletin.state = static_cast<BulletinState>(in.state());
    bulletin.exercise = in.exercise();
    bulletin.incident_id = in.incident_id();
    bulletin.level = get(in.level());
    get_all(in.texts(), bulletin.texts);
    bulletin.area_codes.assign(in.area_codes().begin(), in.area_codes().end());
    bulletin.expires_at = from_micros(in.expires_at());
    bulletin.author = in.author();
    bulletin.approver = in.approver();
    bulletin.approved_hash = in.approved_hash();
    bulletin.published_by = in.published_by();
    bulletin.drafted_at = from_micros(in.drafted_at());
    bulletin.approved_at = from_micros(in.approved_at());
    bulletin.published_at = from_micros(in.published_at());
    return bulletin;
}

pb::WorldSetting to_storage(const WorldSetting& setting) {
    pb::WorldSetting out;
    out.set_epoch(to_micros(setting.epoch));
    out.set_anchor(to_micros(setting.anchor));
    out.set_rate_millionths(setting.rate_millionths);
    return out;
}

Entity from_storage(const pb::WorldSetting& in) {
    return WorldSetting{from_micros(in.epoch()), from_micros(in.anchor()), in.rate_millionths()};
}

pb::Epoch to_storage(const Epoch& epoch) {
    pb::Epoch out;
    out.set_number(epoch.number);
    out.set_master_replid(epoch.master_replid);
    return out;
}

Entity from_storage(const pb::Epoch& in) { return Epoch{in.number(), in.master_replid()}; }

pb::Note to_storage(const Note& note) {
    pb::Note out;
    out.set_id(note.id);
    out.set_incident_id(note.incident_id);
    out.set_number(note.number);
    out.set_kind(number(note.kind));
    out.set_author(note.author);
    out.set_agency(note.agency);
    out.set_on_behalf_of(note.on_behalf_of);
    out.set_occurred_at(to_micros(note.occurred_at));
    out.set_recorded_at(to_micros(note.recorded_at));
    out.set_text(note.text);
    out.set_reason(note.reason);
    out.set_corrects(note.corrects);
    out.set_other_incident_id(note.other_incident_id);
    out.set_expires_at(to_micros(note.expires_at));
    put_all(note.changes, *out.mutable_changes());
    return out;
}

Entity from_storage(const pb::Note& in) {
    Note note;
    note.id = in.id();
    note.incident_id = in.incident_id();
    note.number = in.number();
    note.kind = static_cast<NoteKind>(in.kind());
    note.author = in.author();
    note.agency = in.agency();
    note.on_behalf_of = in.on_behalf_of();
    note.occurred_at = from_micros(in.occurred_at());
    note.recorded_at = from_micros(in.recorded_at());
    note.text = in.text();
    note.reason = in.reason();
    note.corrects = in.corrects();
    note.other_incident_id = in.other_incident_id();
    note.expires_at = from_micros(in.expires_at());
    get_all(in.changes(), note.changes);
    return note;
}

pb::Closure to_storage(const Closure& closure) {
    pb::Closure out;
    out.set_id(closure.id);
    out.set_reason(number(closure.reason));
    put(closure.at, *out.mutable_at());
    if (closure.to) put(*closure.to, *out.mutable_to());
    out.set_reported_datum(number(closure.reported_datum));
    if (closure.heading_degrees)
        out.set_heading_degrees(static_cast<std::uint32_t>(*closure.heading_degrees));
    out.set_stops(closure.stops);
    out.set_height_max_cm(closure.height_max_cm);
    out.set_width_max_cm(closure.width_max_cm);
    out.set_weight_max_kg(closure.weight_max_kg);
    out.set_begins_at(to_micros(closure.begins_at));
    out.set_expires_at(to_micros(closure.expires_at));
    out.set_note(closure.note);
    out.set_author(closure.author);
    out.set_agency(closure.agency);
    out.set_on_behalf_of(closure.on_behalf_of);
    out.set_recorded_at(to_micros(closure.recorded_at));
    out.set_lifted_at(to_micros(closure.lifted_at));
    out.set_lifted_by(closure.lifted_by);
    out.set_lift_reason(closure.lift_reason);
    return out;
}

Entity from_storage(const pb::Closure& in) {
    Closure closure;
    closure.id = in.id();
    closure.reason = static_cast<ClosureReason>(in.reason());
    closure.at = get(in.at());
    if (in.has_to()) closure.to = get(in.to());
    closure.reported_datum = static_cast<Datum>(in.reported_datum());
    if (in.has_heading_degrees())
        closure.heading_degrees = static_cast<std::int32_t>(in.heading_degrees());
    closure.stops = static_cast<std::uint8_t>(in.stops());
    closure.height_max_cm = in.height_max_cm();
    closure.width_max_cm = in.width_max_cm();
    closure.weight_max_kg = in.weight_max_kg();
    closure.begins_at = from_micros(in.begins_at());
    closure.expires_at = from_micros(in.expires_at());
    closure.note = in.note();
    closure.author = in.author();
    closure.agency = in.agency();
    closure.on_behalf_of = in.on_behalf_of();
    closure.recorded_at = from_micros(in.recorded_at());
    closure.lifted_at = from_micros(in.lifted_at());
    closure.lifted_by = in.lifted_by();
    closure.lift_reason = in.lift_reason();
    return closure;
}

std::unexpected<Error> corrupt(std::string_view kind) {
    return fail(Error{
        Code::kInternal,
        "STORE_CORRUPT",
        fmt::format("stored bytes are no {}", kind),
        {}}.with("kind", std::string(kind)));
}

template <class Message> Result<Decoded> decode_as(Kind kind, std::string_view bytes) {
    Message message;
    if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return corrupt(to_string(kind));
    return Decoded{from_storage(message), message.schema()};
}

}  // namespace

std::string encode(const Entity& entity) {
    return std::visit(
        [](const auto& value) {
            auto message = to_storage(value);
            message.set_schema(kSchema);
            return message.SerializeAsString();
        },
        entity);
}

Result<Decoded> decode(Kind kind, std::string_view bytes) {
    switch (kind) {
    case Kind::kReport: return decode_as<pb::Report>(kind, bytes);
    case Kind::kIncident: return decode_as<pb::Incident>(kind, bytes);
    case Kind::kUnit: return decode_as<pb::Unit>(kind, bytes);
    case Kind::kOrder: return decode_as<pb::Order>(kind, bytes);
    case Kind::kBulletin: return decode_as<pb::Bulletin>(kind, bytes);
    case Kind::kWorldSetting: return decode_as<pb::WorldSetting>(kind, bytes);
    case Kind::kEpoch: return decode_as<pb::Epoch>(kind, bytes);
    case Kind::kNote: return decode_as<pb::Note>(kind, bytes);
    case Kind::kTransfer: return decode_as<pb::Transfer>(kind, bytes);
    case Kind::kHandover: return decode_as<pb::Handover>(kind, bytes);
    case Kind::kRoster: return decode_as<pb::Roster>(kind, bytes);
    case Kind::kDeskSetting: return decode_as<pb::DeskSetting>(kind, bytes);
    case Kind::kDutyReport: return decode_as<pb::DutyReport>(kind, bytes);
    case Kind::kClosure: return decode_as<pb::Closure>(kind, bytes);
    }
    LIANDONG_UNREACHABLE();
}

std::string encode(const EventHeader& header) {
    pb::EventHeader out;
    out.set_schema(kSchema);
    out.set_kind(header.kind);
    out.set_actor(header.actor);
    out.set_agency(header.agency);
    out.set_on_behalf_of(header.on_behalf_of);
    out.set_occurred_at(to_micros(header.occurred_at));
    out.set_recorded_at(to_micros(header.recorded_at));
    out.set_request_id(header.request_id);
    out.set_reason(header.reason);
    return out.SerializeAsString();
}

Result<EventHeader> decode_event_header(std::string_view bytes) {
    pb::EventHeader in;
    if (!in.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return corrupt("event header");
    return EventHeader{in.kind(),
                       in.actor(),
                       in.agency(),
                       in.on_behalf_of(),
                       from_micros(in.occurred_at()),
                       from_micros(in.recorded_at()),
                       in.request_id(),
                       in.reason()};
}

std::string encode(const Outcome& outcome) {
    pb::Outcome out;
    out.set_report_id(outcome.report_id);
    out.set_incident_id(outcome.incident_id);
    if (outcome.report_serial != 0) out.set_report_serial(outcome.report_serial);
    if (outcome.incident_serial != 0) out.set_incident_serial(outcome.incident_serial);
    out.set_serial_date(outcome.serial_date);
    put_all(outcome.corrections, *out.mutable_corrections());
    for (const Order& order : outcome.orders) *out.add_orders() = to_storage(order);
    for (const Unit& unit : outcome.units) *out.add_units() = to_storage(unit);
    for (const Incident& incident : outcome.incidents) *out.add_incidents() = to_storage(incident);
    for (const Bulletin& bulletin : outcome.bulletins) *out.add_bulletins() = to_storage(bulletin);
    for (const Closure& closure : outcome.closures) *out.add_closures() = to_storage(closure);
    for (const LostUnit& lost : outcome.lost) {
        pb::LostUnit& item = *out.add_lost();
        item.set_unit_id(lost.unit_id);
        item.set_reason(lost.reason);
        item.set_holder_order_id(lost.holder_order_id);
        item.set_holder_incident_id(lost.holder_incident_id);
    }
    for (const Transfer& transfer : outcome.transfers) *out.add_transfers() = to_storage(transfer);
    for (const Handover& handover : outcome.handovers) *out.add_handovers() = to_storage(handover);
    for (const DutyReport& report : outcome.duty_reports)
        *out.add_duty_reports() = to_storage(report);
    out.set_added(outcome.added);
    out.set_replaced(outcome.replaced);
    return out.SerializeAsString();
}

Result<Outcome> decode_outcome(std::string_view bytes) {
    pb::Outcome in;
    if (!in.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return corrupt("outcome");
    Outcome outcome;
    outcome.report_id = in.report_id();
    outcome.incident_id = in.incident_id();
    outcome.report_serial = in.report_serial();
    outcome.incident_serial = in.incident_serial();
    outcome.serial_date = in.serial_date();
    get_all(in.corrections(), outcome.corrections);
    for (const auto& item : in.orders())
        outcome.orders.push_back(std::get<Order>(from_storage(item)));
    for (const auto& item : in.units()) outcome.units.push_back(std::get<Unit>(from_storage(item)));
    for (const auto& item : in.incidents())
        outcome.incidents.push_back(std::get<Incident>(from_storage(item)));
    for (const auto& item : in.bulletins())
        outcome.bulletins.push_back(std::get<Bulletin>(from_storage(item)));
    for (const auto& item : in.closures())
        outcome.closures.push_back(std::get<Closure>(from_storage(item)));
    for (const auto& item : in.lost()) {
        outcome.lost.push_back(
            {item.unit_id(), item.reason(), item.holder_order_id(), item.holder_incident_id()});
    }
    for (const auto& item : in.transfers())
        outcome.transfers.push_back(std::get<Transfer>(from_storage(item)));
    for (const auto& item : in.handovers())
        outcome.handovers.push_back(std::get<Handover>(from_storage(item)));
    for (const auto& item : in.duty_reports())
        outcome.duty_reports.push_back(std::get<DutyReport>(from_storage(item)));
    outcome.added = in.added();
    outcome.replaced = in.replaced();
    return outcome;
}

std::string encode_reporter(const PersonalData& data) {
    pb::Reporter out;
    out.set_name(data.name);
    out.set_phone(data.phone);
    out.set_language(data.language);
    out.set_needs(data.needs);
    return out.SerializeAsString();
}

PersonalData decode_reporter(std::string_view bytes) {
    pb::Reporter in;
    if (!in.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return {};
    return {in.name(), in.phone(), in.language(), in.needs()};
}

}  // namespace liandong::store
