#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace liandong::bench {

using Nanos = std::chrono::nanoseconds;
using Instant = std::chrono::steady_clock::time_point;

/// The value that a share of `quantile` (in (0, 1]) of the samples does not exceed: nearest rank,
/// no interpolation. `samples` must not be empty.
double quantile(std::vector<double> samples, double quantile);

/// Lower and upper bound of what rounds gave, and their median.
struct Spread {
    double median = 0;
    double min = 0;
    double max = 0;
    std::size_t rounds = 0;
};
/// The mean of the two middle ones when their number is even. `rounds` must not be empty.
Spread spread_of(std::vector<double> rounds);

std::vector<double> micros(const std::vector<Nanos>& latencies);

}  // namespace liandong::bench
