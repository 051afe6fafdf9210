#pragma once

#include "common/redis/endpoint.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace liandong::test {

/// A real redis-server of a test's own: its own directory, a unix socket and a free TCP port on
/// loopback, `appendonly yes`, `appendfsync always`. The process ends with the test, however the
/// test ends, and the directory with the object.
class RedisProcess {
public:
    struct Options {
        bool cluster = false;             ///< a cluster of one node that holds all slots
        std::vector<std::string> config;  ///< more arguments, such as "--maxmemory", "3mb"
        std::string program;              ///< path or name; empty: the one found at configure
    };

    /// Starts it and waits until it answers; aborts the test program when it does not within 10 s.
    RedisProcess() : RedisProcess(Options{}) {}
    explicit RedisProcess(Options options);
    ~RedisProcess();
    RedisProcess(const RedisProcess&) = delete;
    RedisProcess& operator=(const RedisProcess&) = delete;

    /// kill -9, and waits for its end.
    void kill();
    /// Starts it again on the same directory and addresses.
    void start();
    /// Deletes what it has stored; only while it is down.
    void erase_data();
    /// Freezes and thaws it (SIGSTOP, SIGCONT).
    void freeze();
    void thaw();

    /// Below 0 while it is down.
    ::pid_t pid() const { return pid_; }
    redis::Endpoint unix_endpoint() const;
    redis::Endpoint tcp_endpoint() const;

    /// Sends one command over a connection of its own and returns the raw reply (at most 64 KiB of
    /// it).
    std::string command(const std::vector<std::string>& args) const;

private:
    std::vector<std::string> arguments() const;
    bool answers() const;

    Options options_;
    std::filesystem::path directory_;
    std::uint16_t port_ = 0;
    ::pid_t pid_ = -1;
};

}  // namespace liandong::test
