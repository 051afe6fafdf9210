#include "tests/e2e/desk.h"

namespace liandong::test {

using namespace std::string_literals;

std::string Desk::report_one(const std::string& words) {
    return wire_.ask<intake_pb::ReportIncidentResponse>(report(words)).value().incident_id();
}

publicinfo_pb::Bulletin Desk::draft_one() {
    return wire_.ask<publicinfo_pb::DraftBulletinResponse>(draft_bulletin()).value().bulletin();
}

void Desk::SetUp() {
    auto units = import_units({"free", "busy", "asked"});
    units.mutable_units(2)->set_relation(dispatch_pb::COMMAND_RELATION_APPROVAL);
    wire_.ask<dispatch_pb::ImportUnitsResponse>(units).value();
    open_incident_ = report_one("水漫进一楼了");
    manned_incident_ = report_one("车被淹了");
    closed_incident_ = report_one("误拨");
    const auto send = [this] {
        return wire_.ask<dispatch_pb::DispatchUnitsResponse>(dispatch(manned_incident_, {"busy"}))
            .value()
            .orders(0)
            .id();
    };
    ended_order_ = send();
    wire_.ask<dispatch_pb::CancelOrderResponse>(cancel_order(ended_order_)).value();
    open_order_ = send();
    wire_.ask<intake_pb::CloseIncidentResponse>(close_incident(closed_incident_)).value();
    linked_incident_ = report_one("也看见了");
    wire_.ask<intake_pb::LinkIncidentResponse>(link(linked_incident_, manned_incident_)).value();
    told_incident_ = report_one("树倒了");
    auto feedback = remark(told_incident_);
    feedback.set_kind(intake_pb::NOTE_KIND_FEEDBACK);
    wire_.ask<intake_pb::AddNoteResponse>(feedback).value();
    wire_
        .ask<intake_pb::ClaimIncidentResponse>(
            about<intake_pb::ClaimIncidentRequest>(told_incident_))
        .value();
    auto alarm = report("烟感报警");
    alarm.set_channel(intake_pb::CHANNEL_ALARM);
    alarm_incident_ = wire_.ask<intake_pb::ReportIncidentResponse>(alarm).value().incident_id();
    auto lost = report("");
    lost.set_call_end(intake_pb::CALL_END_ABANDONED);
    lost_call_ = wire_.ask<intake_pb::ReportIncidentResponse>(lost).value().incident_id();
    closure_ = wire_.ask<dispatch_pb::CloseRoadResponse>(close_road()).value().closure().id();
    set_up_bulletins();
    set_up_desk();
}

void Desk::set_up_bulletins() {
    const CallOptions zhao{.principal = std::string(kZhao)};
    draft_ = draft_one();
    approved_ = draft_one();
    const auto last = draft_one();
    for (const auto& bulletin : {approved_, last}) {
        wire_.ask<publicinfo_pb::ApproveBulletinResponse>(approve(bulletin), zhao).value();
    }
    wire_.ask<publicinfo_pb::PublishBulletinResponse>(publish(last.id()), zhao).value();
    published_ = last.id();
}

std::string Desk::valid(const google::protobuf::Descriptor& type) {
    const auto made = [](auto make) { return [make] { return make().SerializeAsString(); }; };
    std::map<std::string, Make> makers{
        {"ReportIncidentRequest", made([] { return report("又一起"); })},
        {"GetIncidentRequest", made([this] { return get_incident(open_incident_); })},
        {"ListIncidentsRequest", made(read_of<intake_pb::ListIncidentsRequest>)},
        {"WatchIncidentsRequest", made(read_of<intake_pb::WatchIncidentsRequest>)},
        {"CloseIncidentRequest", made([this] { return close_incident(open_incident_); })},
        {"TriageIncidentRequest", made([this] { return triage(open_incident_); })},
        {"AddNoteRequest", made([this] { return remark(open_incident_); })},
        {"ReviewIncidentRequest", made([this] {
             auto request = about<intake_pb::ReviewIncidentRequest>(told_incident_);
             request.set_verdict(intake_pb::VERDICT_APPROVE);
             return request;
         })},
        {"ReopenIncidentRequest", made([this] {
             auto request = about<intake_pb::ReopenIncidentRequest>(closed_incident_);
             request.set_reason("又来电");
             return request;
         })},
        {"ClaimIncidentRequest",
         made([this] { return about<intake_pb::ClaimIncidentRequest>(open_incident_); })},
        {"ReleaseIncidentRequest",
         made([this] { return about<intake_pb::ReleaseIncidentRequest>(told_incident_); })},
        {"LinkIncidentRequest", made([this] { return link(open_incident_, manned_incident_); })},
        {"UnlinkIncidentRequest", made([this] {
             auto request = about<intake_pb::UnlinkIncidentRequest>(linked_incident_);
             request.set_reason("不是同一起");
             return request;
         })},
        {"MarkIncidentReadRequest",
         made([this] { return about<intake_pb::MarkIncidentReadRequest>(linked_incident_); })},
        {"DeclareMasterRequest", made([this] {
             auto request = about<intake_pb::DeclareMasterRequest>(open_incident_);
             request.set_is_master(true);
             return request;
         })},
        {"GetTimelineRequest", made([this] {
             auto request = read_of<intake_pb::GetTimelineRequest>();
             request.set_incident_id(manned_incident_);
             return request;
         })},
        {"CountIncidentsRequest", made(read_of<intake_pb::CountIncidentsRequest>)},
        {"ListIncidentTypesRequest", made(read_of<intake_pb::ListIncidentTypesRequest>)},
        {"SuggestTypesRequest", made([] {
             auto request = read_of<intake_pb::SuggestTypesRequest>();
             request.set_words("厨房着火");
             return request;
         })},
        {"SuggestDuplicatesRequest", made([this] {
             auto request = read_of<intake_pb::SuggestDuplicatesRequest>();
             request.set_incident_id(open_incident_);
             return request;
         })},
        {"FindAreasRequest", made([] {
             auto request = read_of<intake_pb::FindAreasRequest>();
             request.set_name("团结村");
             return request;
         })},
        {"LinkIncidentsRequest", made([this] {
             intake_pb::LinkIncidentsRequest request;
             *request.mutable_header() = mutation();
             request.add_incident_ids(open_incident_);
             request.set_to_incident_id(manned_incident_);
             request.set_reason("同一起");
             return request;
         })},
        {"UnlinkIncidentsRequest", made([this] {
             intake_pb::UnlinkIncidentsRequest request;
             *request.mutable_header() = mutation();
             request.add_incident_ids(linked_incident_);
             request.set_reason("不是同一起");
             return request;
         })},
        {"VerifyAlarmRequest", made([this] {
             auto request = about<intake_pb::VerifyAlarmRequest>(alarm_incident_);
             request.set_reason("看过视频");
             return request;
         })},
        {"RecordCallbackRequest", made([this] {
             auto request = about<intake_pb::RecordCallbackRequest>(lost_call_);
             request.set_outcome(intake_pb::CALLBACK_OUTCOME_NO_ANSWER);
             return request;
         })},
        {"ImportUnitsRequest", made([] { return import_units({"spare"}); })},
        {"GetUnitRequest", made([] {
             auto request = read_of<dispatch_pb::GetUnitRequest>();
             request.set_unit_id("free");
             return request;
         })},
        {"ListUnitsRequest", made(read_of<dispatch_pb::ListUnitsRequest>)},
        {"SetUnitStatusRequest", made([] { return set_status("free"); })},
        {"ReportPositionsRequest", made([] { return fix("free"); })},
        {"RecommendUnitsRequest", made([this] { return recommend(open_incident_); })},
        {"DispatchUnitsRequest", made([this] { return dispatch(open_incident_, {"free"}); })},
        {"GetOrderRequest", made([this] {
             auto request = read_of<dispatch_pb::GetOrderRequest>();
             request.set_order_id(open_order_);
             return request;
         })},
        {"ListOrdersRequest", made(read_of<dispatch_pb::ListOrdersRequest>)},
        {"WatchUnitOrdersRequest", made([] {
             auto request = read_of<dispatch_pb::WatchUnitOrdersRequest>();
             request.set_unit_id("busy");
             return request;
         })},
        {"ConfirmDeliveryRequest",
         made([this] { return fact<dispatch_pb::ConfirmDeliveryRequest>(open_order_); })},
        {"SignOrderRequest",
         made([this] { return fact<dispatch_pb::SignOrderRequest>(open_order_); })},
        {"DepartOrderRequest",
         made([this] { return fact<dispatch_pb::DepartOrderRequest>(open_order_); })},
        {"ArriveOrderRequest",
         made([this] { return fact<dispatch_pb::ArriveOrderRequest>(open_order_); })},
        {"ClearOrderRequest",
         made([this] { return fact<dispatch_pb::ClearOrderRequest>(open_order_); })},
        {"DeclineOrderRequest", made([this] {
             auto request = fact<dispatch_pb::DeclineOrderRequest>(open_order_);
             request.mutable_fact()->set_reason("engine failure");
             return request;
         })},
        {"CancelOrderRequest", made([this] { return cancel_order(open_order_); })},
        {"CloseRoadRequest", made(close_road)},
        {"ReopenRoadRequest", made([this] { return reopen_road(closure_); })},
        {"ListClosuresRequest", made(read_of<dispatch_pb::ListClosuresRequest>)},
        {"WatchBoardRequest", made(read_of<dispatch_pb::WatchBoardRequest>)},
        {"DraftBulletinRequest", made(draft_bulletin)},
        {"ApproveBulletinRequest", made([this] { return approve(draft_); })},
        {"PublishBulletinRequest", made([this] { return publish(approved_.id()); })},
        {"GetBulletinRequest", made([this] {
             auto request = read_of<publicinfo_pb::GetBulletinRequest>();
             request.set_bulletin_id(draft_.id());
             return request;
         })},
        {"ListBulletinsRequest", made(read_of<publicinfo_pb::ListBulletinsRequest>)},
        {"WatchBulletinsRequest", made(read_of<publicinfo_pb::WatchBulletinsRequest>)},
    };
    makers.merge(desk_service_makers());
    return makers.at(type.name())();
}

void expect_refused(const Platform& platform, const Refusal& row, const CallOptions& options) {
    SCOPED_TRACE(row.method->name() + ": " + row.name);
    CallOptions how = options;
    how.principal = row.as;
    const std::uint64_t before = last_seq(platform.redis);
    const Answer answer = platform.wire.call(*row.method, row.bytes, how);
    EXPECT_EQ(last_seq(platform.redis), before) << "something was written";
    if (!answer.error) {
        ADD_FAILURE() << "it was not refused";
        return;
    }
    EXPECT_EQ(to_string(answer.error->code), to_string(row.code)) << answer.error->message;
    EXPECT_EQ(answer.error->reason, row.reason) << answer.error->message;
    EXPECT_EQ(answer.error->find("field"), row.field);
}

void expect_refused(const Platform& platform, const std::vector<Refusal>& rows) {
    for (const Refusal& row : rows) expect_refused(platform, row);
}

}  // namespace liandong::test
