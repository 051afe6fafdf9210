#pragma once

#include "common/async/timers.h"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <map>
#include <utility>

namespace liandong {

/// `Timers` on the machine's steady clock: one Asio timer over an ordered map. On one io_context,
/// which must outlive it.
class AsioTimers final : public Timers {
public:
    explicit AsioTimers(boost::asio::io_context& io);
    MonotonicTime now() const override;
    Id at(MonotonicTime when, Callback callback) override;
    bool cancel(Id id) override;

private:
    using Slot = std::pair<MonotonicTime, Id>;
    void arm();
    void fire();

    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
        timer_;
    std::map<Slot, Callback> callbacks_;
    std::map<Id, MonotonicTime> times_;
    MonotonicTime armed_for_{};
    bool armed_ = false;
    Id next_id_ = 1;
};

}  // namespace liandong
