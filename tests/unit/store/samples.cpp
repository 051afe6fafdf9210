#include "tests/unit/store/samples.h"

#include "tests/unit/store/desk_samples.h"

#include <limits>
#include <string>
#include <utility>

namespace liandong::store {
namespace {

using namespace domain;

/// Times that differ from field to field, so that two swapped fields show.
Timestamp at(int nth) { return Timestamp{Duration{1'784'368'800'000'000 + nth * 1'000'001}}; }

Place sample_place() {
    return Place{Point{309'300'123, 1'135'700'456}, Meters{12.5}, Datum::kGcj02,
                 "应城市古城大道 8 号", "420981001"};
}

template <class Number> constexpr Number lowest(Number) {
    return std::numeric_limits<Number>::lowest();
}
template <class Number> constexpr Number highest(Number) {
    return std::numeric_limits<Number>::max();
}

/// Every byte there is.
std::string all_bytes() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes;
}

Place extreme_place(bool high) {
    Place place;
    place.position = high ? Point{900'000'000, 1'800'000'000} : Point{-900'000'000, -1'800'000'000};
    place.accuracy = Meters{high ? 1e308 : 5e-324};
    place.address = std::string(500, 'a');
    return place;
}

std::vector<Entity> extremes(bool high) {
    const auto number = [high]<class N>(N zero) { return high ? highest(zero) : lowest(zero); };
    const Timestamp time{Duration{number(std::int64_t{})}};
    Report report;
    report.serial = number(std::int64_t{});
    report.words = all_bytes();
    report.sealed_reporter = std::string("\0\0\xff", 3);
    report.words_charset = "\xff";
    report.place = extreme_place(high);
    report.rung_at = time;
    report.recorded_at = time;
    report.corrections.resize(kCorrections_max);
    Incident incident;
    incident.serial = number(std::int64_t{});
    incident.level.code = number(int{});
    incident.report_count = number(std::int32_t{});
    incident.place = extreme_place(high);
    incident.closed_at = time;
    incident.feedback_at = time;
    incident.linked_count = number(std::int32_t{});
    incident.hazards.assign(kHazards_max, std::string(kHazard_max, 'h'));
    incident.report_ids.assign(kIncidentReports_max, std::string(36, 'r'));
    incident.orders.assign(kIncidentOrders_max, IncidentOrder{"o", "u", 255});
    incident.open_demand.assign(64, OpenDemand{"w", "", "", time});
    Unit unit;
    unit.crew = number(std::int32_t{});
    unit.home = Point{number(std::int32_t{}), number(std::int32_t{})};
    unit.status_since = time;
    Order order;
    order.exclusive = high;
    order.entries_dropped = number(std::int32_t{});
    order.entries.assign(kOrderEntries_max, OrderEntry{});
    order.entries.back().occurred_at = time;
    Bulletin bulletin;
    bulletin.expires_at = time;
    bulletin.texts.assign(8, BulletinText{"", "", std::string("a\0b", 3)});
    Note note;
    note.number = number(std::int32_t{});
    note.corrects = number(std::int32_t{});
    note.expires_at = time;
    note.changes.resize(kNoteChanges_max);
    Closure closure;
    closure.at = Point{number(std::int32_t{}), number(std::int32_t{})};
    closure.heading_degrees = number(std::int32_t{});
    closure.stops = number(std::uint8_t{});
    closure.weight_max_kg = number(std::uint32_t{});
    closure.expires_at = time;
    closure.lifted_at = time;
    return {report,
            incident,
            unit,
            order,
            bulletin,
            WorldSetting{time, time, number(std::int64_t{})},
            Epoch{number(std::int64_t{}), ""},
            note,
            closure};
}

}  // namespace

Report sample_report() {
    Report report;
    report.id = "report-1";
    report.incident_id = "incident-1";
    report.serial = 123;
    report.serial_date = "20260718";
    report.channel = Channel::kPhone119;
    report.source_id = "camera-7";
    report.words = "\xbb\xf0";  // GBK
    report.words_charset = "gbk";
    report.sealed_reporter = std::string("\x01\x00\x02", 3);
    report.sealed_key_id = "0123456789abcdef";
    report.type_code = "010100";
    report.place = sample_place();
    report.occurred_at = at(1);
    report.rung_at = at(2);
    report.answered_at = at(3);
    report.recorded_at = at(4);
    report.recorded_by = "zhang";
    report.agency = "gongan";
    report.corrections = {{"position.datum", "DATUM_UNSPECIFIED", "30.9,113.5 datum 0"}};
    return report;
}

Incident sample_incident() {
    Incident incident;
    incident.id = "incident-1";
    incident.serial = 300;
    incident.serial_date = "20260718";
    incident.state = IncidentState::kOnScene;
    incident.type_code = "010100";
    incident.level = {LevelScale::kFireAlarm, 2, "消防救援大队"};
    incident.life_threatening = true;
    incident.needs_correction = true;
    incident.place = sample_place();
    incident.summary = "民房起火";
    incident.agency = "gongan";
    incident.report_count = 2;
    incident.report_ids = {"report-1", "report-2"};
    incident.orders = {{"order-1", "unit-1", 4}, {"order-2", "unit-2", 6}};
    incident.open_demand = {{"ladder", "UNIT_TAKEN", "order-9", at(5)}};
    incident.received_at = at(6);
    incident.dispatched_at = at(7);
    incident.acknowledged_at = at(8);
    incident.departed_at = at(9);
    incident.arrived_at = at(10);
    incident.handled_at = at(11);
    incident.closed_at = at(12);
    incident.disposition = Disposition::kFalseAlarm;
    incident.closed_by = "li";
    incident.closing_note = "误报";
    return incident;
}

Unit sample_unit() {
    Unit unit;
    unit.id = "unit-1";
    unit.call_sign = "应城消防一号车";
    unit.agency = "xiaofang";
    unit.kind = UnitKind::kFireEngine;
    unit.relation = CommandRelation::kRequest;
    unit.capabilities = {"ladder", "pump"};
    unit.crew = 6;
    unit.station = "城中站";
    unit.area_code = "420981001";
    unit.home = {309'300'001, 1'135'700'002};
    unit.position = {-309'300'003, -1'135'700'004};
    unit.position_at = at(13);
    unit.status = UnitStatus::kEnRoute;
    unit.status_since = at(14);
    unit.active_order_id = "order-1";
    unit.active_incident_id = "incident-1";
    return unit;
}

Order sample_order() {
    Order order;
    order.id = "order-1";
    order.incident_id = "incident-1";
    order.unit_id = "unit-1";
    order.state = OrderState::kDeclined;
    order.exclusive = true;
    order.ordered_by = "li";
    order.agency = "gongan";
    order.note = "走南门";
    order.sent_at = at(15);
    order.entries = {
        {OrderFact::kDelivered, at(16), at(17), FactSource::kButton, "unit-1", "", true},
        {OrderFact::kDeclined, at(18), at(19), FactSource::kOnBehalf, "li", "车辆故障", false}};
    order.entries_dropped = 3;
    return order;
}

Bulletin sample_bulletin() {
    Bulletin bulletin;
    bulletin.id = "bulletin-1";
    bulletin.kind = BulletinKind::kRumourCorrection;
    bulletin.state = BulletinState::kPublished;
    bulletin.exercise = true;
    bulletin.incident_id = "incident-1";
    bulletin.level = {LevelScale::kWarning, 3, "市气象台"};
    bulletin.texts = {{"zh-CN", "暴雨黄色预警", "请远离河道。"},
                      {"en", "Yellow rain warning", "Keep off."}};
    bulletin.area_codes = {"420981001", "420981002"};
    bulletin.expires_at = at(20);
    bulletin.author = "wang";
    bulletin.approver = "zhao";
    bulletin.approved_hash = std::string(64, 'a');
    bulletin.published_by = "qian";
    bulletin.drafted_at = at(21);
    bulletin.approved_at = at(22);
    bulletin.published_at = at(23);
    return bulletin;
}

WorldSetting sample_world_setting() { return {at(24), at(25), 60'000'000}; }

Epoch sample_epoch() { return {7, "8371445ee67c2f1a0e0b9f3f0d1c5a4b6e7d8f90"}; }

Note sample_note() {
    Note note;
    note.id = "incident-1-0003";
    note.incident_id = "incident-1";
    note.number = 3;
    note.kind = NoteKind::kCorrection;
    note.author = "li";
    note.agency = "gongan";
    note.on_behalf_of = "unit-9";
    note.occurred_at = at(40);
    note.recorded_at = at(41);
    note.text = "二楼，不是三楼";
    note.reason = "听错";
    note.corrects = 2;
    note.other_incident_id = "incident-2";
    note.expires_at = at(42);
    note.changes = {{"summary", "三楼起火", "二楼起火"}};
    return note;
}

Closure sample_closure() {
    Closure closure;
    closure.id = "closure-1";
    closure.reason = ClosureReason::kHeightBar;
    closure.at = {309'300'005, 1'135'700'006};
    closure.to = Point{309'300'007, 1'135'700'008};
    closure.reported_datum = Datum::kGcj02;
    closure.heading_degrees = 0;
    closure.stops = kStopsEmergency | kStopsFoot;
    closure.height_max_cm = 320;
    closure.width_max_cm = 250;
    closure.weight_max_kg = 12'000;
    closure.begins_at = at(50);
    closure.expires_at = at(51);
    closure.note = "桥下积水";
    closure.author = "li";
    closure.agency = "jiaojing";
    closure.on_behalf_of = "unit-9";
    closure.recorded_at = at(52);
    closure.lifted_at = at(53);
    closure.lifted_by = "wang";
    closure.lift_reason = "水退了";
    return closure;
}

Report sample_headed_report() {
    Report report = sample_report();
    report.place.heading_degrees = 270;
    return report;
}

Incident sample_worked_incident() {
    Incident incident = sample_incident();
    incident.note_count = 7;
    incident.hazards = {"gas", "collapse"};
    incident.triaged_at = at(30);
    incident.controlled_at = at(31);
    incident.feedback_at = at(32);
    incident.reviewed_at = at(33);
    incident.claimed_by = "wang";
    incident.claimed_at = at(34);
    incident.linked_to = "incident-0";
    incident.unread = true;
    incident.is_master = true;
    incident.linked_count = 3;
    incident.linked_report_count = 4;
    incident.reopened_count = 1;
    return incident;
}

EventHeader sample_event_header() {
    return {"incident_reported", "zhang", "gongan", "unit-9", at(26), at(27), "request-1", "因为"};
}

Outcome sample_outcome() {
    Outcome outcome;
    outcome.report_id = "report-1";
    outcome.incident_id = "incident-1";
    outcome.report_serial = 123;
    outcome.incident_serial = 300;
    outcome.serial_date = "20260718";
    outcome.corrections = sample_report().corrections;
    outcome.orders = {sample_order()};
    outcome.units = {sample_unit()};
    outcome.incidents = {sample_incident()};
    outcome.bulletins = {sample_bulletin()};
    outcome.lost = {{"unit-3", "UNIT_TAKEN", "order-3", "incident-3"}};
    outcome.added = 4;
    outcome.replaced = 5;
    return outcome;
}

std::vector<Entity> entities_to_encode() {
    std::vector<Entity> all = {Report{},   Incident{},     Unit{}, Order{},
                               Bulletin{}, WorldSetting{}, Epoch{}};
    const std::vector<Entity> samples = {
        sample_report(),          sample_incident(),      sample_unit(),         sample_order(),
        sample_bulletin(),        sample_world_setting(), sample_epoch(),        sample_note(),
        sample_worked_incident(), sample_closure(),       sample_headed_report()};
    all.insert(all.end(), samples.begin(), samples.end());
    for (Entity& sample : desk_samples()) all.push_back(std::move(sample));
    all.emplace_back(sample_alarmed_incident());
    for (bool high : {false, true}) {
        for (Entity& entity : extremes(high)) all.push_back(std::move(entity));
    }
    return all;
}

std::string_view name_of(const Entity& entity) { return to_string(key_of(entity).kind); }

}  // namespace liandong::store
