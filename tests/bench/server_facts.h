#pragma once

#include "tests/support/redis_process.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::bench {

/// How often each command was called on a redis-server since it started ("xread", "fcall", …).
std::map<std::string, std::uint64_t> command_counts(const test::RedisProcess& redis);

/// The access log of a liandong-server, from where it ended when this object was made.
class AccessLog {
public:
    explicit AccessLog(std::string path);
    /// What the server itself measured of each call of `method` since then (from the call's arrival
    /// on a gRPC thread to its answer), microseconds. Waits until `count` calls are logged; aborts
    /// when they are not within 10 s.
    std::vector<double> durations(std::string_view method, std::size_t count) const;

private:
    std::string path_;
    std::size_t begin_;
};

}  // namespace liandong::bench
