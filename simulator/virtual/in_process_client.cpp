#include "simulator/virtual/in_process_client.h"

#include "common/base/check.h"
#include "liandong/common/v1/options.pb.h"

#include <google/protobuf/descriptor.h>

#include <functional>
#include <utility>

namespace liandong::simulator {
namespace {

using dispatch::DispatchHandlers;
using intake::IntakeHandlers;
using publicinfo::PublicInfoHandlers;

constexpr Duration kUnaryDeadline = std::chrono::seconds{1};

/// The server's end of a stream: a message travels, then the caller takes it, then the next may go.
template <class Message> class TravellingSink final : public Sink<Message> {
public:
    TravellingSink(Sink<Message>& peer, VirtualProcess& process, VirtualThread& there,
                   std::function<Duration()> travel_time)
        : peer_(peer), process_(process), there_(there), travel_time_(std::move(travel_time)) {
        on_gone_ = peer_.cancellation().on_cancel([this] { gone_.cancel(); });
        on_death_ = process_.death().on_cancel([this] { gone_.cancel(); });
    }

    Task<bool> send(Message message) override {
        co_await sleep_for(process_.thread().timers(), travel_time_());
        if (gone_.is_cancelled()) co_return false;
        co_return co_await run_on(there_, process_.thread(), peer_.send(std::move(message)));
    }
    Cancellation cancellation() const override { return gone_; }

private:
    Sink<Message>& peer_;
    VirtualProcess& process_;
    VirtualThread& there_;
    std::function<Duration()> travel_time_;
    Cancellation gone_;
    Cancellation::Registration on_gone_;
    Cancellation::Registration on_death_;
};

}  // namespace

VirtualProcess& InProcessClient::pick() {
    return *world_.processes()[random_.below(world_.processes().size())];
}

Duration InProcessClient::travel_time() {
    const auto spread = static_cast<std::uint64_t>((kTravel_max - kTravel_min).count());
    return kTravel_min + Duration{static_cast<Duration::rep>(random_.below(spread + 1))};
}

Result<CallContext> InProcessClient::admit(domain::Principal who, const char* method,
                                           const common::v1::Scope& scope) const {
    const auto* descriptor =
        google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(method);
    LIANDONG_CHECK(descriptor != nullptr);
    const domain::Scope asked{scope.world(), scope.district()};
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

template <class Response, class Request, class Handlers>
Task<Result<Response>> InProcessClient::unary(
    domain::Principal who, const char* method, Request request,
    Handlers& (VirtualProcess::*service)(),
    Task<Result<Response>> (Handlers::*handler)(CallContext, Request)) {
    co_await sleep_for(world_.callers().timers(), travel_time());
    VirtualProcess& process = pick();
    auto context = admit(std::move(who), method, request.header().scope());
    if (!context) co_return fail(std::move(context.error()));
    auto result = co_await process.serve(
        world_.callers(), ((process.*service)().*handler)(std::move(*context), std::move(request)));
    co_await sleep_for(world_.callers().timers(), travel_time());
    co_return result;
}

template <class Message, class Request>
Task<Error> InProcessClient::watch(domain::Principal who, const char* method, Request request,
                                   Task<Status> (DispatchHandlers::*handler)(CallContext, Request,
                                                                             Sink<Message>&),
                                   Sink<Message>& sink) {
    co_await sleep_for(world_.callers().timers(), travel_time());
    VirtualProcess& process = pick();
    auto context = admit(std::move(who), method, request.header().scope());
    if (!context) co_return std::move(context.error());
    TravellingSink<Message> server_end(sink, process, world_.callers(),
                                       [this] { return travel_time(); });
    context->cancellation = server_end.cancellation();
    Status status = co_await process.serve(
        world_.callers(),
        (process.dispatch().*handler)(std::move(*context), std::move(request), server_end));
    LIANDONG_CHECK(!status);
    co_return std::move(status.error());
}

Client::Reply<intake::v1::ReportIncidentResponse> InProcessClient::report_incident(
    const Who& who, intake::v1::ReportIncidentRequest request) {
    return unary(who, "liandong.intake.v1.IntakeService.ReportIncident", std::move(request),
                 &VirtualProcess::intake, &IntakeHandlers::report_incident);
}

Client::Reply<intake::v1::GetIncidentResponse> InProcessClient::get_incident(
    const Who& who, intake::v1::GetIncidentRequest request) {
    return unary(who, "liandong.intake.v1.IntakeService.GetIncident", std::move(request),
                 &VirtualProcess::intake, &IntakeHandlers::get_incident);
}

Client::Reply<intake::v1::CloseIncidentResponse> InProcessClient::close_incident(
    const Who& who, intake::v1::CloseIncidentRequest request) {
    return unary(who, "liandong.intake.v1.IntakeService.CloseIncident", std::move(request),
                 &VirtualProcess::intake, &IntakeHandlers::close_incident);
}

Client::Reply<dispatch::v1::ImportUnitsResponse> InProcessClient::import_units(
    const Who& who, dispatch::v1::ImportUnitsRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.ImportUnits", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::import_units);
}

Client::Reply<dispatch::v1::RecommendUnitsResponse> InProcessClient::recommend_units(
    const Who& who, dispatch::v1::RecommendUnitsRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.RecommendUnits", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::recommend_units);
}

Client::Reply<dispatch::v1::DispatchUnitsResponse> InProcessClient::dispatch_units(
    const Who& who, dispatch::v1::DispatchUnitsRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.DispatchUnits", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::dispatch_units);
}

Client::Reply<dispatch::v1::GetOrderResponse> InProcessClient::get_order(
    const Who& who, dispatch::v1::GetOrderRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.GetOrder", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::get_order);
}

Client::Reply<dispatch::v1::ConfirmDeliveryResponse> InProcessClient::confirm_delivery(
    const Who& who, dispatch::v1::ConfirmDeliveryRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.ConfirmDelivery", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::confirm_delivery);
}

Client::Reply<dispatch::v1::SignOrderResponse> InProcessClient::sign_order(
    const Who& who, dispatch::v1::SignOrderRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.SignOrder", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::sign_order);
}

Client::Reply<dispatch::v1::DepartOrderResponse> InProcessClient::depart_order(
    const Who& who, dispatch::v1::DepartOrderRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.DepartOrder", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::depart_order);
}

Client::Reply<dispatch::v1::ArriveOrderResponse> InProcessClient::arrive_order(
    const Who& who, dispatch::v1::ArriveOrderRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.ArriveOrder", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::arrive_order);
}

Client::Reply<dispatch::v1::ClearOrderResponse> InProcessClient::clear_order(
    const Who& who, dispatch::v1::ClearOrderRequest request) {
    return unary(who, "liandong.dispatch.v1.DispatchService.ClearOrder", std::move(request),
                 &VirtualProcess::dispatch, &DispatchHandlers::clear_order);
}

Client::Reply<publicinfo::v1::DraftBulletinResponse> InProcessClient::draft_bulletin(
    const Who& who, publicinfo::v1::DraftBulletinRequest request) {
    return unary(who, "liandong.publicinfo.v1.PublicInfoService.DraftBulletin", std::move(request),
                 &VirtualProcess::publicinfo, &PublicInfoHandlers::draft_bulletin);
}

Client::Reply<publicinfo::v1::ApproveBulletinResponse> InProcessClient::approve_bulletin(
    const Who& who, publicinfo::v1::ApproveBulletinRequest request) {
    return unary(who, "liandong.publicinfo.v1.PublicInfoService.ApproveBulletin",
                 std::move(request), &VirtualProcess::publicinfo,
                 &PublicInfoHandlers::approve_bulletin);
}

Client::Reply<publicinfo::v1::PublishBulletinResponse> InProcessClient::publish_bulletin(
    const Who& who, publicinfo::v1::PublishBulletinRequest request) {
    return unary(who, "liandong.publicinfo.v1.PublicInfoService.PublishBulletin",
                 std::move(request), &VirtualProcess::publicinfo,
                 &PublicInfoHandlers::publish_bulletin);
}

Task<Error> InProcessClient::watch_unit_orders(const Who& who,
                                               dispatch::v1::WatchUnitOrdersRequest request,
                                               Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) {
    return watch(who, "liandong.dispatch.v1.DispatchService.WatchUnitOrders", std::move(request),
                 &DispatchHandlers::watch_unit_orders, sink);
}

Task<Error> InProcessClient::watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                                         Sink<dispatch::v1::WatchBoardResponse>& sink) {
    return watch(who, "liandong.dispatch.v1.DispatchService.WatchBoard", std::move(request),
                 &DispatchHandlers::watch_board, sink);
}

}  // namespace liandong::simulator
