#include "tests/support/server_process.h"

#include "common/base/check.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace liandong::test {
namespace {

namespace asio = boost::asio;
constexpr std::chrono::milliseconds kPoll{5};
// Below the ports that the kernel gives to connections: a client that keeps connecting to a port
// where nobody listens would sooner or later be given that very port, and keep the server from it.
constexpr int kFirstPort = 20'000;
constexpr int kPorts = 10'000;

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool is_free(int port) {
    asio::io_context io;
    asio::ip::tcp::acceptor acceptor(io);
    boost::system::error_code error;
    acceptor.open(asio::ip::tcp::v4(), error);
    if (error) return false;
    acceptor.bind({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)}, error);
    return !error;
}

struct HeldPort {
    int port;
    int lock;
};

std::string lock_path(int port) {
    return (std::filesystem::temp_directory_path() / fmt::format("liandong-port-{}", port))
        .string();
}

/// Whether the file still has that name: who held it before may have removed it meanwhile.
bool is_still_there(int file, const std::string& path) {
    struct stat held{};
    struct stat named{};
    return ::fstat(file, &held) == 0 && ::stat(path.c_str(), &named) == 0 &&
           held.st_ino == named.st_ino;
}

/// A free port, held by a lock on a file against the tests that run beside this one: also while the
/// server is down.
HeldPort hold_port() {
    for (int i = 0; i < kPorts; ++i) {
        const int port = kFirstPort + (::getpid() * 37 + i) % kPorts;
        const std::string path = lock_path(port);
        const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (lock < 0) continue;
        const bool held = ::flock(lock, LOCK_EX | LOCK_NB) == 0 && is_still_there(lock, path);
        if (held && is_free(port)) return {port, lock};
        if (held) ::unlink(path.c_str());
        ::close(lock);
    }
    LIANDONG_UNREACHABLE();
}

}  // namespace

ServerProcess::ServerProcess(Options options) : options_(std::move(options)) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "liandong-server-XXXXXX").string();
    LIANDONG_CHECK(::mkdtemp(pattern.data()) != nullptr);
    directory_ = pattern;
    if (!options_.listen.empty()) return;
    const HeldPort held = hold_port();
    port_lock_ = held.lock;
    options_.listen = fmt::format("127.0.0.1:{}", held.port);
}

ServerProcess::~ServerProcess() {
    kill();
    if (port_lock_ >= 0) {
        const auto colon = options_.listen.rfind(':');
        std::filesystem::remove(lock_path(std::stoi(options_.listen.substr(colon + 1))));
        ::close(port_lock_);
    }
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
}

std::vector<std::string> ServerProcess::arguments() const {
    std::vector<std::string> all{LIANDONG_SERVER_PROGRAM};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) all.push_back(fmt::format("--{}={}", name, value));
    };
    add("redis", options_.redis);
    add("scope", options_.scope);
    add("listen", options_.listen);
    const auto is_metrics = [](const std::string& word) { return word.starts_with("--metrics="); };
    if (std::ranges::none_of(options_.more, is_metrics)) all.push_back("--metrics=127.0.0.1:0");
    add("log-file", file("log"));
    add("ready-file", file("ready"));
    all.insert(all.end(), options_.more.begin(), options_.more.end());
    return all;
}

void ServerProcess::launch() {
    LIANDONG_CHECK(pid_ < 0);
    std::filesystem::remove(file("ready"));
    wait_status_.reset();
    std::vector<std::string> words = arguments();
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    const std::string error_file = file("stderr");
    pid_ = ::fork();
    LIANDONG_CHECK(pid_ >= 0);
    if (pid_ > 0) return;
    // Other threads may run: nothing but system calls between fork and exec.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int output = ::open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(output, STDERR_FILENO);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
}

bool ServerProcess::wait_until_ready(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!std::filesystem::exists(file("ready"))) {
        if (!is_running() || std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(kPoll);
    }
    return true;
}

void ServerProcess::start() {
    launch();
    if (wait_until_ready()) return;
    fmt::print(stderr, "liandong-server does not serve:\n{}{}", standard_error(), log());
    LIANDONG_CHECK(false);
}

void ServerProcess::reap(int wait_options) {
    int status = 0;
    if (pid_ < 0 || ::waitpid(pid_, &status, wait_options) != pid_) return;
    wait_status_ = status;
    pid_ = -1;
}

bool ServerProcess::is_running() {
    reap(WNOHANG);
    return pid_ >= 0;
}

void ServerProcess::kill() {
    if (!is_running()) return;
    ::kill(pid_, SIGKILL);
    reap(0);
}

void ServerProcess::terminate() {
    if (is_running()) ::kill(pid_, SIGTERM);
}

std::optional<int> ServerProcess::wait_for_exit(std::chrono::milliseconds limit) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (is_running()) {
        if (std::chrono::steady_clock::now() > until) return std::nullopt;
        std::this_thread::sleep_for(kPoll);
    }
    if (!wait_status_ || !WIFEXITED(*wait_status_)) return std::nullopt;
    return WEXITSTATUS(*wait_status_);
}

std::string ServerProcess::metrics() const {
    const std::string ready = read_all(file("ready"));
    constexpr std::string_view kBefore = R"("metrics":")";
    const auto begin = ready.find(kBefore);
    LIANDONG_CHECK(begin != std::string::npos);
    const auto end = ready.find('"', begin + kBefore.size());
    return ready.substr(begin + kBefore.size(), end - begin - kBefore.size());
}

std::string ServerProcess::standard_error() const { return read_all(file("stderr")); }

std::string ServerProcess::log() const { return read_all(file("log")); }

std::string redis_option(const RedisProcess& redis) { return "unix:" + redis.unix_endpoint().path; }

}  // namespace liandong::test
