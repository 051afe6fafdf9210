#pragma once

#include "common/async/asio_timers.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/redis/redis_store.h"
#include "simulator/audit/log_replay.h"
#include "tests/support/redis_process.h"

#include <boost/asio/io_context.hpp>

#include <set>
#include <string>
#include <vector>

namespace liandong::test {

using simulator::LogReplay;

/// What a scope's Redis holds, read past every service. Blocking.
class StoreView {
public:
    StoreView(const RedisProcess& redis, domain::Scope scope);

    /// The whole log.
    std::vector<store::LogEntry> log();
    /// Sentences about where Redis holds something else than what its log rebuilds: a value, a
    /// version, a member of an index, or a key too many or too few.
    std::vector<std::string> differences(const LogReplay& replay);

private:
    using Indexes = std::map<std::string, std::set<std::string>>;

    std::set<std::string> list(const std::string& index);
    void compare_values(const LogReplay& replay, std::vector<std::string>& found);
    void compare_indexes(const Indexes& right, std::vector<std::string>& found);
    MonotonicTime soon() const { return timers_.now() + std::chrono::seconds{20}; }

    const RedisProcess& redis_;
    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    SystemRandom random_;
    NullLog log_;
    redis::RedisStore store_;
};

}  // namespace liandong::test
