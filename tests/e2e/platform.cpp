#include "tests/e2e/platform.h"

#include <cstdlib>

namespace liandong::test {

Platform::Platform(std::vector<std::string> more)
    : server({.redis = redis_option(redis), .more = std::move(more)}), wire(server.target()) {
    server.start();
}

std::uint64_t last_seq(const RedisProcess& redis) {
    // "$2\r\n17\r\n"
    const std::string reply = redis.command({"GET", "{exercise.420981}:seq"});
    const auto line = reply.find("\r\n");
    return line == std::string::npos ? 0 : std::strtoull(reply.c_str() + line + 2, nullptr, 10);
}

}  // namespace liandong::test
