#include "simulator/virtual/in_process_client.h"

#include "liandong/common/v1/options.pb.h"

#include <google/protobuf/descriptor.h>

#include <utility>

namespace liandong::simulator {
namespace {

using dispatch::DispatchHandlers;
using intake::IntakeHandlers;
using publicinfo::PublicInfoHandlers;

constexpr Duration kUnaryDeadline = std::chrono::seconds{1};

}  // namespace

Result<CallContext> InProcessClient::admit(domain::Principal who, const std::string& method,
                                           const common::v1::Scope& scope) const {
    return admit(std::move(who), method, domain::Scope{scope.world(), scope.district()});
}

Result<CallContext> InProcessClient::admit(domain::Principal who, const std::string& method,
                                           const domain::Scope& asked) const {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
    LIANDONG_CHECK(descriptor != nullptr);
    if (asked != world_.scope()) {
        return fail(Code::kFailedPrecondition, "WRONG_SCOPE", "this world is another scope");
    }
    const auto permission =
        static_cast<domain::Permission>(descriptor->options().GetExtension(common::v1::permission));
    if (auto allowed = domain::authorize(who, permission, asked); !allowed) {
        return fail(std::move(allowed.error()));
    }
    const auto stated = descriptor->options().GetExtension(common::v1::deadline_max_ms);
    CallContext context;
    context.principal = std::move(who);
    context.method = method;
    context.peer = "virtual";
    context.deadline = world_.callers().timers().now() +
                       (stated > 0 ? Duration{std::chrono::milliseconds{stated}} : kUnaryDeadline);
    return context;
}

Task<Error> InProcessClient::run_out(MonotonicTime deadline) {
    const Duration left = deadline - world_.callers().timers().now();
    if (left > Duration{}) co_await sleep_for(world_.callers().timers(), left);
    co_return Error{Code::kDeadlineExceeded, "DEADLINE_EXPIRED", "no answer came in time", {}};
}

Client::Reply<intake::v1::ReportIncidentResponse> InProcessClient::report_incident(
    const Who& who, intake::v1::ReportIncidentRequest request) {
    return call(who, "liandong.intake.v1.IntakeService.ReportIncident", std::move(request),
                &VirtualProcess::intake, &IntakeHandlers::report_incident);
}

Client::Reply<intake::v1::GetIncidentResponse> InProcessClient::get_incident(
    const Who& who, intake::v1::GetIncidentRequest request) {
    return call(who, "liandong.intake.v1.IntakeService.GetIncident", std::move(request),
                &VirtualProcess::intake, &IntakeHandlers::get_incident);
}

Client::Reply<intake::v1::CloseIncidentResponse> InProcessClient::close_incident(
    const Who& who, intake::v1::CloseIncidentRequest request) {
    return call(who, "liandong.intake.v1.IntakeService.CloseIncident", std::move(request),
                &VirtualProcess::intake, &IntakeHandlers::close_incident);
}

Client::Reply<dispatch::v1::ImportUnitsResponse> InProcessClient::import_units(
    const Who& who, dispatch::v1::ImportUnitsRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.ImportUnits", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::import_units);
}

Client::Reply<dispatch::v1::RecommendUnitsResponse> InProcessClient::recommend_units(
    const Who& who, dispatch::v1::RecommendUnitsRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.RecommendUnits", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::recommend_units);
}

Client::Reply<dispatch::v1::DispatchUnitsResponse> InProcessClient::dispatch_units(
    const Who& who, dispatch::v1::DispatchUnitsRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.DispatchUnits", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::dispatch_units);
}

Client::Reply<dispatch::v1::GetOrderResponse> InProcessClient::get_order(
    const Who& who, dispatch::v1::GetOrderRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.GetOrder", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::get_order);
}

Client::Reply<dispatch::v1::ConfirmDeliveryResponse> InProcessClient::confirm_delivery(
    const Who& who, dispatch::v1::ConfirmDeliveryRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.ConfirmDelivery", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::confirm_delivery);
}

Client::Reply<dispatch::v1::SignOrderResponse> InProcessClient::sign_order(
    const Who& who, dispatch::v1::SignOrderRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.SignOrder", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::sign_order);
}

Client::Reply<dispatch::v1::DepartOrderResponse> InProcessClient::depart_order(
    const Who& who, dispatch::v1::DepartOrderRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.DepartOrder", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::depart_order);
}

Client::Reply<dispatch::v1::ArriveOrderResponse> InProcessClient::arrive_order(
    const Who& who, dispatch::v1::ArriveOrderRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.ArriveOrder", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::arrive_order);
}

Client::Reply<dispatch::v1::ClearOrderResponse> InProcessClient::clear_order(
    const Who& who, dispatch::v1::ClearOrderRequest request) {
    return call(who, "liandong.dispatch.v1.DispatchService.ClearOrder", std::move(request),
                &VirtualProcess::dispatch, &DispatchHandlers::clear_order);
}

Client::Reply<publicinfo::v1::DraftBulletinResponse> InProcessClient::draft_bulletin(
    const Who& who, publicinfo::v1::DraftBulletinRequest request) {
    return call(who, "liandong.publicinfo.v1.PublicInfoService.DraftBulletin", std::move(request),
                &VirtualProcess::publicinfo, &PublicInfoHandlers::draft_bulletin);
}

Client::Reply<publicinfo::v1::ApproveBulletinResponse> InProcessClient::approve_bulletin(
    const Who& who, publicinfo::v1::ApproveBulletinRequest request) {
    return call(who, "liandong.publicinfo.v1.PublicInfoService.ApproveBulletin", std::move(request),
                &VirtualProcess::publicinfo, &PublicInfoHandlers::approve_bulletin);
}

Client::Reply<publicinfo::v1::PublishBulletinResponse> InProcessClient::publish_bulletin(
    const Who& who, publicinfo::v1::PublishBulletinRequest request) {
    return call(who, "liandong.publicinfo.v1.PublicInfoService.PublishBulletin", std::move(request),
                &VirtualProcess::publicinfo, &PublicInfoHandlers::publish_bulletin);
}

Task<Error> InProcessClient::watch_unit_orders(const Who& who,
                                               dispatch::v1::WatchUnitOrdersRequest request,
                                               Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) {
    return watch(who, "liandong.dispatch.v1.DispatchService.WatchUnitOrders", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::watch_unit_orders, sink);
}

Task<Error> InProcessClient::watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                                         Sink<dispatch::v1::WatchBoardResponse>& sink) {
    return watch(who, "liandong.dispatch.v1.DispatchService.WatchBoard", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::watch_board, sink);
}

}  // namespace liandong::simulator
