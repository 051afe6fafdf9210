// liandong-bench: measures the figures, each beside its floor, and judges them.

#include "simulator/report/environment.h"
#include "tests/bench/echo_server.h"
#include "tests/bench/figures.h"
#include "tests/bench/options.h"
#include "tests/bench/output.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace liandong::bench {

void progress(std::string_view area, std::string_view step) {
    fmt::print(stderr, "bench {}: {}\n", area, step);
}

namespace {

struct Area {
    std::string_view name;
    Metrics (*measure)(const Options&);
};
constexpr Area kAreas[] = {
    {"report", measure_report},         {"dispatch", measure_dispatch},
    {"recommend", measure_recommend},   {"delivery", measure_delivery},
    {"process", measure_process},       {"sim", measure_sim},
    {"duplicates", measure_duplicates}, {"roads", measure_roads},
    {"surge", measure_surge},
};

Metrics measure(const Options& options) {
    Metrics all;
    for (const Area& area : kAreas) {
        if (!options.wants(area.name)) continue;
        for (Metric& metric : area.measure(options)) {
            metric.area = area.name;
            all.push_back(std::move(metric));
        }
    }
    return all;
}

int run(const Options& options) {
    const auto begun = std::chrono::steady_clock::now();
    Environment environment = simulator::describe_environment();
    const Metrics metrics = measure(options);
    const auto took = std::chrono::steady_clock::now() - begun;
    environment.emplace_back("grpc", grpc::Version());
    environment.emplace_back("redis", "appendonly yes, appendfsync always, unix socket");
    environment.emplace_back("seconds",
                             fmt::format("{:.0f}", std::chrono::duration<double>(took).count()));
    fmt::print("\n{}", to_table(metrics, !options.quick));
    for (const auto& [name, value] : environment) fmt::print("{}: {}\n", name, value);
    if (!options.json.empty()) {
        std::ofstream file(options.json);
        file << to_json(metrics, options, environment) << '\n';
        if (!file.flush()) {
            fmt::print(stderr, "liandong-bench: --json: cannot write {}\n", options.json);
            return EXIT_FAILURE;
        }
    }
    const bool all_pass = options.quick || std::ranges::all_of(metrics, &Metric::passes);
    return all_pass ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace liandong::bench

int main(int argc, char** argv) {
    using namespace liandong;
    const auto options = bench::parse_options(argc, argv);
    if (!options) {
        std::fprintf(stderr, "liandong-bench: %s\n", options.error().message.c_str());
        return 2;
    }
    if (!*options) return EXIT_SUCCESS;
    if ((*options)->echo) return bench::run_echo_server((*options)->ready_file);
    return bench::run(**options);
}
