#pragma once

#include "common/async/task.h"
#include "common/async/timers.h"
#include "common/redis/commit_call.h"
#include "common/redis/connection.h"
#include "common/redis/deadline_timer.h"
#include "common/redis/keys.h"
#include "common/store/store.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <vector>

namespace liandong::redis {

/// Sends commits to the commit function. All that wait while a call is on its way go together in
/// the next: they share the round trip and the fsync. A second call joins the first on its way once
/// it carries `kJoining_min` commits, so that redis has work while this process digests the first
/// one's answers. A call carries ≤ 64 commits, ≤ 2,048 keys and ≤ 4 MiB, or one commit that is
/// larger by itself; ≤ 4,096 commits wait.
class CommitQueue {
public:
    using Done = std::move_only_function<void(Result<store::CommitOutcome>)>;
    static constexpr std::size_t kCalls_max = 2;
    static constexpr std::size_t kJoining_min = 16;
    static constexpr std::size_t kCallCommits_max = 64;
    static constexpr std::size_t kCallKeys_max = 2'048;
    static constexpr std::size_t kCallBytes_max = 4 * 1024 * 1024;
    static constexpr std::size_t kWaiting_max = 4'096;
    /// A call's deadline is its latest commit's, but no later than this.
    static constexpr Duration kCallTime_max = std::chrono::seconds{10};

    struct Stats {
        std::uint64_t calls = 0;    ///< function calls sent
        std::uint64_t commits = 0;  ///< commits that they carried
        std::uint64_t unknown = 0;  ///< commits answered with Unknown
        std::size_t waiting = 0;
    };

    /// All must outlive it. `function_missing` is called when the server does not know the
    /// function.
    CommitQueue(const Keys& keys, Connection& connection, Executor executor, Timers& timers,
                std::function<void()> function_missing);
    CommitQueue(const CommitQueue&) = delete;
    CommitQueue& operator=(const CommitQueue&) = delete;

    /// `done` is called once, through the executor, unless the queue is destroyed first. Outcomes
    /// and errors as of `store::Store::commit`; a deadline that passes while the commit still waits
    /// is DEADLINE_EXCEEDED / STORE_TIMEOUT (not done), one that passes after sending is Unknown.
    void push(store::Batch batch, MonotonicTime deadline, Done done);

    Stats stats() const;

private:
    struct Commit {
        store::Batch batch;
        EncodedCommit encoded;
        MonotonicTime deadline;
        Done done;  ///< empty: answered already
    };

    using Call = std::vector<Commit>;

    bool may_send() const;
    void post_flush();
    void flush();
    Call take_call();
    void send(Call commits);
    void on_reply(std::list<Call>::iterator sent, Result<Reply> reply);
    void answer_all(Call& call, const Reply& answers);
    void fail_all(Call& call, const Error& error, bool unknown);
    void answer(Commit& commit, Result<store::CommitOutcome> outcome);
    void on_deadline();

    const Keys& keys_;
    Connection& connection_;
    Executor executor_;
    Timers& timers_;
    std::function<void()> function_missing_;
    std::deque<Commit> waiting_;
    std::list<Call> in_flight_;  ///< ≤ kCalls_max; a deadline may end a later one first
    bool flush_posted_ = false;
    DeadlineTimer deadlines_;
    Stats stats_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace liandong::redis
