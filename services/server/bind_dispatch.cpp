#include "services/server/bind.h"

namespace liandong::server {

void bind_dispatch(rpc::Server& server, const ScopeStacks& scopes) {
    namespace pb = liandong::dispatch::v1;
    using Handlers = dispatch::DispatchHandlers;
    const std::string service = "liandong.dispatch.v1.DispatchService";
    const auto handlers = by_scope(scopes, &ScopeStack::dispatch);
    server.unary<pb::ImportUnitsRequest, pb::ImportUnitsResponse>(
        service, "ImportUnits", rpc::by_scope(handlers, &Handlers::import_units));
    server.unary<pb::GetUnitRequest, pb::GetUnitResponse>(
        service, "GetUnit", rpc::by_scope(handlers, &Handlers::get_unit));
    server.unary<pb::ListUnitsRequest, pb::ListUnitsResponse>(
        service, "ListUnits", rpc::by_scope(handlers, &Handlers::list_units));
    server.unary<pb::SetUnitStatusRequest, pb::SetUnitStatusResponse>(
        service, "SetUnitStatus", rpc::by_scope(handlers, &Handlers::set_unit_status));
    server.client_stream<pb::ReportPositionsRequest, pb::ReportPositionsResponse>(
        service, "ReportPositions", rpc::by_scope(handlers, &Handlers::report_positions));
    server.unary<pb::RecommendUnitsRequest, pb::RecommendUnitsResponse>(
        service, "RecommendUnits", rpc::by_scope(handlers, &Handlers::recommend_units));
    server.unary<pb::DispatchUnitsRequest, pb::DispatchUnitsResponse>(
        service, "DispatchUnits", rpc::by_scope(handlers, &Handlers::dispatch_units));
    server.unary<pb::GetOrderRequest, pb::GetOrderResponse>(
        service, "GetOrder", rpc::by_scope(handlers, &Handlers::get_order));
    server.unary<pb::ListOrdersRequest, pb::ListOrdersResponse>(
        service, "ListOrders", rpc::by_scope(handlers, &Handlers::list_orders));
    server.server_stream<pb::WatchUnitOrdersRequest, pb::WatchUnitOrdersResponse>(
        service, "WatchUnitOrders", rpc::by_scope(handlers, &Handlers::watch_unit_orders));
    server.unary<pb::ConfirmDeliveryRequest, pb::ConfirmDeliveryResponse>(
        service, "ConfirmDelivery", rpc::by_scope(handlers, &Handlers::confirm_delivery));
    server.unary<pb::SignOrderRequest, pb::SignOrderResponse>(
        service, "SignOrder", rpc::by_scope(handlers, &Handlers::sign_order));
    server.unary<pb::DepartOrderRequest, pb::DepartOrderResponse>(
        service, "DepartOrder", rpc::by_scope(handlers, &Handlers::depart_order));
    server.unary<pb::ArriveOrderRequest, pb::ArriveOrderResponse>(
        service, "ArriveOrder", rpc::by_scope(handlers, &Handlers::arrive_order));
    server.unary<pb::ClearOrderRequest, pb::ClearOrderResponse>(
        service, "ClearOrder", rpc::by_scope(handlers, &Handlers::clear_order));
    server.unary<pb::DeclineOrderRequest, pb::DeclineOrderResponse>(
        service, "DeclineOrder", rpc::by_scope(handlers, &Handlers::decline_order));
    server.unary<pb::CancelOrderRequest, pb::CancelOrderResponse>(
        service, "CancelOrder", rpc::by_scope(handlers, &Handlers::cancel_order));
    server.unary<pb::CloseRoadRequest, pb::CloseRoadResponse>(
        service, "CloseRoad", rpc::by_scope(handlers, &Handlers::close_road));
    server.unary<pb::ReopenRoadRequest, pb::ReopenRoadResponse>(
        service, "ReopenRoad", rpc::by_scope(handlers, &Handlers::reopen_road));
    server.unary<pb::ListClosuresRequest, pb::ListClosuresResponse>(
        service, "ListClosures", rpc::by_scope(handlers, &Handlers::list_closures));
    server.server_stream<pb::WatchBoardRequest, pb::WatchBoardResponse>(
        service, "WatchBoard", rpc::by_scope(handlers, &Handlers::watch_board));
}

}  // namespace liandong::server
