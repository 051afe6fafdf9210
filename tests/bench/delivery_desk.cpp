#include "tests/bench/delivery_desk.h"

#include "common/base/check.h"

#include <cstdio>
#include <thread>
#include <utility>

namespace liandong::bench {
namespace {

void require_ok(const grpc::Status& status) {
    if (status.ok()) return;
    std::fprintf(stderr, "a call failed: %d %s\n", status.error_code(),
                 status.error_message().c_str());
    LIANDONG_CHECK(status.ok());
}

}  // namespace

/// A call under way and what it needs until it ends.
struct DeliveryDesk::Sent {
    grpc::ClientContext context;
    dispatch_pb::DispatchUnitsRequest request;
    dispatch_pb::DispatchUnitsResponse response;
};

struct DeliveryDesk::Clearing {
    grpc::ClientContext context;
    dispatch_pb::ClearOrderRequest request;
    dispatch_pb::ClearOrderResponse response;
};

DeliveryDesk::DeliveryDesk(Clients& unary, Clients& streams, Messages& messages, std::size_t units)
    : unary_(unary), messages_(messages) {
    for (std::size_t i = 0; i < units; ++i) {
        const std::string unit = Messages::unit_id(i);
        free_units_.push_back(unit);
        streams_.push_back(std::make_unique<UnitStream>(
            streams.dispatch_stub(), unit,
            [this, unit](const auto& order, Instant at) { received(unit, order, at); }));
    }
    for (const auto& stream : streams_) stream->wait_until_live();
}

DeliveryDesk::~DeliveryDesk() = default;

DeliveryDesk::Outcome DeliveryDesk::run(const std::vector<std::string>& incidents, Nanos interval) {
    const Instant start = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        const Instant intended = start + interval * static_cast<Nanos::rep>(i);
        std::this_thread::sleep_until(intended);
        send(incidents[i], intended);
    }
    std::unique_lock lock(mutex_);
    const bool all = changed_.wait_for(lock, std::chrono::seconds(10),
                                       [this] { return open_ == 0 && calls_ == 0; });
    LIANDONG_CHECK(all);
    return std::exchange(outcome_, {});
}

void DeliveryDesk::send(const std::string& incident, Instant intended) {
    auto call = std::make_shared<Sent>();
    {
        const std::scoped_lock lock(mutex_);
        if (free_units_.empty()) {
            ++outcome_.dropped;
            return;
        }
        const std::string unit = std::move(free_units_.front());
        free_units_.pop_front();
        intended_[unit] = intended;
        ++open_;
        ++calls_;
        call->request = messages_.dispatch(incident, {&unit, 1});
        outcome_.send_lags.push_back(std::chrono::steady_clock::now() - intended);
    }
    prepare(call->context);
    unary_.dispatch.start(&call->context, &call->request, &call->response,
                          [this, call](const grpc::Status& status) { sent(*call, status); });
}

void DeliveryDesk::sent(Sent& call, const grpc::Status& status) {
    require_ok(status);
    LIANDONG_CHECK(call.response.orders_size() == 1);
    const std::scoped_lock lock(mutex_);
    --calls_;
    changed_.notify_one();
}

void DeliveryDesk::received(const std::string& unit, const dispatch_pb::Order& order, Instant at) {
    {
        const std::scoped_lock lock(mutex_);
        const auto waiting = intended_.find(unit);
        if (waiting == intended_.end() || order.state() != dispatch_pb::ORDER_STATE_SENT) return;
        outcome_.latencies.push_back(at - waiting->second);
        intended_.erase(waiting);
    }
    clear(unit, order.id());
}

void DeliveryDesk::clear(const std::string& unit, const std::string& order) {
    auto call = std::make_shared<Clearing>();
    {
        const std::scoped_lock lock(mutex_);
        call->request = messages_.clear(order);
    }
    prepare(call->context);
    unary_.clear.start(&call->context, &call->request, &call->response,
                       [this, call, unit](const grpc::Status& status) { cleared(unit, status); });
}

void DeliveryDesk::cleared(const std::string& unit, const grpc::Status& status) {
    require_ok(status);
    const std::scoped_lock lock(mutex_);
    free_units_.push_back(unit);
    --open_;
    changed_.notify_one();
}

}  // namespace liandong::bench
