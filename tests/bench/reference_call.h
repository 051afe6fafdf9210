#pragma once

#include "common/async/asio_timers.h"
#include "common/async/task.h"
#include "common/base/random.h"
#include "common/redis/connection.h"
#include "tests/bench/stats.h"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>
#include <vector>

namespace liandong::bench {

/// The constant reference Function (reference.lua) through our own connection class: what one
/// durable change must cost, once gRPC is paid.
class ReferenceCall {
public:
    /// Connects and loads the Function. Aborts when it cannot.
    explicit ReferenceCall(redis::Endpoint endpoint);

    /// Latency of each of `calls` calls, one in flight. Aborts on an error.
    std::vector<Nanos> measure(std::size_t calls);

private:
    Task<bool> load();
    Task<std::vector<Nanos>> call(std::size_t calls);
    redis::Command next_command();
    MonotonicTime soon() const;

    boost::asio::io_context io_{1};
    AsioTimers timers_{io_};
    SystemRandom random_;
    std::unique_ptr<redis::Connection> connection_;
    std::uint64_t number_ = 0;
};

}  // namespace liandong::bench
