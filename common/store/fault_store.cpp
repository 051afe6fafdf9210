#include "common/store/fault_store.h"

#include <utility>

namespace liandong::store {
namespace {

FaultKind draw_kind(Random& random, const FaultOdds& odds) {
    double roll = random.unit();
    if (roll < odds.full) return FaultKind::kFull;
    roll -= odds.full;
    if (roll < odds.fail) return FaultKind::kFail;
    roll -= odds.fail;
    if (roll < odds.lost) return FaultKind::kLost;
    roll -= odds.lost;
    return roll < odds.lost_reply ? FaultKind::kLostReply : FaultKind::kNone;
}

Duration draw_delay(Random& random, const FaultOdds& odds) {
    if (random.unit() >= odds.delay) return {};
    const auto micros = random.below(static_cast<std::uint64_t>(odds.delay_max.count()) + 1);
    return Duration{static_cast<Duration::rep>(micros)};
}

std::unexpected<Error> injected() {
    return fail(Code::kUnavailable, "STORE_UNAVAILABLE", "an injected fault");
}

}  // namespace

void FaultStore::seed(Random& random, FaultOdds commits, FaultOdds reads) {
    random_ = &random;
    commit_odds_ = commits;
    read_odds_ = reads;
}

Fault FaultStore::next(std::deque<Fault>& script, const FaultOdds& odds) {
    if (!script.empty()) {
        const Fault fault = script.front();
        script.pop_front();
        return fault;
    }
    if (random_ == nullptr) return {};
    const FaultKind kind = draw_kind(*random_, odds);
    return Fault{kind, draw_delay(*random_, odds)};
}

void FaultStore::strike(FaultKind kind) {
    ++faults_;
    if (hook_) hook_(kind);
}

Task<void> FaultStore::wait(Duration delay) {
    if (delay_hook_) delay_hook_();
    return sleep_for(timers_, delay);
}

Task<Result<CommitOutcome>> FaultStore::commit(Batch batch, MonotonicTime deadline) {
    const Fault fault = next(commit_script_, commit_odds_);
    if (fault.delay > Duration{}) co_await wait(fault.delay);
    if (cut_) co_return injected();
    switch (fault.kind) {
    case FaultKind::kNone: break;
    case FaultKind::kFail: strike(fault.kind); co_return injected();
    case FaultKind::kFull:
        strike(fault.kind);
        co_return fail(Code::kResourceExhausted, "STORE_FULL", "an injected fault");
    case FaultKind::kLost: strike(fault.kind); co_return CommitOutcome(Unknown{});
    case FaultKind::kLostReply: {
        const Result<CommitOutcome> ignored = co_await inner_.commit(std::move(batch), deadline);
        strike(fault.kind);
        co_return CommitOutcome(Unknown{});
    }
    }
    co_return co_await inner_.commit(std::move(batch), deadline);
}

Task<Status> FaultStore::before_read() {
    const Fault fault = next(read_script_, read_odds_);
    if (fault.delay > Duration{}) co_await wait(fault.delay);
    if (cut_) co_return injected();
    if (fault.kind == FaultKind::kNone || fault.kind == FaultKind::kFull) co_return Status();
    strike(fault.kind);
    co_return injected();
}

template <class T> Result<T> FaultStore::unless_cut(Result<T> read) const {
    if (cut_) return injected();
    return read;
}

Task<Result<ReadOutcome>> FaultStore::read(std::vector<Key> keys,
                                           std::optional<RequestQuery> request,
                                           MonotonicTime deadline) {
    if (Status status = co_await before_read(); !status) co_return fail(std::move(status.error()));
    co_return unless_cut(co_await inner_.read(std::move(keys), std::move(request), deadline));
}

Task<Result<std::vector<std::string>>> FaultStore::list(std::string index, std::string after,
                                                        std::size_t count, MonotonicTime deadline) {
    if (Status status = co_await before_read(); !status) co_return fail(std::move(status.error()));
    co_return unless_cut(co_await inner_.list(std::move(index), std::move(after), count, deadline));
}

Task<Result<std::vector<LogEntry>>> FaultStore::tail(std::uint64_t after, std::size_t count,
                                                     Duration wait) {
    if (Status status = co_await before_read(); !status) co_return fail(std::move(status.error()));
    co_return unless_cut(co_await inner_.tail(after, count, wait));
}

Task<Result<std::uint64_t>> FaultStore::last_seq(MonotonicTime deadline) {
    if (Status status = co_await before_read(); !status) co_return fail(std::move(status.error()));
    co_return unless_cut(co_await inner_.last_seq(deadline));
}

}  // namespace liandong::store
