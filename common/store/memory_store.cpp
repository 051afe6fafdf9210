#include "common/store/memory_store.h"

#include "common/store/limits.h"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace liandong::store {

Result<ReadOutcome> MemoryState::read(const std::vector<Key>& keys,
                                      const std::optional<RequestQuery>& request) const {
    ReadOutcome outcome;
    outcome.values.reserve(keys.size());
    for (const Key& key : keys) {
        const auto found = values_.find(key);
        outcome.values.push_back(found == values_.end() ? StoredValue{} : found->second);
    }
    if (request) {
        const auto found = requests_.find(request->request_id);
        if (found != requests_.end()) {
            if (found->second.fingerprint == request->fingerprint) {
                outcome.request = found->second.seen;
            } else {
                outcome.request = Reused{};
            }
        }
    }
    return outcome;
}

Result<CommitOutcome> MemoryState::commit(Batch batch) {
    if (auto status = check_limits(batch); !status) return fail(std::move(status.error()));
    if (batch.request) {
        const auto found = requests_.find(batch.request->request_id);
        if (found != requests_.end()) {
            if (found->second.fingerprint == batch.request->fingerprint) return found->second.seen;
            return Reused{};
        }
    }
    Conflict conflict;
    for (const Expectation& expected : batch.expectations) {
        const auto found = values_.find(expected.key);
        const std::uint64_t version = found == values_.end() ? 0 : found->second.version;
        if (version != expected.version) conflict.keys.push_back(expected.key);
    }
    if (!conflict.keys.empty()) return conflict;

    const std::uint64_t seq = log_.size() + 1;
    for (const Serial& serial : batch.serials) {
        const std::int64_t value = ++counters_[serial.counter];
        batch.writes[serial.write].bytes += serial_field(serial.write_tag, value);
        if (serial.response_tag != 0 && batch.request) {
            batch.request->response += serial_field(serial.response_tag, value);
        }
    }
    for (const Write& write : batch.writes) values_[write.key] = StoredValue{seq, write.bytes};
    for (const IndexChange& change : batch.index_changes) {
        if (change.add) {
            indexes_[change.entry.index].insert(change.entry.member);
        } else {
            indexes_[change.entry.index].erase(change.entry.member);
        }
    }
    Committed committed{seq, batch.request ? batch.request->response : std::string()};
    if (batch.request) {
        requests_.emplace(
            std::move(batch.request->request_id),
            Remembered{std::move(batch.request->fingerprint), Seen{seq, committed.response}});
    }
    log_.push_back(LogEntry{seq, std::move(batch.event_header), std::move(batch.writes)});
    for (Signal* tail : tails_) tail->notify();
    return committed;
}

std::vector<std::string> MemoryState::list(const std::string& index, const std::string& after,
                                           std::size_t count) const {
    std::vector<std::string> members;
    const auto found = indexes_.find(index);
    if (found == indexes_.end()) return members;
    for (auto at = found->second.upper_bound(after);
         at != found->second.end() && members.size() < count; ++at) {
        members.push_back(*at);
    }
    return members;
}

std::vector<LogEntry> MemoryState::tail(std::uint64_t after, std::size_t count) const {
    if (after >= log_.size()) return {};
    const auto first = log_.begin() + static_cast<std::ptrdiff_t>(after);
    const auto left = static_cast<std::size_t>(log_.end() - first);
    return {first, first + static_cast<std::ptrdiff_t>(std::min(count, left))};
}

MemoryState MemoryState::replica() const {
    MemoryState copy = *this;
    copy.tails_.clear();
    return copy;
}

MemoryState MemoryState::take() {
    MemoryState taken = std::exchange(*this, MemoryState{});
    tails_ = std::exchange(taken.tails_, {});
    return taken;
}

void MemoryState::fail_over_to(const MemoryState& replica) {
    std::vector<Signal*> tails = std::move(tails_);
    *this = replica;
    tails_ = std::move(tails);
    for (Signal* tail : tails_) tail->notify();
}

MemoryStore::MemoryStore(MemoryState& state, Executor executor, Timers& timers)
    : state_(state), timers_(timers), appended_(std::move(executor)) {
    state_.subscribe(&appended_);
}

MemoryStore::~MemoryStore() { state_.unsubscribe(&appended_); }

Task<Result<ReadOutcome>> MemoryStore::read(std::vector<Key> keys,
                                            std::optional<RequestQuery> request, MonotonicTime) {
    co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
    co_return state_.read(keys, request);
}

Task<Result<CommitOutcome>> MemoryStore::commit(Batch batch, MonotonicTime) {
    co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
    co_return state_.commit(std::move(batch));
}

Task<Result<std::vector<std::string>>> MemoryStore::list(std::string index, std::string after,
                                                         std::size_t count, MonotonicTime) {
    co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
    co_return state_.list(index, after, count);
}

Task<Result<std::vector<LogEntry>>> MemoryStore::tail(std::uint64_t after, std::size_t count,
                                                      Duration wait) {
    const MonotonicTime until = timers_.now() + wait;
    while (state_.last_seq() <= after && timers_.now() < until) {
        const Timers::Id timer = timers_.at(until, [this] { appended_.notify(); });
        co_await appended_.wait();
        timers_.cancel(timer);
    }
    if (state_.last_seq() < after) {
        co_return fail(Code::kAborted, "LOG_WENT_BACK", "the log ends before what was read of it");
    }
    co_return state_.tail(after, count);
}

Task<Result<std::uint64_t>> MemoryStore::last_seq(MonotonicTime) {
    co_await boost::asio::post(boost::asio::use_awaitable_t<Executor>{});
    co_return state_.last_seq();
}

}  // namespace liandong::store
