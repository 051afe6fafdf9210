#include "common/async/asio_timers.h"

#include "common/base/clock.h"

namespace liandong {

AsioTimers::AsioTimers(boost::asio::io_context& io) : timer_(io.get_executor()) {}

MonotonicTime AsioTimers::now() const { return monotonic_now(); }

Timers::Id AsioTimers::at(MonotonicTime when, Callback callback) {
    const Id id = next_id_++;
    callbacks_.emplace(Slot{when, id}, std::move(callback));
    times_.emplace(id, when);
    arm();
    return id;
}

bool AsioTimers::cancel(Id id) {
    const auto found = times_.find(id);
    if (found == times_.end()) return false;
    callbacks_.erase(Slot{found->second, id});
    times_.erase(found);
    // An early wake-up is harmless (`fire` finds nothing due and arms again), but one that nobody
    // waits for would keep the io_context running.
    if (callbacks_.empty()) {
        timer_.cancel();
        armed_ = false;
    }
    return true;
}

void AsioTimers::arm() {
    if (callbacks_.empty()) return;
    const MonotonicTime first = callbacks_.begin()->first.first;
    if (armed_ && armed_for_ <= first) return;
    armed_ = true;
    armed_for_ = first;
    timer_.expires_at(std::chrono::steady_clock::time_point(first.time_since_epoch()));
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;  // replaced by an earlier one, or the io_context ends
        armed_ = false;
        fire();
    });
}

void AsioTimers::fire() {
    const MonotonicTime due = now();
    while (!callbacks_.empty() && callbacks_.begin()->first.first <= due) {
        auto node = callbacks_.extract(callbacks_.begin());
        times_.erase(node.key().second);
        node.mapped()();
    }
    arm();
}

}  // namespace liandong
