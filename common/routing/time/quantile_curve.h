#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace liandong::routing {

/// A distribution of times, in seconds, by its quantiles at fixed levels, so that its form need not
/// be known: recorded travel times have a longer right tail than any textbook curve.
struct QuantileCurve {
    static constexpr std::array<double, 11> kLevels = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5,
                                                       0.6,  0.7, 0.8, 0.9, 0.95};
    static constexpr std::size_t kP10 = 1, kP50 = 5, kP90 = 9;

    std::array<double, kLevels.size()> at{};  ///< never falls

    double p10() const { return at[kP10]; }
    double p50() const { return at[kP50]; }
    double p90() const { return at[kP90]; }

    /// P(time ≤ `seconds`), linear between the levels. Beyond the outermost ones nothing is known:
    /// below the first it falls to 0 at time 0, above the last it is 0.95 and rises to 0.99 at
    /// twice that time. [0, 0.99].
    double probability_within(double seconds) const;

    /// The time at `level`, [0, 1]; linear between the levels, the outermost ones beyond them.
    double at_level(double level) const;

    friend bool operator==(const QuantileCurve&, const QuantileCurve&) = default;
};

/// The standard normal deviate of each level.
extern const std::array<double, QuantileCurve::kLevels.size()> kNormalDeviates;

/// Log-normal with this median and this standard deviation of the logarithm (≥ 0).
QuantileCurve log_normal(double median, double sigma);

/// The sample's own quantiles (linear between order statistics); `sample` is not empty.
QuantileCurve quantiles_of(std::span<const double> sample);

/// Of the sum of two independent times: medians add, deviations from the median add by their
/// squares. Exact for normal times; the sum of skewed ones has a slightly larger median.
QuantileCurve sum_of(const QuantileCurve& a, const QuantileCurve& b);

/// One level's quantile of a sample that may be in any order; [0, 1].
double quantile_of(std::span<const double> sample, double level);

}  // namespace liandong::routing
