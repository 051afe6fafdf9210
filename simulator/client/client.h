#pragma once

#include "common/async/sink.h"
#include "common/async/task.h"
#include "common/base/error.h"
#include "common/domain/principal.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

namespace liandong::simulator {

/// What agents do with the platform, one function an RPC; `who` calls and must outlive the call.
/// Implementations: gRPC
/// (`live/`), and in virtual time the production handlers in process. Each unary call ends within a
/// bound of the implementation (then DEADLINE_EXCEEDED); watches end when the peer ends them or the
/// sink is cancelled, and say why.
class Client {
public:
    template <class Message> using Reply = Task<Result<Message>>;
    using Who = domain::Principal;

    virtual ~Client() = default;

    virtual Reply<intake::v1::ReportIncidentResponse> report_incident(
        const Who& who, intake::v1::ReportIncidentRequest request) = 0;
    virtual Reply<intake::v1::GetIncidentResponse> get_incident(
        const Who& who, intake::v1::GetIncidentRequest request) = 0;
    virtual Reply<intake::v1::CloseIncidentResponse> close_incident(
        const Who& who, intake::v1::CloseIncidentRequest request) = 0;

    virtual Reply<dispatch::v1::ImportUnitsResponse> import_units(
        const Who& who, dispatch::v1::ImportUnitsRequest request) = 0;
    virtual Reply<dispatch::v1::RecommendUnitsResponse> recommend_units(
        const Who& who, dispatch::v1::RecommendUnitsRequest request) = 0;
    virtual Reply<dispatch::v1::DispatchUnitsResponse> dispatch_units(
        const Who& who, dispatch::v1::DispatchUnitsRequest request) = 0;
    virtual Reply<dispatch::v1::GetOrderResponse> get_order(
        const Who& who, dispatch::v1::GetOrderRequest request) = 0;

    /// A crew's facts: five RPCs of one form.
    virtual Reply<dispatch::v1::ConfirmDeliveryResponse> confirm_delivery(
        const Who& who, dispatch::v1::ConfirmDeliveryRequest request) = 0;
    virtual Reply<dispatch::v1::SignOrderResponse> sign_order(
        const Who& who, dispatch::v1::SignOrderRequest request) = 0;
    virtual Reply<dispatch::v1::DepartOrderResponse> depart_order(
        const Who& who, dispatch::v1::DepartOrderRequest request) = 0;
    virtual Reply<dispatch::v1::ArriveOrderResponse> arrive_order(
        const Who& who, dispatch::v1::ArriveOrderRequest request) = 0;
    virtual Reply<dispatch::v1::ClearOrderResponse> clear_order(
        const Who& who, dispatch::v1::ClearOrderRequest request) = 0;

    virtual Reply<publicinfo::v1::DraftBulletinResponse> draft_bulletin(
        const Who& who, publicinfo::v1::DraftBulletinRequest request) = 0;
    virtual Reply<publicinfo::v1::ApproveBulletinResponse> approve_bulletin(
        const Who& who, publicinfo::v1::ApproveBulletinRequest request) = 0;
    virtual Reply<publicinfo::v1::PublishBulletinResponse> publish_bulletin(
        const Who& who, publicinfo::v1::PublishBulletinRequest request) = 0;

    /// `sink` gets every message in order and must outlive the call; the result says why the stream
    /// ended.
    virtual Task<Error> watch_unit_orders(const Who& who,
                                          dispatch::v1::WatchUnitOrdersRequest request,
                                          Sink<dispatch::v1::WatchUnitOrdersResponse>& sink) = 0;
    virtual Task<Error> watch_board(const Who& who, dispatch::v1::WatchBoardRequest request,
                                    Sink<dispatch::v1::WatchBoardResponse>& sink) = 0;
};

}  // namespace liandong::simulator
