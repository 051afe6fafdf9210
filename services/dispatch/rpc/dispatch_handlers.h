#pragma once

#include "common/async/sink.h"
#include "common/async/task.h"
#include "common/base/error.h"
#include "common/domain/call_context.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "services/dispatch/service/dispatch_service.h"

namespace liandong::dispatch {

namespace pb = liandong::dispatch::v1;

/// `liandong.dispatch.v1.DispatchService`, without gRPC: messages to domain values and back;
/// permission is checked already, a terminal's own unit here. Bound to gRPC by common/rpc, called
/// directly by the simulator.
class DispatchHandlers {
public:
    /// `service` must outlive the handlers.
    explicit DispatchHandlers(DispatchService& service) : service_(service) {}

    Task<Result<pb::ImportUnitsResponse>> import_units(CallContext context,
                                                       pb::ImportUnitsRequest request);
    Task<Result<pb::GetUnitResponse>> get_unit(CallContext context, pb::GetUnitRequest request);
    Task<Result<pb::ListUnitsResponse>> list_units(CallContext context,
                                                   pb::ListUnitsRequest request);
    Task<Result<pb::SetUnitStatusResponse>> set_unit_status(CallContext context,
                                                            pb::SetUnitStatusRequest request);
    Task<Result<pb::ReportPositionsResponse>> report_positions(
        CallContext context, Source<pb::ReportPositionsRequest>& source);
    Task<Result<pb::RecommendUnitsResponse>> recommend_units(CallContext context,
                                                             pb::RecommendUnitsRequest request);
    Task<Result<pb::DispatchUnitsResponse>> dispatch_units(CallContext context,
                                                           pb::DispatchUnitsRequest request);
    Task<Result<pb::GetOrderResponse>> get_order(CallContext context, pb::GetOrderRequest request);
    Task<Result<pb::ListOrdersResponse>> list_orders(CallContext context,
                                                     pb::ListOrdersRequest request);
    Task<Result<pb::ConfirmDeliveryResponse>> confirm_delivery(CallContext context,
                                                               pb::ConfirmDeliveryRequest request);
    Task<Result<pb::SignOrderResponse>> sign_order(CallContext context,
                                                   pb::SignOrderRequest request);
    Task<Result<pb::DepartOrderResponse>> depart_order(CallContext context,
                                                       pb::DepartOrderRequest request);
    Task<Result<pb::ArriveOrderResponse>> arrive_order(CallContext context,
                                                       pb::ArriveOrderRequest request);
    Task<Result<pb::ClearOrderResponse>> clear_order(CallContext context,
                                                     pb::ClearOrderRequest request);
    Task<Result<pb::DeclineOrderResponse>> decline_order(CallContext context,
                                                         pb::DeclineOrderRequest request);
    Task<Result<pb::CancelOrderResponse>> cancel_order(CallContext context,
                                                       pb::CancelOrderRequest request);
    Task<Result<pb::CloseRoadResponse>> close_road(CallContext context,
                                                   pb::CloseRoadRequest request);
    Task<Result<pb::ReopenRoadResponse>> reopen_road(CallContext context,
                                                     pb::ReopenRoadRequest request);
    Task<Result<pb::ListClosuresResponse>> list_closures(CallContext context,
                                                         pb::ListClosuresRequest request);
    Task<Status> watch_unit_orders(CallContext context, pb::WatchUnitOrdersRequest request,
                                   Sink<pb::WatchUnitOrdersResponse>& sink);
    Task<Status> watch_board(CallContext context, pb::WatchBoardRequest request,
                             Sink<pb::WatchBoardResponse>& sink);

private:
    template <class Response, class Request>
    Task<Result<Response>> record(CallContext context, Request request, domain::OrderFact fact);
    pb::Closure closure(const domain::Closure& closure, std::uint64_t version);
    pb::Order order(const store::Versioned<domain::Order>& held) const;
    /// False also for a unit that is not known here.
    bool is_of_agency(std::string_view unit_id, std::string_view agency) const;
    store::ScopeContext& scope() const { return service_.context(); }

    DispatchService& service_;
};

}  // namespace liandong::dispatch
