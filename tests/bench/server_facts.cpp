#include "tests/bench/server_facts.h"

#include "common/base/check.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace liandong::bench {
namespace {

std::size_t size_of(const std::string& path) {
    std::error_code none;
    const auto size = std::filesystem::file_size(path, none);
    return none ? 0 : size;
}

}  // namespace

std::map<std::string, std::uint64_t> command_counts(const test::RedisProcess& redis) {
    std::istringstream info(redis.command({"INFO", "commandstats"}));
    std::map<std::string, std::uint64_t> counts;
    constexpr std::string_view kPrefix = "cmdstat_", kCalls = ":calls=";
    for (std::string line; std::getline(info, line);) {
        const std::size_t calls = line.find(kCalls);
        if (!line.starts_with(kPrefix) || calls == std::string::npos) continue;
        counts[line.substr(kPrefix.size(), calls - kPrefix.size())] =
            std::stoull(line.substr(calls + kCalls.size()));
    }
    return counts;
}

AccessLog::AccessLog(std::string path) : path_(std::move(path)), begin_(size_of(path_)) {}

std::vector<double> AccessLog::durations(std::string_view method, std::size_t count) const {
    const std::string wanted = fmt::format(R"("method":"{}")", method);
    constexpr std::string_view kField = R"("duration_us":)";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (true) {
        std::vector<double> durations;
        std::ifstream log(path_);
        log.seekg(static_cast<std::streamoff>(begin_));
        for (std::string line; std::getline(log, line) && !log.eof();) {
            const std::size_t at = line.find(kField);
            if (at == std::string::npos || line.find(wanted) == std::string::npos) continue;
            durations.push_back(std::stod(line.substr(at + kField.size())));
        }
        if (durations.size() >= count) return durations;
        LIANDONG_CHECK(std::chrono::steady_clock::now() < until);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));  // it writes once a second
    }
}

}  // namespace liandong::bench
