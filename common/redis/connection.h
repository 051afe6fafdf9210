#pragma once

#include "common/async/task.h"
#include "common/async/timers.h"
#include "common/base/error.h"
#include "common/base/random.h"
#include "common/redis/command.h"
#include "common/redis/endpoint.h"
#include "common/redis/reply.h"
#include "common/redis/reply_queue.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::redis {

/// One connection to a Redis master that keeps itself up. Commands are pipelined; those of one loop
/// turn share one write. While there is no connection every command is refused at once. Reconnects
/// by itself, each time after a random part of min(3 s, 50 ms · 2^failures); a connection must
/// stand within 1 s. On one io_context. May be destroyed at any time: coroutines that wait in it
/// are destroyed, not resumed.
class Connection {
public:
    struct Options {
        Endpoint endpoint;
        std::string username;  ///< empty: the default user
        std::string password;  ///< empty: no AUTH
        std::string client_name = "liandong";
        std::size_t in_flight_max = 4'096;
        std::size_t output_bytes_max = 8 * 1024 * 1024;  ///< beyond it no further command is taken
        std::size_t reply_bytes_max = 8 * 1024 * 1024;
    };
    /// Called from the io_context. `up`: ready for commands. `down`: lost (`was_up`), or an attempt
    /// failed.
    struct Hooks {
        std::function<void()> up;
        std::function<void(const std::string& reason, bool was_up)> down;
    };
    struct Stats {
        std::uint64_t commands = 0;  ///< taken
        std::uint64_t timeouts = 0;  ///< past their deadline
        std::uint64_t connects = 0;  ///< connections that became ready
        std::uint64_t losses = 0;    ///< ready connections that were lost
        std::size_t in_flight = 0;
    };

    /// Starts connecting at once. `timers` and `random` must outlive it, and the io_context its
    /// last use.
    Connection(Executor executor, Timers& timers, Random& random, Options options,
               Hooks hooks = {});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Sends one command and waits for its reply; an error reply is a `Reply` too. Not done:
    /// UNAVAILABLE / STORE_UNAVAILABLE, RESOURCE_EXHAUSTED / STORE_BUSY (a limit above). Done or
    /// not, nobody knows: UNAVAILABLE / OUTCOME_UNKNOWN (the connection was lost),
    /// DEADLINE_EXCEEDED / STORE_TIMEOUT. A deadline that has passed already is STORE_TIMEOUT too,
    /// without sending.
    Task<Result<Reply>> command(Command command, MonotonicTime deadline);
    Task<Result<Reply>> command(std::vector<std::string> args, MonotonicTime deadline);

    /// The same with a callback, called once through the executor unless the connection is
    /// destroyed first.
    void send(const Command& command, MonotonicTime deadline, ReplyQueue::Done done);

    bool is_up() const;
    /// Why it is not up, for people.
    const std::string& last_error() const;
    /// Closes the connection, as if it had been lost, and connects anew.
    void drop(const std::string& reason);
    Stats stats() const;

private:
    struct Link;
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace liandong::redis
