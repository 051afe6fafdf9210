#pragma once

#include "common/base/check.h"
#include "tests/bench/messages.h"
#include "tests/bench/stats.h"

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace liandong::bench {

/// One RPC of a generated stub: `start` begins it and calls back on a gRPC thread.
template <class Request, class Response> struct Rpc {
    std::function<void(grpc::ClientContext*, const Request*, Response*,
                       std::function<void(grpc::Status)>)>
        start;
};

/// What a block of calls took.
template <class Response> struct Load {
    std::vector<Nanos> latencies;  ///< of each request, in their order
    std::vector<Response> responses;
    double seconds = 0;  ///< from the first call to the last answer

    double per_second() const { return static_cast<double>(latencies.size()) / seconds; }
    double p50_micros() const { return quantile(micros(latencies), 0.5); }
};

/// Sends every request once, keeping `in_flight` of them under way (closed loop). A call that fails
/// ends the program: figures of a faulty run mean nothing.
template <class Request, class Response> class ClosedLoop {
public:
    ClosedLoop(const Rpc<Request, Response>& rpc, const std::vector<Request>& requests)
        : rpc_(rpc), requests_(requests) {
        load_.latencies.resize(requests.size());
        load_.responses.resize(requests.size());
    }

    Load<Response> run(std::size_t in_flight) && {
        std::vector<Slot> slots(std::min(in_flight, requests_.size()));
        busy_ = slots.size();
        const Instant begun = now();
        for (Slot& slot : slots) next(slot);
        std::unique_lock lock(mutex_);
        all_done_.wait(lock, [this] { return busy_ == 0; });
        load_.seconds = std::chrono::duration<double>(now() - begun).count();
        return std::move(load_);
    }

private:
    struct Slot {
        std::optional<grpc::ClientContext> context;
        Instant begun;
    };
    static Instant now() { return std::chrono::steady_clock::now(); }

    void next(Slot& slot) {
        const std::size_t n = next_.fetch_add(1, std::memory_order_relaxed);
        if (n >= requests_.size()) return retire();
        slot.context.emplace();
        prepare(*slot.context);
        slot.begun = now();
        rpc_.start(&*slot.context, &requests_[n], &load_.responses[n],
                   [this, &slot, n](const grpc::Status& status) {
                       load_.latencies[n] = now() - slot.begun;
                       require_ok(status);
                       next(slot);
                   });
    }

    void retire() {
        const std::scoped_lock lock(mutex_);
        if (--busy_ == 0) all_done_.notify_one();
    }

    static void require_ok(const grpc::Status& status) {
        if (status.ok()) return;
        std::fprintf(stderr, "a call failed: %d %s\n", status.error_code(),
                     status.error_message().c_str());
        LIANDONG_CHECK(status.ok());
    }

    const Rpc<Request, Response>& rpc_;
    const std::vector<Request>& requests_;
    Load<Response> load_;
    std::atomic<std::size_t> next_{0};
    std::mutex mutex_;
    std::condition_variable all_done_;
    std::size_t busy_ = 0;
};

template <class Request, class Response>
Load<Response> run_closed(const Rpc<Request, Response>& rpc, const std::vector<Request>& requests,
                          std::size_t in_flight) {
    return ClosedLoop<Request, Response>(rpc, requests).run(in_flight);
}

}  // namespace liandong::bench
