#include "common/routing/time/quantile_curve.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace liandong::routing {
namespace {

double normal(Random& random) {
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

// The log-normal's quantiles are those of the textbook.
TEST(QuantileCurve, LogNormalIsTheTextbooks) {
    const QuantileCurve curve = log_normal(300, 0.4);
    EXPECT_DOUBLE_EQ(curve.p50(), 300);
    EXPECT_NEAR(curve.p90(), 300 * std::exp(0.4 * 1.28155), 0.01);
    EXPECT_NEAR(curve.p10(), 300 * std::exp(-0.4 * 1.28155), 0.01);
}

// A sample's curve holds its own order statistics; the order in which it came does not matter.
TEST(QuantileCurve, TakesTheSamplesQuantiles) {
    std::vector<double> sample;
    for (int i = 100; i >= 0; --i) sample.push_back(i);
    const QuantileCurve curve = quantiles_of(sample);
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        EXPECT_NEAR(curve.at[i], 100 * QuantileCurve::kLevels[i], 1e-9);
    EXPECT_DOUBLE_EQ(quantile_of(std::vector<double>{7}, 0.9), 7);
}

// P(time ≤ x) is the level at each quantile, never falls, and never claims certainty.
TEST(QuantileCurve, ProbabilityIsItsInverse) {
    const QuantileCurve curve = log_normal(300, 0.4);
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        EXPECT_NEAR(curve.probability_within(curve.at[i]), QuantileCurve::kLevels[i], 1e-9);
    double before = 0;
    for (double x = -10; x < 3'000; x += 1) {
        const double now = curve.probability_within(x);
        ASSERT_GE(now, before) << x;
        before = now;
    }
    EXPECT_DOUBLE_EQ(before, 0.99);
    EXPECT_DOUBLE_EQ(curve.probability_within(0), 0);
}

// Drawing by levels is its inverse, and stays within the outermost levels.
TEST(QuantileCurve, LevelsAreReadBack) {
    const QuantileCurve curve = log_normal(300, 0.4);
    for (double level = 0.06; level < 0.95; level += 0.01)
        EXPECT_NEAR(curve.probability_within(curve.at_level(level)), level, 1e-9);
    EXPECT_EQ(curve.at_level(0), curve.at.front());
    EXPECT_EQ(curve.at_level(1), curve.at.back());
}

// A time that is known for sure is certain as far as the curve tells: from 0.95 at it to 0.99.
TEST(QuantileCurve, AConstantIsAStep) {
    const QuantileCurve sure = log_normal(60, 0);
    EXPECT_GE(sure.probability_within(60), 0.95);
    EXPECT_LT(sure.probability_within(59.9), 0.05);
}

// The sum of two skewed times, drawn a hundred thousand times, has the curve's quantiles within 4
// %.
TEST(QuantileCurve, SumAgreesWithDrawing) {
    SeededRandom random(1);
    std::vector<double> sums;
    for (int i = 0; i < 100'000; ++i)
        sums.push_back(60 * std::exp(0.47 * normal(random)) + 240 * std::exp(0.4 * normal(random)));
    const QuantileCurve drawn = quantiles_of(sums);
    const QuantileCurve computed = sum_of(log_normal(60, 0.47), log_normal(240, 0.4));
    for (std::size_t i = 0; i < drawn.at.size(); ++i)
        EXPECT_NEAR(computed.at[i] / drawn.at[i], 1, 0.04) << QuantileCurve::kLevels[i];
}

}  // namespace
}  // namespace liandong::routing
