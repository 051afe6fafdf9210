#pragma once

#include "common/async/spawn.h"
#include "tests/support/virtual_timers.h"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace liandong::test {

/// One io_context polled by hand, in virtual time: time moves only when nothing is left to run.
class VirtualLoop {
public:
    Executor executor() { return io_.get_executor(); }
    VirtualTimers& timers() { return timers_; }

    /// Runs what is ready; time stands still. Throws when it never gets idle (kHandlers_max).
    void settle();
    /// Lets this much time pass, firing what falls due on the way.
    void advance(Duration duration);

    /// A task that was started; `value` is set when it has ended.
    template <class T> struct Started {
        std::optional<T> value;
        std::exception_ptr failure;
    };
    /// Starts a task and returns at once: poll with `settle`, `advance` or `run` of another.
    template <class T> std::shared_ptr<Started<T>> start(Task<T> task) {
        auto started = std::make_shared<Started<T>>();
        spawn(executor(), std::move(task), [started](std::exception_ptr failure, T value) {
            started->failure = failure;
            started->value = std::move(value);
        });
        return started;
    }
    /// Runs until the task has ended, however much virtual time that takes, up to kRun_max. Throws
    /// when it is stuck by then, and what the task threw.
    template <class T> T run(Task<T> task) {
        const auto started = start(std::move(task));
        const MonotonicTime end = timers_.now() + kRun_max;
        for (settle(); !started->value; settle()) {
            const auto next = timers_.next();
            if (!next || *next > end) throw std::runtime_error("the task is stuck");
            timers_.fire_next();
        }
        if (started->failure) std::rethrow_exception(started->failure);
        return std::move(*started->value);
    }
    /// The same for a task without a value.
    void run(Task<void> task);

private:
    static constexpr Duration kRun_max = std::chrono::hours{1};
    static constexpr std::uint64_t kHandlers_max = 10'000'000;

    boost::asio::io_context io_;
    VirtualTimers timers_;
};

}  // namespace liandong::test
