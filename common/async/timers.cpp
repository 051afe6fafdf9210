#include "common/async/timers.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace liandong {

// The timers own the waiter, not the waiting frame: a frame that owned its own resumption would
// never be destroyed when the process's io_context is.
Task<void> sleep_for(Timers& timers, Duration duration) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    const MonotonicTime when = timers.now() + duration;
    co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<Executor>, void()>(
        [&timers, &executor, when](auto handler) {
            timers.at(when, [executor, handler = std::move(handler)]() mutable {
                boost::asio::post(executor, std::move(handler));
            });
        },
        boost::asio::use_awaitable_t<Executor>{});
}

}  // namespace liandong
