#pragma once

#include "common/redis/endpoint.h"
#include "tests/bench/child_process.h"
#include "tests/bench/options.h"
#include "tests/support/redis_process.h"

#include <grpcpp/channel.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace liandong::bench {

/// What the figures are measured on: a redis-server of its own (`appendfsync always`), a
/// liandong-server with all roles, the principal from metadata, logs to a file, metrics on, and an
/// echo server. Everything ends with the object. Aborts when something does not start.
class Platform {
public:
    explicit Platform(const Options& options);
    ~Platform();
    Platform(const Platform&) = delete;
    Platform& operator=(const Platform&) = delete;

    /// Starts liandong-server and gives the seconds until it serves. At most one runs.
    double start_server();
    /// SIGTERM; aborts when it does not drain within 20 s.
    void stop_server();
    void start_echo();

    /// A connection of its own, made and ready. The same for both.
    std::shared_ptr<grpc::Channel> server_channel() const { return connect(server_address_); }
    std::shared_ptr<grpc::Channel> echo_channel() const { return connect(echo_address_); }

    ::pid_t server_pid() const { return server_->pid(); }
    ::pid_t echo_pid() const { return echo_->pid(); }
    std::string server_log() const;
    const test::RedisProcess& redis() const { return redis_; }

private:
    static std::shared_ptr<grpc::Channel> connect(const std::string& address);
    std::string path(const char* name) const { return (directory_ / name).string(); }

    Options options_;
    std::filesystem::path directory_;
    test::RedisProcess redis_;
    std::unique_ptr<ChildProcess> server_;
    std::unique_ptr<ChildProcess> echo_;
    std::string server_address_;
    std::string echo_address_;
};

}  // namespace liandong::bench
