#include "tests/bench/stats.h"

#include "common/base/check.h"

#include <algorithm>
#include <cmath>

namespace liandong::bench {

double quantile(std::vector<double> samples, double quantile) {
    LIANDONG_CHECK(!samples.empty() && quantile > 0 && quantile <= 1);
    const auto rank =
        static_cast<std::size_t>(std::ceil(quantile * static_cast<double>(samples.size())));
    const auto at = samples.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(samples, at);
    return *at;
}

Spread spread_of(std::vector<double> rounds) {
    LIANDONG_CHECK(!rounds.empty());
    std::ranges::sort(rounds);
    const std::size_t middle = rounds.size() / 2;
    const double median =
        rounds.size() % 2 == 1 ? rounds[middle] : (rounds[middle - 1] + rounds[middle]) / 2;
    return {median, rounds.front(), rounds.back(), rounds.size()};
}

std::vector<double> micros(const std::vector<Nanos>& latencies) {
    std::vector<double> values;
    values.reserve(latencies.size());
    for (Nanos latency : latencies) values.push_back(static_cast<double>(latency.count()) / 1e3);
    return values;
}

}  // namespace liandong::bench
