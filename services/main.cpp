// The composition root of liandong-server: builds the objects and runs them.

#include "common/async/asio_timers.h"
#include "common/async/run_loop.h"
#include "common/async/spawn.h"
#include "common/base/clock.h"
#include "common/base/sealer.h"
#include "common/redis/endpoint.h"
#include "common/rpc/server.h"
#include "common/rpc/token.h"
#include "common/telemetry/json_log.h"
#include "common/telemetry/metrics_registry.h"
#include "common/telemetry/metrics_server.h"
#include "services/server/bind.h"
#include "services/server/options.h"
#include "services/server/scope_stack.h"
#include "services/server/travel.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

namespace liandong::server {
namespace {

Result<std::string> read_file(const std::string& path, std::string_view option) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(Code::kInvalidArgument, "FILE_UNREADABLE",
                    fmt::format("{}: cannot read {}", option, path));
    }
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

/// 32 bytes: from the file, or by chance for exercises without one.
Result<std::string> sealing_key(const Options& options, Random& random, Log& log) {
    std::string key;
    if (options.sealing_key_file.empty()) {
        log.warn(
            "sealing_key_is_temporary",
            {{"effect", std::string_view("reporters of this run cannot be read after a restart")}});
        for (int i = 0; i < 32; ++i) key += static_cast<char>(random.next());
        return key;
    }
    const auto text = read_file(options.sealing_key_file, "--sealing-key-file");
    if (!text) return fail(text.error());
    const std::string hex = trimmed(*text);
    if (hex.size() != 64 || hex.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
        return fail(Code::kInvalidArgument, "KEY_MALFORMED",
                    "--sealing-key-file: 64 hex digits are needed");
    }
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        key += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    }
    return key;
}

Result<std::unique_ptr<rpc::Authenticator>> make_authenticator(const Options& options,
                                                               const Clock& wall) {
    if (options.token_keys.empty()) return std::make_unique<rpc::MetadataAuthenticator>();
    auto keys = rpc::KeyRing::load(options.token_keys);
    if (!keys) return fail(std::move(keys.error()));
    return std::make_unique<rpc::TokenAuthenticator>(std::move(*keys), wall);
}

Result<redis::RedisStore::Options> redis_options(const Options& options) {
    redis::RedisStore::Options redis;
    auto endpoint = redis::parse_endpoint(options.redis);
    if (!endpoint) return fail(std::move(endpoint.error()));
    redis.endpoint = std::move(*endpoint);
    redis.username = options.redis_user;
    if (!options.redis_password_file.empty()) {
        auto password = read_file(options.redis_password_file, "--redis-password-file");
        if (!password) return fail(std::move(password.error()));
        redis.password = trimmed(std::move(*password));
    }
    return redis;
}

/// Written beside and renamed, so that a reader sees all of it or nothing.
Status write_ready_file(const std::string& path, int grpc_port, int metrics_port,
                        const Options& options) {
    const auto address = [](const std::string& listen, int port) {
        if (port == 0) return listen;
        return fmt::format("{}:{}", listen.substr(0, listen.rfind(':')), port);
    };
    const std::string beside = path + ".new";
    std::ofstream(beside) << fmt::format(
                                 R"({{"grpc":"{}","metrics":"{}","pid":{}}})",
                                 address(options.listen, grpc_port),
                                 metrics_port == 0 ? "" : address(options.metrics, metrics_port),
                                 ::getpid())
                          << '\n';
    std::error_code error;
    std::filesystem::rename(beside, path, error);
    if (error)
        return fail(Code::kUnavailable, "READY_FILE_UNWRITABLE",
                    fmt::format("--ready-file: {}", error.message()));
    return {};
}

LogLevel log_level(const std::string& word) {
    if (word == "debug") return LogLevel::kDebug;
    if (word == "warn") return LogLevel::kWarn;
    return word == "error" ? LogLevel::kError : LogLevel::kInfo;
}

constexpr Duration kDrain_max = std::chrono::seconds(12);

/// The running process.
class Process {
public:
    explicit Process(Options options)
        : options_(std::move(options)),
          io_(1),
          timers_(io_),
          metrics_(io_.get_executor()),
          signals_(io_, SIGTERM, SIGINT) {}

    /// The exit status.
    int run() {
        if (auto status = build(); !status) return refuse(status.error());
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) spawn_forever(io_.get_executor(), stop(), "stop");
        });
        spawn_forever(io_.get_executor(), start(), "start");
        run_loop(io_, options_.spin);
        return exit_status_;
    }

private:
    Status build() {
        auto log = telemetry::JsonLog::open(
            {.level = log_level(options_.log_level), .path = options_.log_file}, wall_);
        if (!log) return fail(std::move(log.error()));
        log_ = std::move(*log);
        auto key = sealing_key(options_, random_, *log_);
        if (!key) return fail(std::move(key.error()));
        sealer_ = std::make_unique<AesSealer>(std::move(*key), random_);
        auto authenticator = make_authenticator(options_, wall_);
        if (!authenticator) return fail(std::move(authenticator.error()));
        authenticator_ = std::move(*authenticator);
        const auto redis = redis_options(options_);
        if (!redis) return fail(redis.error());
        travel_ = load_travel(options_.roads_file, options_.travel_model_file, *log_);
        metrics_.gauge("liandong_roads_loaded", "1 when a road map is in use")
            .set(travel_.roads ? 1 : 0);
        const ScopeStack::Ports ports{io_.get_executor(), timers_,  wall_,  random_, *log_,
                                      metrics_,           *sealer_, travel_, known_};
        for (const domain::Scope& scope : options_.scopes) {
            scopes_.push_back(std::make_unique<ScopeStack>(scope, ports, *redis));
        }
        server_ = std::make_unique<rpc::Server>(
            rpc::ServerPorts{io_.get_executor(), timers_, wall_, *log_, metrics_, *authenticator_},
            rpc::ServerOptions{.listen = options_.listen});
        if (options_.intake) {
            bind_intake(*server_, scopes_);
            bind_desk(*server_, scopes_);
        }
        if (options_.dispatch) bind_dispatch(*server_, scopes_);
        if (options_.publicinfo) bind_publicinfo(*server_, scopes_);
        if (!options_.metrics.empty()) {
            auto metrics = telemetry::MetricsServer::start(options_.metrics, metrics_);
            if (!metrics) return fail(std::move(metrics.error()));
            metrics_server_ = std::move(*metrics);
        }
        return {};
    }

    Task<void> start() {
        for (const auto& scope : scopes_)
            co_await scope->open(options_.rate, options_.epoch, options_.intake);
        if (stopping_) co_return;
        if (auto status = server_->start(); !status) {
            exit_status_ = refuse(status.error());
            io_.stop();
            co_return;
        }
        started_ = true;
        server_->set_serving(true);
        log_->info("serving", {{"listen", std::string_view(options_.listen)},
                               {"port", static_cast<std::int64_t>(server_->port())}});
        if (options_.ready_file.empty()) co_return;
        const int metrics_port = metrics_server_ ? metrics_server_->port() : 0;
        if (auto status =
                write_ready_file(options_.ready_file, server_->port(), metrics_port, options_);
            !status) {
            log_->error("ready_file", {{"why", std::string_view(status.error().message)}});
        }
    }

    Task<void> stop() {
        stopping_ = true;
        log_->info("draining");
        // The last resort, should anything below not end: all state is in the store.
        timers_.at(timers_.now() + options_.drain_notice + kDrain_max,
                   [] { std::_Exit(EXIT_FAILURE); });
        const bool clean = !started_ || co_await server_->drain({.notice = options_.drain_notice});
        log_->info("stopped", {{"clean", clean}});
        log_->flush();
        // Calls that would not end hold the server: everything durable is in the store, so end at
        // once.
        if (!clean) std::_Exit(EXIT_FAILURE);
        io_.stop();
    }

    int refuse(const Error& error) const {
        std::fprintf(stderr, "liandong-server: %s (%s)\n", error.message.c_str(),
                     error.reason.c_str());
        return EXIT_FAILURE;
    }

    Options options_;
    boost::asio::io_context io_;
    AsioTimers timers_;
    SystemClock wall_;
    SystemRandom random_;
    telemetry::MetricsRegistry metrics_;
    std::unique_ptr<telemetry::JsonLog> log_;
    std::unique_ptr<AesSealer> sealer_;
    Travel travel_;
    intake::KnownWorld known_;
    std::unique_ptr<rpc::Authenticator> authenticator_;
    ScopeStacks scopes_;
    std::unique_ptr<rpc::Server> server_;
    std::unique_ptr<telemetry::MetricsServer> metrics_server_;
    boost::asio::signal_set signals_;
    bool started_ = false;
    bool stopping_ = false;
    int exit_status_ = EXIT_SUCCESS;
};

/// gRPC and protobuf write lines of their own to standard error, protobuf one for each string that
/// is not UTF-8, which any caller can send without end. What they say reaches the log as the error
/// of the call or the start.
void silence_libraries() {
    ::setenv("GRPC_VERBOSITY", "NONE", 0);  // 0: whoever looks for a fault may set it
    google::protobuf::SetLogHandler(nullptr);
}

}  // namespace

}  // namespace liandong::server

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    liandong::server::silence_libraries();
    auto options = liandong::server::parse_options(argc, argv);
    if (!options) {
        std::fprintf(stderr, "liandong-server: %s\n", options.error().message.c_str());
        return 2;
    }
    if (!*options) return EXIT_SUCCESS;
    liandong::server::Process process(std::move(**options));
    return process.run();
}
