#pragma once

#include "common/base/clock.h"
#include "simulator/client/client.h"

#include <memory>
#include <string>

namespace liandong::simulator {

struct GrpcOptions {
    std::string target;  ///< "127.0.0.1:7701"
    std::size_t unary_channels = 2;
    std::size_t stream_channels = 6;
    Duration call_timeout = std::chrono::seconds{5};
};

/// The platform over gRPC. Callers are named in metadata (`liandong-principal`), as servers without
/// keys on loopback take it. Streams and unary calls go over connections of their own, so that
/// neither waits for the other.
class GrpcClient final : public Client {
public:
    /// `clock` (the machine's, for deadlines) and the executor's io_context outlive the client;
    /// destroy it when no call is under way.
    GrpcClient(Executor executor, const Clock& clock, GrpcOptions options);
    ~GrpcClient() override;

    /// Blocks until the platform can be reached. UNAVAILABLE / PEER_UNREACHABLE after `limit`.
    Status connect(Duration limit);
    /// "gRPC 1.51.1".
    static std::string version();

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

private:
    struct Stubs;
    Stubs& unary_stubs();
    Stubs& stream_stubs();

    Executor executor_;
    const Clock& clock_;
    GrpcOptions options_;
    std::vector<std::unique_ptr<Stubs>> unary_;
    std::vector<std::unique_ptr<Stubs>> streams_;
    std::size_t next_unary_ = 0;
    std::size_t next_stream_ = 0;
};

}  // namespace liandong::simulator
