#include "tests/bench/unit_stream.h"

#include "common/base/check.h"

#include <utility>

namespace liandong::bench {

UnitStream::UnitStream(dispatch_pb::DispatchService::Stub& stub, std::string unit_id,
                       OnOrder on_order)
    : on_order_(std::move(on_order)) {
    context_.AddMetadata("liandong-principal", std::string(kPrincipal));
    *request_.mutable_header()->mutable_scope() = Messages::scope();
    request_.set_unit_id(std::move(unit_id));
    stub.async()->WatchUnitOrders(&context_, &request_, this);
    StartRead(&message_);
    StartCall();
}

UnitStream::~UnitStream() {
    context_.TryCancel();
    ended_.get_future().wait();
}

void UnitStream::wait_until_live() {
    const auto status = live_.get_future().wait_for(std::chrono::seconds(10));
    LIANDONG_CHECK(status == std::future_status::ready);
}

void UnitStream::OnReadDone(bool ok) {
    if (!ok) return;
    const Instant received = std::chrono::steady_clock::now();
    for (const auto& order : message_.upserts()) on_order_(order, received);
    if (message_.snapshot_complete() && !std::exchange(is_live_, true)) live_.set_value();
    message_.Clear();
    StartRead(&message_);
}

void UnitStream::OnDone(const grpc::Status&) { ended_.set_value(); }

}  // namespace liandong::bench
