#pragma once

#include "common/async/asio_timers.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/redis/redis_store.h"
#include "common/store/fault_store.h"
#include "common/store/memory_store.h"
#include "common/store/store.h"
#include "tests/support/redis_process.h"
#include "tests/support/run_task.h"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace liandong::test {

/// Which `Store` a contract case runs on.
struct Backend {
    enum class Kind : std::uint8_t { kMemory, kRedisUnix, kRedisTcp };
    const char* name;
    Kind kind;
    bool behind_fault_store;

    bool is_redis() const { return kind != Kind::kMemory; }
    /// GoogleTest prints the name, not the bytes: they hold an address, and names of cases must be
    /// stable.
    friend void PrintTo(const Backend& backend, std::ostream* out) { *out << backend.name; }
};

inline constexpr Backend kMemory{"Memory", Backend::Kind::kMemory, false};
inline constexpr Backend kRedisUnix{"RedisUnix", Backend::Kind::kRedisUnix, false};
inline constexpr Backend kRedisTcp{"RedisTcp", Backend::Kind::kRedisTcp, false};
inline constexpr Backend kMemoryFault{"MemoryBehindFaultStore", Backend::Kind::kMemory, true};
inline constexpr Backend kRedisFault{"RedisBehindFaultStore", Backend::Kind::kRedisUnix, true};

/// One scope in one backend, two store objects on it (as two processes have), and calls that wait
/// for their answer.
class StoreRig {
public:
    /// `redis` may be null for memory. Every rig of a program has a scope of its own.
    StoreRig(const Backend& backend, RedisProcess* redis);

    store::Store& store() { return *main_.face; }
    store::Store& other() { return *other_.face; }
    MonotonicTime soon() const { return timers_.now() + std::chrono::seconds{20}; }

    store::CommitOutcome commit(store::Batch batch);
    Result<store::CommitOutcome> try_commit(store::Batch batch);
    /// All started in one turn of the loop, in this order; outcomes in the same order.
    std::vector<Result<store::CommitOutcome>> commit_together(std::vector<store::Batch> batches);
    store::ReadOutcome read(std::vector<store::Key> keys,
                            std::optional<store::RequestQuery> request = {});
    store::StoredValue value(const store::Key& key) { return read({key}).values.at(0); }
    std::vector<std::string> list(std::string index, std::string after = "",
                                  std::size_t count = 1'000);
    std::vector<store::LogEntry> tail(std::uint64_t after, std::size_t count = 1'000,
                                      Duration wait = {});
    /// The whole log, page by page.
    std::vector<store::LogEntry> log();
    std::uint64_t last_seq();

    boost::asio::io_context& io() { return io_; }
    Timers& timers() { return timers_; }

private:
    struct Face {
        std::unique_ptr<store::Store> inner;
        std::unique_ptr<store::FaultStore> faults;
        store::Store* face = nullptr;
    };
    Face make(const Backend& backend, RedisProcess* redis, const domain::Scope& scope);

    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    SeededRandom random_{1};
    NullLog log_;
    store::MemoryState memory_;
    Face main_;
    Face other_;
};

/// Shorthands that keep cases readable.
store::Key incident(std::string id);
store::Key unit(std::string id);
store::RequestRecord request(std::string id, char fingerprint = 'a',
                             std::string response = "response");
store::RequestQuery query(std::string id, char fingerprint = 'a');

}  // namespace liandong::test
