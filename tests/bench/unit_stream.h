#pragma once

#include "tests/bench/clients.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/client_callback.h>

#include <functional>
#include <future>
#include <string>

namespace liandong::bench {

/// A terminal that watches its unit's orders. Destroying it ends the stream.
class UnitStream final : public grpc::ClientReadReactor<dispatch_pb::WatchUnitOrdersResponse> {
public:
    /// Called on a gRPC thread, as soon as the message is here.
    using OnOrder = std::function<void(const dispatch_pb::Order&, Instant received)>;

    UnitStream(dispatch_pb::DispatchService::Stub& stub, std::string unit_id, OnOrder on_order);
    ~UnitStream() override;

    /// Until the snapshot is here: from now on every order is a delta.
    void wait_until_live();

private:
    void OnReadDone(bool ok) override;
    void OnDone(const grpc::Status& status) override;

    OnOrder on_order_;
    grpc::ClientContext context_;
    dispatch_pb::WatchUnitOrdersRequest request_;
    dispatch_pb::WatchUnitOrdersResponse message_;
    bool is_live_ = false;
    std::promise<void> live_;
    std::promise<void> ended_;
};

}  // namespace liandong::bench
