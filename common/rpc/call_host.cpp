#include "common/rpc/call_host.h"

#include "common/base/check.h"
#include "common/rpc/call.h"

namespace liandong::rpc {
namespace {

/// How exactly deadlines that the server itself set are kept. Finer costs wake-ups and helps
/// nobody.
constexpr Duration kSweepEvery = std::chrono::milliseconds(50);

}  // namespace

CallHost::CallHost(ServerPorts ports, ServerOptions options)
    : ports_(std::move(ports)),
      options_(std::move(options)),
      inbox_(Inbox::make(ports_.executor)),
      unary_gauge_(ports_.metrics.gauge("liandong_rpc_in_flight", "Unary calls in flight.")),
      stream_gauge_(ports_.metrics.gauge("liandong_streams", "Open streams.")),
      idle_(ports_.executor) {}

CallHost::~CallHost() {
    LIANDONG_CHECK(calls_.empty());
    if (sweep_timer_) ports_.timers.cancel(*sweep_timer_);
}

std::optional<Error> CallHost::enter(Method::Kind kind) {
    if (refusing_.load(std::memory_order_relaxed)) {
        return Error{
            Code::kUnavailable, "DRAINING", "this server is shutting down; try another", {}};
    }
    const bool unary = kind == Method::Kind::kUnary;
    std::atomic<int>& count = unary ? unary_calls_ : streams_;
    const int limit = unary ? options_.unary_calls_max : options_.streams_max;
    if (count.fetch_add(1, std::memory_order_relaxed) >= limit) {
        count.fetch_sub(1, std::memory_order_relaxed);
        return Error{
            Code::kResourceExhausted, "TOO_MANY_CALLS", "too many calls are in flight", {}};
    }
    (unary ? unary_gauge_ : stream_gauge_).add(1);
    return std::nullopt;
}

void CallHost::opened(Call& call) {
    calls_.push_back(call);
    arm_sweep();
    // It came in just before the door was shut.
    if (refusing_.load(std::memory_order_relaxed)) call.drain();
}

void CallHost::closed(Call& call) {
    const bool unary = call.kind() == Method::Kind::kUnary;
    (unary ? unary_calls_ : streams_).fetch_sub(1, std::memory_order_relaxed);
    (unary ? unary_gauge_ : stream_gauge_).add(-1);
    call.unlink();
    if (is_idle()) idle_.notify();
}

Duration CallHost::next_stream_age() {
    // A multiplicative hash of the number spreads the ends as well as chance does, and needs no
    // random source.
    const std::uint64_t spread = (++stream_number_ * 0x9E3779B97F4A7C15ULL) >> 32;
    const auto jitter = static_cast<std::uint64_t>(options_.stream_age_jitter.count());
    return options_.stream_age_max + Duration(static_cast<std::int64_t>(spread * jitter >> 32));
}

void CallHost::refuse_and_end_streams() {
    refusing_.store(true, std::memory_order_relaxed);
    for (auto next = calls_.begin(); next != calls_.end();) {
        Call& call = *next++;
        call.drain();
    }
}

bool CallHost::is_idle() const {
    // The counters include calls that have entered and still lie in the inbox.
    return unary_calls_.load(std::memory_order_relaxed) == 0 &&
           streams_.load(std::memory_order_relaxed) == 0;
}

Task<bool> CallHost::idle(Duration limit) {
    const MonotonicTime end = ports_.timers.now() + limit;
    const Timers::Id timer = ports_.timers.at(end, [this] { idle_.notify(); });
    while (!is_idle() && ports_.timers.now() < end) co_await idle_.wait();
    ports_.timers.cancel(timer);
    co_return is_idle();
}

void CallHost::arm_sweep() {
    if (sweep_timer_) return;
    sweep_timer_ = ports_.timers.at(ports_.timers.now() + kSweepEvery, [this] {
        sweep_timer_.reset();
        sweep();
    });
}

void CallHost::sweep() {
    const MonotonicTime now = ports_.timers.now();
    const Timestamp wall = ports_.wall_clock.now();
    for (auto next = calls_.begin(); next != calls_.end();) {
        Call& call = *next++;
        call.check_time(now, wall);
    }
    if (!calls_.empty()) arm_sweep();
}

}  // namespace liandong::rpc
