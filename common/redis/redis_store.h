#pragma once

#include "common/async/task.h"
#include "common/async/timers.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/domain/scope.h"
#include "common/redis/commit_queue.h"
#include "common/redis/connection.h"
#include "common/redis/keys.h"
#include "common/store/store.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace liandong::redis {

/// `store::Store` on a Redis master, for one scope, over two connections: commands, and the tail,
/// which blocks. Redis need not be up when it is made: until the connection stands and the commit
/// function is known, everything answers UNAVAILABLE / STORE_UNAVAILABLE, and it recovers by
/// itself. Answers are fsynced when redis runs `appendfsync always`.
class RedisStore final : public store::Store {
public:
    struct Options {
        Endpoint endpoint;
        std::string username;
        std::string password;
        std::string client_name = "liandong";
        /// Load the commit function when redis has none or another; else a deploy job does it.
        bool load_function = true;
        /// Called after each connect, once ready, with the `master_replid` (empty where INFO is not
        /// allowed): when it is another than before, `seq` may have gone back and the epoch is to
        /// be raised.
        std::function<void(const std::string& master_replid)> on_ready;
    };
    struct Stats {
        std::size_t in_flight = 0;     ///< commands without a reply, both connections
        std::size_t waiting = 0;       ///< commits that wait for the next call
        std::uint64_t reconnects = 0;  ///< lost connections, both
        std::uint64_t commit_calls = 0;
        std::uint64_t commits = 0;  ///< carried by those calls
        std::uint64_t unknown = 0;  ///< commits answered with Unknown
        std::uint64_t timeouts = 0;
    };

    /// `timers`, `random` and `log` must outlive it, the io_context its last use.
    RedisStore(domain::Scope scope, Executor executor, Timers& timers, Random& random, Log& log,
               Options options);
    ~RedisStore() override;

    Task<Result<store::ReadOutcome>> read(std::vector<store::Key> keys,
                                          std::optional<store::RequestQuery> request,
                                          MonotonicTime deadline) override;
    Task<Result<store::CommitOutcome>> commit(store::Batch batch, MonotonicTime deadline) override;
    Task<Result<std::vector<std::string>>> list(std::string index, std::string after,
                                                std::size_t count, MonotonicTime deadline) override;
    /// Also ABORTED / LOG_WENT_BACK (the log ends before `after`: another master, or data restored)
    /// and ABORTED / LOG_GAP (the event after `after` is gone): start again from a snapshot. May
    /// give fewer events than asked for.
    Task<Result<std::vector<store::LogEntry>>> tail(std::uint64_t after, std::size_t count,
                                                    Duration wait) override;
    Task<Result<std::uint64_t>> last_seq(MonotonicTime deadline) override;

    /// Connected, and the commit function is known.
    bool is_ready() const { return ready_ && commands_.is_up(); }
    /// Waits for that. False: not by the deadline.
    Task<bool> wait_until_ready(MonotonicTime deadline);
    /// Why it is not ready, for people.
    std::string last_error() const;
    /// Of the current master, as of the last connect; empty: not known.
    const std::string& master_replid() const { return master_replid_; }
    Stats stats() const;

private:
    Connection::Options connection_options(const char* role) const;
    void on_up();
    void on_down(const std::string& reason, bool was_up);
    void on_prepared(const Status& status);
    static Task<Status> prepare(RedisStore* store, std::weak_ptr<bool> alive);
    Task<Status> prepare_function(MonotonicTime deadline);
    Task<Status> prepare_replid(MonotonicTime deadline);
    Task<Result<Reply>> ask(Command command, MonotonicTime deadline);
    Task<Result<Reply>> ask_tail(Command command, MonotonicTime deadline);
    Error unavailable() const;

    Options options_;
    Keys keys_;
    Executor executor_;
    Timers& timers_;
    Log& log_;
    bool ready_ = false;
    bool told_down_ = false;
    std::string prepare_error_;
    std::string master_replid_;
    Connection commands_;
    Connection tail_;
    CommitQueue commits_;
    /// The log may have gone back since the tail last looked: after a connect, and after a wait in
    /// vain.
    bool tail_unsure_ = true;
    bool tailing_ = false;
    std::size_t tail_page_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace liandong::redis
