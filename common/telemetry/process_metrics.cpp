#include "common/telemetry/process_metrics.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

#include <sys/resource.h>
#include <unistd.h>

namespace liandong::telemetry {
namespace {

using Family = MetricsRegistry::FamilySnapshot;
using Kind = MetricsRegistry::Kind;

Family single(std::string name, std::string help, Kind kind, double value) {
    return {std::move(name), std::move(help), kind, {{{}, value}}};
}

/// The fields of /proc/self/stat behind the command's name, the first being field 3 (proc(5)).
std::vector<std::string> stat_fields() {
    std::ifstream file("/proc/self/stat");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto end_of_name = text.rfind(')');
    if (end_of_name == std::string::npos) return {};
    std::istringstream rest(text.substr(end_of_name + 1));
    return {std::istream_iterator<std::string>(rest), {}};
}

std::optional<double> boot_time_seconds() {
    std::ifstream file("/proc/stat");
    for (std::string word; file >> word;) {
        double seconds = 0;
        if (word == "btime" && file >> seconds) return seconds;
    }
    return std::nullopt;
}

void add_from_stat(std::vector<Family>& out) {
    constexpr std::size_t kUserTicks = 11, kSystemTicks = 12, kStart = 19, kResidentPages = 21;
    const auto fields = stat_fields();
    if (fields.size() <= kResidentPages) return;
    const auto number = [&fields](std::size_t index) { return std::stod(fields[index]); };
    const auto ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    out.push_back(single("process_resident_memory_bytes", "Resident memory size in bytes.",
                         Kind::kGauge,
                         number(kResidentPages) * static_cast<double>(sysconf(_SC_PAGESIZE))));
    out.push_back(single("process_cpu_seconds_total",
                         "Total user and system CPU time spent in seconds.", Kind::kCounter,
                         (number(kUserTicks) + number(kSystemTicks)) / ticks));
    if (const auto boot = boot_time_seconds()) {
        out.push_back(single("process_start_time_seconds",
                             "Start time of the process since unix epoch in seconds.", Kind::kGauge,
                             *boot + number(kStart) / ticks));
    }
}

void add_file_descriptors(std::vector<Family>& out) {
    std::error_code error;
    const std::filesystem::directory_iterator open("/proc/self/fd", error);
    if (!error) {
        out.push_back(single("process_open_fds", "Number of open file descriptors.", Kind::kGauge,
                             static_cast<double>(std::distance(begin(open), end(open)))));
    }
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        out.push_back(single("process_max_fds", "Maximum number of open file descriptors.",
                             Kind::kGauge, static_cast<double>(limit.rlim_cur)));
    }
}

}  // namespace

std::vector<Family> read_process_metrics() {
    std::vector<Family> out;
    add_from_stat(out);
    add_file_descriptors(out);
    return out;
}

}  // namespace liandong::telemetry
