#include "simulator/report/environment.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/utsname.h>

namespace liandong::simulator {
namespace {

std::string first_line(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}

std::string cpu_model() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        if (!line.starts_with("model name")) continue;
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos) return line.substr(colon + 2);
    }
    return "unknown";
}

std::string kernel() {
    utsname name{};
    return uname(&name) == 0 ? fmt::format("{} {}", name.sysname, name.release) : "unknown";
}

/// Reads .git by hand: a measuring program starts no other.
std::string git_commit() {
    std::error_code error;
    std::filesystem::path directory = std::filesystem::current_path(error);
    while (!directory.empty() && !std::filesystem::exists(directory / ".git", error)) {
        if (directory == directory.root_path()) return "unknown";
        directory = directory.parent_path();
    }
    const std::string head = first_line(directory / ".git" / "HEAD");
    if (!head.starts_with("ref: ")) return head.empty() ? "unknown" : head;
    const std::string commit = first_line(directory / ".git" / head.substr(5));
    if (!commit.empty()) return commit;
    std::ifstream packed(directory / ".git" / "packed-refs");
    for (std::string line; std::getline(packed, line);) {
        if (line.ends_with(" " + head.substr(5))) return line.substr(0, 40);
    }
    return "unknown";
}

}  // namespace

std::vector<std::pair<std::string, std::string>> describe_environment() {
    const std::string load = first_line("/proc/loadavg");
    return {{"cpu", cpu_model()},
            {"cores", std::to_string(std::thread::hardware_concurrency())},
            {"kernel", kernel()},
            {"load_average", load.empty() ? "unknown" : load},
            {"git_commit", git_commit()}};
}

}  // namespace liandong::simulator
