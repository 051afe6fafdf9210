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
    set_up_bulletins();
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
    using Make = std::function<std::string()>;
    const auto made = [](auto make) { return [make] { return make().SerializeAsString(); }; };
    const std::map<std::string, Make> makers{
        {"ReportIncidentRequest", made([] { return report("又一起"); })},
        {"GetIncidentRequest", made([this] { return get_incident(open_incident_); })},
        {"ListIncidentsRequest", made(read_of<intake_pb::ListIncidentsRequest>)},
        {"WatchIncidentsRequest", made(read_of<intake_pb::WatchIncidentsRequest>)},
        {"CloseIncidentRequest", made([this] { return close_incident(open_incident_); })},
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
