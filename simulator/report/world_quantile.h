#pragma once

#include "simulator/report/histogram.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace liandong::simulator {

/// The value of rank ⌈share × n⌉; nullopt with fewer than 10 samples beyond it. World times can be
/// days long, so they are kept one by one rather than in a histogram.
inline std::optional<Duration> sound_quantile(std::vector<Duration> values, double share) {
    const auto count = static_cast<double>(values.size());
    if (count * (1 - share) + 1e-9 < static_cast<double>(kSamplesBeyond_min)) return std::nullopt;
    const auto rank =
        std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(share * count - 1e-9)));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace liandong::simulator
