#pragma once

#include "common/async/signal.h"
#include "simulator/client/client.h"

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace liandong::simulator {

/// What happens to one call before it is answered.
enum class Trouble {
    kNone,
    kRefusedBefore,  ///< UNAVAILABLE, nothing done
    kLostAfter,      ///< done, and the answer lost: UNAVAILABLE
    kForbidden,      ///< PERMISSION_DENIED
};

/// A platform as small as the agents allow: one district, units, incidents and orders as messages,
/// request ids remembered, streams that can be cut. It judges nothing; that is what the production
/// services are for.
class FakePlatform final : public Client {
public:
    explicit FakePlatform(Executor executor) : executor_(executor) {}

    /// Troubles of the next calls of an RPC, in order ("ReportIncident" …).
    std::map<std::string, std::deque<Trouble>> troubles;
    /// Request ids of every call, in order of arrival, resends included.
    std::map<std::string, std::vector<std::string>> request_ids;

    /// Ends every stream with UNAVAILABLE; what was sent on them and not yet taken is lost.
    void cut_streams();

    Reply<intake::v1::ReportIncidentResponse> report_incident(
        const Who&, intake::v1::ReportIncidentRequest) override;
    Reply<intake::v1::GetIncidentResponse> get_incident(const Who&,
                                                        intake::v1::GetIncidentRequest) override;
    Reply<intake::v1::CloseIncidentResponse> close_incident(
        const Who&, intake::v1::CloseIncidentRequest) override;
    Reply<dispatch::v1::ImportUnitsResponse> import_units(
        const Who&, dispatch::v1::ImportUnitsRequest) override;
    Reply<dispatch::v1::RecommendUnitsResponse> recommend_units(
        const Who&, dispatch::v1::RecommendUnitsRequest) override;
    Reply<dispatch::v1::DispatchUnitsResponse> dispatch_units(
        const Who&, dispatch::v1::DispatchUnitsRequest) override;
    Reply<dispatch::v1::GetOrderResponse> get_order(const Who&,
                                                    dispatch::v1::GetOrderRequest) override;
    Reply<dispatch::v1::ConfirmDeliveryResponse> confirm_delivery(
        const Who&, dispatch::v1::ConfirmDeliveryRequest) override;
    Reply<dispatch::v1::SignOrderResponse> sign_order(const Who&,
                                                      dispatch::v1::SignOrderRequest) override;
    Reply<dispatch::v1::DepartOrderResponse> depart_order(
        const Who&, dispatch::v1::DepartOrderRequest) override;
    Reply<dispatch::v1::ArriveOrderResponse> arrive_order(
        const Who&, dispatch::v1::ArriveOrderRequest) override;
    Reply<dispatch::v1::ClearOrderResponse> clear_order(const Who&,
                                                        dispatch::v1::ClearOrderRequest) override;
    Reply<publicinfo::v1::DraftBulletinResponse> draft_bulletin(
        const Who&, publicinfo::v1::DraftBulletinRequest) override;
    Reply<publicinfo::v1::ApproveBulletinResponse> approve_bulletin(
        const Who&, publicinfo::v1::ApproveBulletinRequest) override;
    Reply<publicinfo::v1::PublishBulletinResponse> publish_bulletin(
        const Who&, publicinfo::v1::PublishBulletinRequest) override;
    Task<Error> watch_unit_orders(const Who&, dispatch::v1::WatchUnitOrdersRequest,
                                  Sink<dispatch::v1::WatchUnitOrdersResponse>&) override;
    Task<Error> watch_board(const Who&, dispatch::v1::WatchBoardRequest,
                            Sink<dispatch::v1::WatchBoardResponse>&) override;

    std::map<std::string, intake::v1::Incident> incidents;
    std::map<std::string, dispatch::v1::Unit> units;
    std::map<std::string, dispatch::v1::Order> orders;
    std::map<std::string, publicinfo::v1::Bulletin> bulletins;
    /// Closing dispositions by incident.
    std::map<std::string, intake::v1::Disposition> closed;

private:
    struct Watcher {
        explicit Watcher(Executor executor) : changed(executor) {}
        Signal changed;
        bool cut = false;
    };

    template <class Response, class Request, class Apply>
    Task<Result<Response>> answer(std::string rpc, Request request, Apply apply);
    template <class Request, class Response>
    Task<Result<Response>> fact(std::string rpc, Request request, dispatch::v1::OrderState state);
    void free_unit(const dispatch::v1::Order& order);
    void settle_incident(const std::string& incident_id);
    void changed();
    /// Sends whatever is newer than `seen`, first as a snapshot, until cut or cancelled.
    template <class Message, class Fill>
    Task<Error> watch(Sink<Message>& sink, std::uint64_t seen, bool resume, Fill fill);

    Executor executor_;
    std::uint64_t seq_ = 1;
    std::map<std::string, std::string> remembered_;  ///< request id → serialized response
    std::vector<Watcher*> watchers_;
};

}  // namespace liandong::simulator
