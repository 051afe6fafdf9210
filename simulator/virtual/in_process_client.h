#pragma once

#include "common/base/random.h"
#include "simulator/client/client.h"
#include "simulator/virtual/virtual_world.h"

#include <string>

namespace liandong::simulator {

/// `Client` that calls the production handlers of a virtual world, without gRPC. What the binding
/// does before a handler is done here too: scope, permission as the proto file declares it,
/// deadline. A call goes to a process that chance picks, as behind a load balancer; a message
/// travels for kTravel_min … kTravel_max of virtual time, those of one stream in order and one at a
/// time. Every unary call ends, because every handler does. All calls on the world's `callers`
/// thread.
class InProcessClient final : public Client {
public:
    static constexpr Duration kTravel_min{200};
    static constexpr Duration kTravel_max{5'000};

    /// Both must outlive the client.
    InProcessClient(VirtualWorld& world, Random& random) : world_(world), random_(random) {}

    Reply<intake::v1::ReportIncidentResponse> report_incident(
        const Who& who, intake::v1::ReportIncidentRequest request) override;
    Reply<intake::v1::GetIncidentResponse> get_incident(
        const Who& who, intake::v1::GetIncidentRequest request) override;
    Reply<intake::v1::CloseIncidentResponse> close_incident(
        const Who& who, intake::v1::CloseIncidentRequest request) override;
    Reply<dispatch::v1::ImportUnitsResponse> import_units(
        const Who& who, dispatch::v1::ImportUnitsRequest request) override;
    Reply<dispatch::v1::RecommendUnitsResponse> recommend_units(
        const Who& who, dispatch::v1::RecommendUnitsRequest request) override;
    Reply<dispatch::v1::DispatchUnitsResponse> dispatch_units(
        const Who& who, dispatch::v1::DispatchUnitsRequest request) override;
    Reply<dispatch::v1::GetOrderResponse> get_order(const Who& who,
                                                    dispatch::v1::GetOrderRequest request) override;
    Reply<dispatch::v1::ConfirmDeliveryResponse> confirm_delivery(
        const Who& who, dispatch::v1::ConfirmDeliveryRequest request) override;
    Reply<dispatch::v1::SignOrderResponse> sign_order(
        const Who& who, dispatch::v1::SignOrderRequest request) override;
    Reply<dispatch::v1::DepartOrderResponse> depart_order(
        const Who& who, dispatch::v1::DepartOrderRequest request) override;
    Reply<dispatch::v1::ArriveOrderResponse> arrive_order(
        const Who& who, dispatch::v1::ArriveOrderRequest request) override;
    Reply<dispatch::v1::ClearOrderResponse> clear_order(
        const Who& who, dispatch::v1::ClearOrderRequest request) override;
    Reply<publicinfo::v1::DraftBulletinResponse> draft_bulletin(
        const Who& who, publicinfo::v1::DraftBulletinRequest request) override;
    Reply<publicinfo::v1::ApproveBulletinResponse> approve_bulletin(
        const Who& who, publicinfo::v1::ApproveBulletinRequest request) override;
    Reply<publicinfo::v1::PublishBulletinResponse> publish_bulletin(
        const Who& who, publicinfo::v1::PublishBulletinRequest request) override;
    Task<Error> watch_unit_orders(const Who& who, dispatch::v1::WatchUnitOrdersRequest request,
                                  Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) override;
    Task<Error> watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                            Sink<dispatch::v1::WatchBoardResponse>& sink) override;

private:
    template <class Response, class Request, class Handlers>
    Task<Result<Response>> unary(domain::Principal who, const char* method, Request request,
                                 Handlers& (VirtualProcess::*service)(),
                                 Task<Result<Response>> (Handlers::*handler)(CallContext, Request));
    template <class Message, class Request>
    Task<Error> watch(domain::Principal who, const char* method, Request request,
                      Task<Status> (dispatch::DispatchHandlers::*handler)(CallContext, Request,
                                                                          Sink<Message>&),
                      Sink<Message>& sink);
    /// FAILED_PRECONDITION / WRONG_SCOPE, or the errors of `domain::authorize`.
    Result<CallContext> admit(domain::Principal who, const char* method,
                              const common::v1::Scope& scope) const;
    VirtualProcess& pick();
    Duration travel_time();

    VirtualWorld& world_;
    Random& random_;
};

}  // namespace liandong::simulator
