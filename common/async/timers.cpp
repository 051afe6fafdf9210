#include "common/async/timers.h"

#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "common/async/signal.h"

namespace liandong {

Task<void> sleep_for(Timers& timers, Duration duration) {
    Signal signal(co_await boost::asio::this_coro::executor);
    timers.at(timers.now() + duration, [&signal] { signal.notify(); });
    co_await signal.wait();
}

}  // namespace liandong
