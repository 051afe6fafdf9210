#pragma once

#include "common/async/signal.h"
#include "common/async/timers.h"
#include "common/store/store.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace liandong::store {

/// The durable part of a `MemoryStore`: it survives the crash of a simulated process (the store
/// object dies, this does not), and several store objects may share it, as processes share one
/// Redis.
class MemoryState {
public:
    Result<ReadOutcome> read(const std::vector<Key>& keys,
                             const std::optional<RequestQuery>& request) const;
    Result<CommitOutcome> commit(Batch batch);
    std::vector<std::string> list(const std::string& index, const std::string& after,
                                  std::size_t count) const;
    std::vector<LogEntry> tail(std::uint64_t after, std::size_t count) const;
    std::uint64_t last_seq() const { return log_.size(); }

    /// Becomes what `replica` is, a copy of an earlier state of this one: a failover to a replica
    /// that had not got the newest commits. Whoever subscribed here stays subscribed and is told.
    void fail_over_to(const MemoryState& replica);
    /// A copy for `fail_over_to`; nobody is subscribed to it.
    MemoryState replica() const;
    /// Takes everything out but the subscribers: what is left is as if new.
    MemoryState take();

    const std::vector<LogEntry>& log() const { return log_; }
    const std::map<Key, StoredValue>& values() const { return values_; }
    const std::map<std::string, std::set<std::string>>& indexes() const { return indexes_; }

    /// Called after each commit, in the order in which they subscribed; for the stores that tail
    /// this state.
    void subscribe(Signal* signal) { tails_.push_back(signal); }
    void unsubscribe(Signal* signal) { std::erase(tails_, signal); }

private:
    struct Remembered {
        std::string fingerprint;
        Seen seen;
    };
    std::map<Key, StoredValue> values_;
    std::map<std::string, std::set<std::string>> indexes_;
    std::map<std::string, std::int64_t> counters_;
    std::map<std::string, Remembered> requests_;
    std::vector<LogEntry> log_;
    std::vector<Signal*> tails_;
};

/// `Store` in memory: the reference that the others are compared with, and the simulator's store.
/// Answers through the executor like a real one.
class MemoryStore final : public Store {
public:
    /// All three must outlive it.
    MemoryStore(MemoryState& state, Executor executor, Timers& timers);
    ~MemoryStore() override;

    Task<Result<ReadOutcome>> read(std::vector<Key> keys, std::optional<RequestQuery> request,
                                   MonotonicTime deadline) override;
    Task<Result<CommitOutcome>> commit(Batch batch, MonotonicTime deadline) override;
    Task<Result<std::vector<std::string>>> list(std::string index, std::string after,
                                                std::size_t count, MonotonicTime deadline) override;
    Task<Result<std::vector<LogEntry>>> tail(std::uint64_t after, std::size_t count,
                                             Duration wait) override;
    Task<Result<std::uint64_t>> last_seq(MonotonicTime deadline) override;

private:
    MemoryState& state_;
    Timers& timers_;
    Signal appended_;
};

}  // namespace liandong::store
