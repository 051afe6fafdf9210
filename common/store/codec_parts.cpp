#include "common/store/codec_parts.h"

namespace liandong::store::codec {

using namespace domain;

void put(const Point& in, pb::Point& out) {
    out.set_latitude_e7(in.latitude_e7);
    out.set_longitude_e7(in.longitude_e7);
}

Point get(const pb::Point& in) { return Point{in.latitude_e7(), in.longitude_e7()}; }

void put(const Place& in, pb::Place& out) {
    if (in.position) put(*in.position, *out.mutable_position());
    out.set_accuracy_meters(in.accuracy.value);
    out.set_reported_datum(number(in.reported_datum));
    out.set_address(in.address);
    out.set_area_code(in.area_code);
    if (in.heading_degrees)
        out.set_heading_degrees(static_cast<std::uint32_t>(*in.heading_degrees));
    out.set_area_distance_meters(in.area_distance.value);
}

Place get(const pb::Place& in) {
    Place place;
    if (in.has_position()) place.position = get(in.position());
    place.accuracy = Meters{in.accuracy_meters()};
    place.reported_datum = static_cast<Datum>(in.reported_datum());
    place.address = in.address();
    place.area_code = in.area_code();
    if (in.has_heading_degrees())
        place.heading_degrees = static_cast<std::int32_t>(in.heading_degrees());
    place.area_distance = Meters{in.area_distance_meters()};
    return place;
}

void put(const Level& in, pb::Level& out) {
    out.set_scale(number(in.scale));
    out.set_code(in.code);
    out.set_authority(in.authority);
}

Level get(const pb::Level& in) {
    return Level{static_cast<LevelScale>(in.scale()), in.code(), in.authority()};
}

void put(const Correction& in, pb::Correction& out) {
    out.set_field(in.field);
    out.set_reason(in.reason);
    out.set_received(in.received);
}

Correction get(const pb::Correction& in) {
    return Correction{in.field(), in.reason(), in.received()};
}

void put(const IncidentOrder& in, pb::IncidentOrder& out) {
    out.set_order_id(in.order_id);
    out.set_unit_id(in.unit_id);
    out.set_progress(in.progress);
}

IncidentOrder get(const pb::IncidentOrder& in) {
    return IncidentOrder{in.order_id(), in.unit_id(), static_cast<std::uint8_t>(in.progress())};
}

void put(const OpenDemand& in, pb::OpenDemand& out) {
    out.set_wanted(in.wanted);
    out.set_reason(in.reason);
    out.set_holder(in.holder);
    out.set_since(to_micros(in.since));
}

OpenDemand get(const pb::OpenDemand& in) {
    return OpenDemand{in.wanted(), in.reason(), in.holder(), from_micros(in.since())};
}

void put(const OrderEntry& in, pb::OrderEntry& out) {
    out.set_fact(number(in.fact));
    out.set_occurred_at(to_micros(in.occurred_at));
    out.set_recorded_at(to_micros(in.recorded_at));
    out.set_source(number(in.source));
    out.set_by(in.by);
    out.set_reason(in.reason);
    out.set_moved_state(in.moved_state);
}

OrderEntry get(const pb::OrderEntry& in) {
    OrderEntry entry;
    entry.fact = static_cast<OrderFact>(in.fact());
    entry.occurred_at = from_micros(in.occurred_at());
    entry.recorded_at = from_micros(in.recorded_at());
    entry.source = static_cast<FactSource>(in.source());
    entry.by = in.by();
    entry.reason = in.reason();
    entry.moved_state = in.moved_state();
    return entry;
}

void put(const BulletinText& in, pb::BulletinText& out) {
    out.set_language(in.language);
    out.set_headline(in.headline);
    out.set_body(in.body);
}

BulletinText get(const pb::BulletinText& in) {
    return BulletinText{in.language(), in.headline(), in.body()};
}

void put(const Alarm& in, pb::Alarm& out) {
    out.set_kind(number(in.kind));
    out.set_steps(in.steps);
    out.set_started_at(to_micros(in.started_at));
    out.set_rung_at(to_micros(in.rung_at));
    out.set_rung_for(number(in.rung_for));
    out.set_person(in.person);
    out.set_owner(in.owner);
    out.set_owned_at(to_micros(in.owned_at));
}
Alarm get(const pb::Alarm& in) {
    return {static_cast<ClockKind>(in.kind()),
            in.steps(),
            from_micros(in.started_at()),
            from_micros(in.rung_at()),
            static_cast<DutyRole>(in.rung_for()),
            in.person(),
            in.owner(),
            from_micros(in.owned_at())};
}

void put(const NoteChange& in, pb::NoteChange& out) {
    out.set_field(in.field);
    out.set_before(in.before);
    out.set_after(in.after);
}

NoteChange get(const pb::NoteChange& in) { return {in.field(), in.before(), in.after()}; }

}  // namespace liandong::store::codec
