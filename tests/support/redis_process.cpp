#include "tests/support/redis_process.h"

#include "common/base/check.h"
#include "common/redis/command.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liandong::test {
namespace {

namespace asio = boost::asio;
constexpr auto kStartTime_max = std::chrono::seconds{10};

std::uint16_t free_port() {
    asio::io_context io;
    // Twice: a cluster node also takes port + 10,000.
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    const std::uint16_t port = acceptor.local_endpoint().port();
    return port > 50'000 ? static_cast<std::uint16_t>(port - 20'000) : port;
}

std::filesystem::path make_directory() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "liandong-redis-XXXXXX").string();
    LIANDONG_CHECK(::mkdtemp(pattern.data()) != nullptr);
    return pattern;
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const std::string& log) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    ::execvp(argv.front(), argv.data());
    ::_exit(127);
}

}  // namespace

RedisProcess::RedisProcess(Options options)
    : options_(std::move(options)), directory_(make_directory()) {
    start();
    if (options_.cluster) {
        command({"CLUSTER", "ADDSLOTSRANGE", "0", "16383"});
        const auto until = std::chrono::steady_clock::now() + kStartTime_max;
        while (command({"CLUSTER", "INFO"}).find("cluster_state:ok") == std::string::npos) {
            LIANDONG_CHECK(std::chrono::steady_clock::now() < until);
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
    }
}

RedisProcess::~RedisProcess() {
    kill();
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

std::vector<std::string> RedisProcess::arguments() const {
    std::vector<std::string> arguments{
        options_.program.empty() ? LIANDONG_REDIS_SERVER : options_.program,
        "--bind",
        "127.0.0.1",
        "--port",
        fmt::to_string(port_),
        "--unixsocket",
        unix_endpoint().path,
        "--dir",
        directory_.string(),
        "--appendonly",
        "yes",
        "--appendfsync",
        "always",
        "--save",
        ""};
    if (options_.cluster) arguments.insert(arguments.end(), {"--cluster-enabled", "yes"});
    arguments.insert(arguments.end(), options_.config.begin(), options_.config.end());
    return arguments;
}

void RedisProcess::start() {
    LIANDONG_CHECK(pid_ < 0);
    const auto until = std::chrono::steady_clock::now() + kStartTime_max;
    while (true) {
        if (port_ == 0) port_ = free_port();
        const std::vector<std::string> prepared = arguments();
        const std::string log = (directory_ / "log").string();
        pid_ = ::fork();
        LIANDONG_CHECK(pid_ >= 0);
        if (pid_ == 0) become(prepared, log);
        while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
            if (answers()) return;
            LIANDONG_CHECK(std::chrono::steady_clock::now() < until);
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        // It ended: most likely somebody else took the port in between.
        pid_ = -1;
        LIANDONG_CHECK(std::chrono::steady_clock::now() < until);
        port_ = 0;
    }
}

void RedisProcess::kill() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

void RedisProcess::erase_data() {
    LIANDONG_CHECK(pid_ < 0);
    std::filesystem::remove_all(directory_ / "appendonlydir");
}

void RedisProcess::freeze() { ::kill(pid_, SIGSTOP); }

void RedisProcess::thaw() { ::kill(pid_, SIGCONT); }

redis::Endpoint RedisProcess::unix_endpoint() const {
    return redis::Endpoint{(directory_ / "socket").string(), {}, 0};
}

redis::Endpoint RedisProcess::tcp_endpoint() const {
    return redis::Endpoint{{}, "127.0.0.1", port_};
}

bool RedisProcess::answers() const {
    try {
        return command({"PING"}) == "+PONG\r\n";
    } catch (const boost::system::system_error&) {
        return false;
    }
}

std::string RedisProcess::command(const std::vector<std::string>& args) const {
    redis::Command encoded;
    for (const std::string& argument : args) encoded.arg(argument);
    std::string bytes;
    encoded.write_to(bytes);
    asio::io_context io;
    asio::local::stream_protocol::socket socket(io);
    socket.connect(unix_endpoint().path);
    asio::write(socket, asio::buffer(bytes));
    std::string reply(64 * 1024, '\0');
    reply.resize(socket.read_some(asio::buffer(reply)));
    return reply;
}

}  // namespace liandong::test
