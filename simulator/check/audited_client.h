#pragma once

#include "simulator/check/scene.h"
#include "simulator/client/client.h"

namespace liandong::simulator {

/// Passes calls on and tells the scene's auditor of every answer that is one: agents that know
/// nothing of a check are judged by the same rules. Outcomes that are unknown are no answers; what
/// was asked across a failover is let go. Watches are passed on as they are.
class AuditedClient final : public Client {
public:
    /// Both must outlive it.
    AuditedClient(Scene& scene, Client& client) : scene_(scene), client_(client) {}

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
                                  Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) override {
        return client_.watch_unit_orders(who, std::move(request), sink);
    }
    Task<Error> watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                            Sink<dispatch::v1::WatchBoardResponse>& sink) override {
        return client_.watch_board(who, std::move(request), sink);
    }

private:
    template <class Response, class Request>
    Reply<Response> pass(const Who& who, const char* what, Request request,
                         Reply<Response> (Client::*method)(const Who&, Request));

    Scene& scene_;
    Client& client_;
};

}  // namespace liandong::simulator
