#include "tests/bench/platform.h"

#include "common/base/check.h"

#include <fmt/format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <fstream>
#include <thread>

#include <stdlib.h>

namespace liandong::bench {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kStart_max = 60s;
constexpr auto kDrain_max = 20s;

test::RedisProcess::Options redis_options(const Options& options) {
    test::RedisProcess::Options redis;
    redis.program = options.redis_server;
    return redis;
}

std::filesystem::path make_directory() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "liandong-bench-XXXXXX").string();
    LIANDONG_CHECK(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

/// The address in a ready file ({"grpc":"…"}); empty while there is none.
std::string ready_address(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    constexpr std::string_view kField = R"("grpc":")";
    const std::size_t at = line.find(kField);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + kField.size();
    return line.substr(begin, line.find('"', begin) - begin);
}

std::string wait_until_ready(ChildProcess& process, const std::string& ready_file) {
    const auto until = Clock::now() + kStart_max;
    while (true) {
        std::string address = ready_address(ready_file);
        if (!address.empty()) return address;
        LIANDONG_CHECK(process.is_running());
        LIANDONG_CHECK(Clock::now() < until);
        std::this_thread::sleep_for(1ms);
    }
}

}  // namespace

Platform::Platform(const Options& options)
    : options_(options), directory_(make_directory()), redis_(redis_options(options)) {}

Platform::~Platform() {
    server_.reset();
    echo_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

std::string Platform::server_log() const {
    return options_.server_log.empty() ? path("server.log") : options_.server_log;
}

double Platform::start_server() {
    LIANDONG_CHECK(!server_);
    const std::string ready_file = path("ready.json");
    std::filesystem::remove(ready_file);
    const auto begun = Clock::now();
    server_ = std::make_unique<ChildProcess>(
        std::vector<std::string>{
            options_.server_bin, "--roles=intake,dispatch,publicinfo", "--listen=127.0.0.1:0",
            "--metrics=127.0.0.1:0", "--scope=bench.420981",
            fmt::format("--redis={}", redis::to_string(redis_.unix_endpoint())),
            fmt::format("--log-file={}", server_log()), fmt::format("--ready-file={}", ready_file)},
        path("server.out"));
    server_address_ = wait_until_ready(*server_, ready_file);
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

void Platform::stop_server() {
    LIANDONG_CHECK(server_ && server_->stop(kDrain_max));
    server_.reset();
}

void Platform::start_echo() {
    const std::string ready_file = path("echo.json");
    echo_ = std::make_unique<ChildProcess>(
        std::vector<std::string>{"/proc/self/exe", "--role=echo",
                                 fmt::format("--ready-file={}", ready_file)},
        path("echo.out"));
    echo_address_ = wait_until_ready(*echo_, ready_file);
}

std::shared_ptr<grpc::Channel> Platform::connect(const std::string& address) {
    grpc::ChannelArguments arguments;
    // Channels of one process share connections otherwise.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    auto channel =
        grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments);
    LIANDONG_CHECK(channel->WaitForConnected(std::chrono::system_clock::now() + 10s));
    return channel;
}

}  // namespace liandong::bench
