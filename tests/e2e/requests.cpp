#include "tests/e2e/requests.h"

#include "common/base/clock.h"
#include "common/base/id.h"
#include "common/base/random.h"

namespace liandong::test {

std::string new_request_id() {
    SystemRandom random;
    return make_uuid_v7(SystemClock().now(), random);
}

common_pb::Scope scope() {
    common_pb::Scope scope;
    scope.set_world("exercise");
    scope.set_district("420981");
    return scope;
}

common_pb::MutationHeader mutation() {
    common_pb::MutationHeader header;
    *header.mutable_scope() = scope();
    header.set_request_id(new_request_id());
    return header;
}

common_pb::ReadHeader reading() {
    common_pb::ReadHeader header;
    *header.mutable_scope() = scope();
    return header;
}

common_pb::Position position(double latitude, double longitude) {
    common_pb::Position position;
    position.set_latitude(latitude);
    position.set_longitude(longitude);
    position.set_datum(common_pb::DATUM_WGS84);
    return position;
}

intake_pb::ReportIncidentRequest report(const std::string& words) {
    intake_pb::ReportIncidentRequest request;
    *request.mutable_header() = mutation();
    request.set_channel(intake_pb::CHANNEL_PHONE_110);
    request.set_words(words);
    *request.mutable_position() = position(30.93, 113.57);
    return request;
}

intake_pb::GetIncidentRequest get_incident(const std::string& id) {
    auto request = read_of<intake_pb::GetIncidentRequest>();
    request.set_incident_id(id);
    return request;
}

intake_pb::TriageIncidentRequest triage(const std::string& incident_id) {
    auto request = about<intake_pb::TriageIncidentRequest>(incident_id);
    request.set_type_code("030300");
    request.mutable_hazards()->add_codes("gas");
    return request;
}

intake_pb::AddNoteRequest remark(const std::string& incident_id) {
    auto request = about<intake_pb::AddNoteRequest>(incident_id);
    request.set_kind(intake_pb::NOTE_KIND_REMARK);
    request.set_text("有老人行动不便");
    return request;
}

intake_pb::LinkIncidentRequest link(const std::string& incident_id, const std::string& to) {
    auto request = about<intake_pb::LinkIncidentRequest>(incident_id);
    request.set_to_incident_id(to);
    request.set_reason("同一起");
    return request;
}

intake_pb::CloseIncidentRequest close_incident(const std::string& id) {
    intake_pb::CloseIncidentRequest request;
    *request.mutable_header() = mutation();
    request.set_incident_id(id);
    request.set_disposition(intake_pb::DISPOSITION_RESOLVED);
    return request;
}

dispatch_pb::Unit unit(const std::string& id) {
    dispatch_pb::Unit unit;
    unit.set_id(id);
    unit.set_call_sign(id);
    unit.set_agency("xiaofang");
    unit.set_kind(dispatch_pb::UNIT_KIND_FIRE_ENGINE);
    unit.add_capabilities("pump");
    unit.set_crew(6);
    *unit.mutable_home() = position(30.94, 113.56);
    return unit;
}

dispatch_pb::ImportUnitsRequest import_units(const std::vector<std::string>& ids) {
    dispatch_pb::ImportUnitsRequest request;
    *request.mutable_header() = mutation();
    for (const std::string& id : ids) *request.add_units() = unit(id);
    return request;
}

dispatch_pb::SetUnitStatusRequest set_status(const std::string& id) {
    dispatch_pb::SetUnitStatusRequest request;
    *request.mutable_header() = mutation();
    request.set_unit_id(id);
    request.set_status(dispatch_pb::UNIT_STATUS_ON_PATROL);
    return request;
}

dispatch_pb::ReportPositionsRequest fix(const std::string& unit_id) {
    dispatch_pb::ReportPositionsRequest request;
    *request.mutable_scope() = scope();
    request.set_unit_id(unit_id);
    *request.mutable_position() = position(30.95, 113.55);
    request.set_fixed_at_micros(to_micros(SystemClock().now()));
    return request;
}

dispatch_pb::RecommendUnitsRequest recommend(const std::string& incident_id) {
    auto request = read_of<dispatch_pb::RecommendUnitsRequest>();
    request.set_incident_id(incident_id);
    request.add_needs()->set_capability("pump");
    return request;
}

dispatch_pb::DispatchUnitsRequest dispatch(const std::string& incident_id,
                                           const std::vector<std::string>& unit_ids) {
    dispatch_pb::DispatchUnitsRequest request;
    *request.mutable_header() = mutation();
    request.set_incident_id(incident_id);
    for (const std::string& id : unit_ids) request.add_unit_ids(id);
    return request;
}

dispatch_pb::CloseRoadRequest close_road() {
    dispatch_pb::CloseRoadRequest request;
    *request.mutable_header() = mutation();
    auto& closure = *request.mutable_closure();
    closure.set_reason(dispatch_pb::CLOSURE_REASON_FLOOD);
    *closure.mutable_at() = position(30.93, 113.57);
    closure.set_expires_at_micros(to_micros(SystemClock().now() + std::chrono::hours(24 * 90)));
    return request;
}

dispatch_pb::ReopenRoadRequest reopen_road(const std::string& closure_id) {
    dispatch_pb::ReopenRoadRequest request;
    *request.mutable_header() = mutation();
    request.set_closure_id(closure_id);
    request.set_reason("水退了");
    return request;
}

dispatch_pb::CancelOrderRequest cancel_order(const std::string& order_id) {
    dispatch_pb::CancelOrderRequest request;
    *request.mutable_header() = mutation();
    request.set_order_id(order_id);
    request.set_reason("not needed any more");
    return request;
}

publicinfo_pb::DraftBulletinRequest draft_bulletin() {
    publicinfo_pb::DraftBulletinRequest request;
    *request.mutable_header() = mutation();
    request.set_kind(publicinfo_pb::BULLETIN_KIND_WARNING);
    auto& text = *request.add_texts();
    text.set_language("zh-CN");
    text.set_headline("请勿靠近河道");
    text.set_body("水位上涨，请远离河岸。");
    request.add_area_codes("420981100");
    request.set_expires_at_micros(to_micros(SystemClock().now() + std::chrono::hours{6}));
    return request;
}

publicinfo_pb::ApproveBulletinRequest approve(const publicinfo_pb::Bulletin& bulletin) {
    publicinfo_pb::ApproveBulletinRequest request;
    *request.mutable_header() = mutation();
    request.set_bulletin_id(bulletin.id());
    request.set_content_hash(bulletin.content_hash());
    return request;
}

publicinfo_pb::PublishBulletinRequest publish(const std::string& bulletin_id) {
    publicinfo_pb::PublishBulletinRequest request;
    *request.mutable_header() = mutation();
    request.set_bulletin_id(bulletin_id);
    return request;
}

}  // namespace liandong::test
