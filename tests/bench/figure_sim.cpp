#include "common/base/check.h"
#include "simulator/evening/evening.h"
#include "simulator/matrix/generate.h"
#include "simulator/matrix/run.h"
#include "tests/bench/figures.h"

#include <fmt/format.h>

#include <chrono>
#include <vector>

namespace liandong::bench {
namespace {

namespace matrix = simulator::matrix;

/// Reading and drawing the calls is not counted: the run alone.
double calls_per_second(const matrix::Model& model) {
    const auto begun = std::chrono::steady_clock::now();
    const auto outcomes = matrix::run(model, matrix::nearest_or_returning());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    LIANDONG_CHECK(!outcomes.empty() && !outcomes.back().lost());
    return static_cast<double>(outcomes.size()) / took.count();
}

Metric policy_speed(const Options& options) {
    const Sizes& sizes = options.sizes();
    std::vector<double> rates;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        progress("sim", fmt::format("matrix, round {}/{}", i + 1, sizes.rounds));
        rates.push_back(
            calls_per_second(matrix::generate_city({.calls = sizes.policy_calls}, /*seed=*/i + 1)));
    }
    return {
        "sim_policy_calls_per_s",
        "calls/s",
        spread_of(rates),
        at_least(150'000),
        {},
        "",
        "travel-matrix mode, one core: 200 zones, 20 bases, 40 units, nearest free or returning "
        "unit, queue"};
}

Metric services_speed(const Options& options) {
    const Sizes& sizes = options.sizes();
    std::vector<double> rates;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        progress("sim", fmt::format("services, round {}/{}", i + 1, sizes.rounds));
        const auto begun = std::chrono::steady_clock::now();
        const auto evening = simulator::play_evening(i + 1, sizes.evening_incidents);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
        LIANDONG_CHECK(evening && evening->closed == sizes.evening_incidents);
        rates.push_back(static_cast<double>(evening->closed) / took.count());
    }
    return {"sim_services_calls_per_s",
            "calls/s",
            spread_of(rates),
            at_least(6'000),
            {},
            "",
            "incidents from report to close with every order step, through the production services "
            "in virtual time, one core, auditor off; start and end of the world included"};
}

}  // namespace

Metrics measure_sim(const Options& options) {
    return {services_speed(options), policy_speed(options)};
}

}  // namespace liandong::bench
