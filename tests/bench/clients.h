#pragma once

#include "liandong/dispatch/v1/dispatch.grpc.pb.h"
#include "liandong/intake/v1/intake.grpc.pb.h"
#include "tests/bench/load.h"

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

namespace liandong::bench {

/// The RPCs that are measured, over one channel. Floor and subject are called through this one
/// class.
class Clients {
public:
    explicit Clients(const std::shared_ptr<grpc::Channel>& channel);
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;

    Rpc<intake_pb::ReportIncidentRequest, intake_pb::ReportIncidentResponse> report;
    Rpc<intake_pb::GetIncidentRequest, intake_pb::GetIncidentResponse> get_incident;
    Rpc<dispatch_pb::ImportUnitsRequest, dispatch_pb::ImportUnitsResponse> import_units;
    Rpc<dispatch_pb::GetUnitRequest, dispatch_pb::GetUnitResponse> get_unit;
    Rpc<dispatch_pb::RecommendUnitsRequest, dispatch_pb::RecommendUnitsResponse> recommend;
    Rpc<dispatch_pb::DispatchUnitsRequest, dispatch_pb::DispatchUnitsResponse> dispatch;
    Rpc<dispatch_pb::ClearOrderRequest, dispatch_pb::ClearOrderResponse> clear;

    dispatch_pb::DispatchService::Stub& dispatch_stub() { return *dispatch_stub_; }

private:
    std::unique_ptr<intake_pb::IntakeService::Stub> intake_stub_;
    std::unique_ptr<dispatch_pb::DispatchService::Stub> dispatch_stub_;
};

/// Ids of incidents that were just reported.
std::vector<std::string> report_incidents(Clients& clients, Messages& messages, std::size_t count);
/// Brings units into the district and waits until the server's mirror shows them.
void import_units(Clients& clients, Messages& messages,
                  const std::vector<dispatch_pb::ImportUnitsRequest>& imports);
/// Ends these orders, so that their units are free again, and waits until the mirror shows it.
void clear_orders(Clients& clients, Messages& messages, const std::vector<std::string>& order_ids);

}  // namespace liandong::bench
