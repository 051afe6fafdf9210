#pragma once

#include "tests/e2e/wire.h"
#include "tests/support/redis_process.h"
#include "tests/support/server_process.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace liandong::test {

/// A redis-server and a liandong-server that serves "exercise.420981" with all roles, both running.
struct Platform {
    /// `more`: further arguments of the server.
    explicit Platform(std::vector<std::string> more = {});

    RedisProcess redis;
    ServerProcess server;
    Wire wire;
};

/// The number of the scope's last event, read from Redis itself: what a refusal must leave alone.
std::uint64_t last_seq(const RedisProcess& redis);

/// Asks `condition` again and again until it holds; false when it does not within the limit.
template <class Condition> bool eventually(Condition condition, std::chrono::seconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return true;
}

}  // namespace liandong::test
