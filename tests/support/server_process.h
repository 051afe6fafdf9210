#pragma once

#include "tests/support/redis_process.h"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace liandong::test {

/// A real liandong-server of a test's own, the binary of the same build, on a port of loopback that
/// it keeps over restarts. The process ends with the test, however the test ends, its files with
/// the object. Start and kill it from one thread that lives as long as it does.
class ServerProcess {
public:
    struct Options {
        std::string redis{};  ///< "unix:/path"; see `redis_option`
        std::string scope = "exercise.420981";
        std::string listen{};             ///< empty: a free port of 127.0.0.1
        std::vector<std::string> more{};  ///< further arguments, such as "--roles=intake"
    };

    /// Takes the port and the directory; starts nothing yet.
    explicit ServerProcess(Options options);
    ~ServerProcess();
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    /// Starts the process and waits for nothing. It must not run.
    void launch();
    /// Whether it says that it serves, within the limit; false at once when it ends instead.
    bool wait_until_ready(std::chrono::milliseconds limit = kStartTime_max);
    /// Both; aborts the test program when it does not serve in time.
    void start();
    /// kill -9, and waits for its end.
    void kill();
    /// SIGTERM.
    void terminate();
    /// The exit status; nothing when it still runs after the limit or was ended by a signal.
    std::optional<int> wait_for_exit(std::chrono::milliseconds limit);
    bool is_running();

    /// "127.0.0.1:21345", where it serves or will.
    const std::string& target() const { return options_.listen; }
    /// host:port of the metrics page. After it was ready.
    std::string metrics() const;
    /// Everything it has written to standard error (its log goes elsewhere).
    std::string standard_error() const;
    /// Its log so far, JSON lines.
    std::string log() const;

    static constexpr std::chrono::milliseconds kStartTime_max{30'000};

private:
    std::vector<std::string> arguments() const;
    std::string file(const char* name) const { return (directory_ / name).string(); }
    void reap(int wait_options);

    Options options_;
    std::filesystem::path directory_;
    int port_lock_ = -1;
    ::pid_t pid_ = -1;
    std::optional<int> wait_status_;
};

/// What `--redis` is told to reach this one, by its unix socket.
std::string redis_option(const RedisProcess& redis);

}  // namespace liandong::test
