#include "common/routing/time/quantile_curve.h"

#include "common/base/check.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace liandong::routing {
namespace {

constexpr double kTail = 0.99;

double of_sorted(const std::vector<double>& sorted, double level) {
    const double rank = level * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], rank - static_cast<double>(below));
}

std::vector<double> sorted_copy(std::span<const double> sample) {
    LIANDONG_CHECK(!sample.empty());
    std::vector<double> sorted(sample.begin(), sample.end());
    std::ranges::sort(sorted);
    return sorted;
}

double between(double x, double from, double to, double at_from, double at_to) {
    return to <= from ? at_to : std::lerp(at_from, at_to, (x - from) / (to - from));
}

}  // namespace

const std::array<double, QuantileCurve::kLevels.size()> kNormalDeviates = {
    -1.6448536, -1.2815516, -0.8416212, -0.5244005, -0.2533471, 0,
    0.2533471,  0.5244005,  0.8416212,  1.2815516,  1.6448536};

double QuantileCurve::probability_within(double seconds) const {
    if (!(seconds > 0)) return 0;
    if (seconds < at.front()) return between(seconds, 0, at.front(), 0, kLevels.front());
    for (std::size_t i = 1; i < at.size(); ++i) {
        if (seconds < at[i]) return between(seconds, at[i - 1], at[i], kLevels[i - 1], kLevels[i]);
    }
    return std::min(kTail, between(seconds, at.back(), 2 * at.back(), kLevels.back(), kTail));
}

double QuantileCurve::at_level(double level) const {
    if (level <= kLevels.front()) return at.front();
    for (std::size_t i = 1; i < at.size(); ++i) {
        if (level < kLevels[i]) return between(level, kLevels[i - 1], kLevels[i], at[i - 1], at[i]);
    }
    return at.back();
}

QuantileCurve log_normal(double median, double sigma) {
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = median * std::exp(sigma * kNormalDeviates[i]);
    return curve;
}

QuantileCurve quantiles_of(std::span<const double> sample) {
    const auto sorted = sorted_copy(sample);
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = of_sorted(sorted, QuantileCurve::kLevels[i]);
    return curve;
}

QuantileCurve sum_of(const QuantileCurve& a, const QuantileCurve& b) {
    QuantileCurve sum;
    const double median = a.p50() + b.p50();
    for (std::size_t i = 0; i < sum.at.size(); ++i) {
        const double deviation = std::hypot(a.at[i] - a.p50(), b.at[i] - b.p50());
        sum.at[i] = i < QuantileCurve::kP50 ? median - deviation : median + deviation;
    }
    return sum;
}

double quantile_of(std::span<const double> sample, double level) {
    LIANDONG_CHECK(level >= 0 && level <= 1);
    return of_sorted(sorted_copy(sample), level);
}

}  // namespace liandong::routing
