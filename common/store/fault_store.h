#pragma once

#include "common/async/timers.h"
#include "common/base/random.h"
#include "common/store/store.h"

#include <cstdint>
#include <deque>
#include <functional>

namespace liandong::store {

/// What goes wrong with one operation.
enum class FaultKind : std::uint8_t {
    kNone,
    kFail,       ///< UNAVAILABLE / STORE_UNAVAILABLE, nothing done (commits: "fail before commit")
    kLost,       ///< commits: not applied, answered Unknown; reads: UNAVAILABLE / STORE_UNAVAILABLE
    kFull,       ///< commits: RESOURCE_EXHAUSTED / STORE_FULL, nothing done; reads: no fault
    kLostReply,  ///< commits: applied, answered Unknown ("crash after commit"); reads: as kLost
};

struct Fault {
    FaultKind kind = FaultKind::kNone;
    Duration delay{};  ///< before the operation reaches the store
};

/// Chances for seeded faults; each 0–1, the kinds exclude each other and are drawn in this order.
struct FaultOdds {
    double full = 0;
    double fail = 0;
    double lost = 0;
    double lost_reply = 0;
    double delay = 0;
    Duration delay_max{};  ///< a delay is uniform over [0, delay_max]
};

/// Decorates a store with faults, scripted or seeded; without any it is transparent. On one
/// io_context.
class FaultStore final : public Store {
public:
    /// Both must outlive it.
    FaultStore(Store& inner, Timers& timers) : inner_(inner), timers_(timers) {}

    /// The next commits take these, one each, before any seeded ones.
    void script_commit(Fault fault) { commit_script_.push_back(fault); }
    /// The same for read, list, last_seq and tail.
    void script_read(Fault fault) { read_script_.push_back(fault); }
    /// From now on chance decides. `random` must outlive the store.
    void seed(Random& random, FaultOdds commits, FaultOdds reads);
    /// Chance rests again.
    void heal() { random_ = nullptr; }
    /// From now on every operation fails as of kFail and none reaches the store, those under way
    /// that have not reached it yet included: what others see of a process that died.
    void cut() { cut_ = true; }
    bool is_cut() const { return cut_; }
    /// Called for each fault that strikes (not for mere delays), at the moment the answer is due: a
    /// test crashes its process here. The answer is given all the same when the caller still lives.
    void on_fault(std::function<void(FaultKind)> hook) { hook_ = std::move(hook); }
    /// Called for each delay before it begins; whether or not anything else goes wrong.
    void on_delay(std::function<void()> hook) { delay_hook_ = std::move(hook); }
    /// Faults struck so far.
    std::uint64_t faults() const { return faults_; }

    Task<Result<ReadOutcome>> read(std::vector<Key> keys, std::optional<RequestQuery> request,
                                   MonotonicTime deadline) override;
    Task<Result<CommitOutcome>> commit(Batch batch, MonotonicTime deadline) override;
    Task<Result<std::vector<std::string>>> list(std::string index, std::string after,
                                                std::size_t count, MonotonicTime deadline) override;
    Task<Result<std::vector<LogEntry>>> tail(std::uint64_t after, std::size_t count,
                                             Duration wait) override;
    Task<Result<std::uint64_t>> last_seq(MonotonicTime deadline) override;

private:
    Fault next(std::deque<Fault>& script, const FaultOdds& odds);
    /// Draws the next read fault and waits it out; the error to give, or success.
    Task<Status> before_read();
    /// What the inner store read, unless the store was cut meanwhile.
    template <class T> Result<T> unless_cut(Result<T> read) const;
    void strike(FaultKind kind);
    Task<void> wait(Duration delay);

    Store& inner_;
    Timers& timers_;
    std::deque<Fault> commit_script_;
    std::deque<Fault> read_script_;
    Random* random_ = nullptr;
    bool cut_ = false;
    FaultOdds commit_odds_;
    FaultOdds read_odds_;
    std::function<void(FaultKind)> hook_;
    std::function<void()> delay_hook_;
    std::uint64_t faults_ = 0;
};

}  // namespace liandong::store
