#include "simulator/report/histogram.h"

#include "common/base/random.h"
#include "simulator/report/world_quantile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace liandong::simulator {
namespace {

/// Durations over seven decades, as latencies are.
std::vector<Duration> samples(std::uint64_t seed, std::size_t count) {
    SeededRandom random(seed);
    std::vector<Duration> values;
    for (std::size_t i = 0; i < count; ++i) {
        values.push_back(Duration{std::llround(std::exp(random.unit() * std::log(3.6e9)))});
    }
    return values;
}

// Every quantile lies at or above the sorted sample of its rank, by at most one part in 1,024.
TEST(Histogram, QuantilesEqualSortedSamplesToThreeDigits) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        auto values = samples(seed, 5'000);
        Histogram histogram;
        for (const Duration value : values) histogram.add(value);
        std::sort(values.begin(), values.end());
        for (const double share : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
            const auto rank = static_cast<std::size_t>(
                std::ceil(share * static_cast<double>(values.size()) - 1e-9));
            const auto exact = values[rank - 1].count();
            const auto found = histogram.quantile(share).count();
            EXPECT_GE(found, exact) << share << " seed " << seed;
            EXPECT_LE(found - exact, exact / 1'024 + 1) << share << " seed " << seed;
        }
        EXPECT_EQ(histogram.quantile(1.0), values.back());
        EXPECT_EQ(histogram.max(), values.back());
    }
}

// Values below 2,048 µs are exact; negative ones count as zero, ones above an hour as an hour.
TEST(Histogram, Edges) {
    Histogram histogram;
    EXPECT_EQ(histogram.quantile(0.5), Duration{});
    for (const int value : {0, 1, 2'047, 2'048}) histogram.add(Duration{value});
    histogram.add(Duration{-5});
    histogram.add(std::chrono::hours{30});
    EXPECT_EQ(histogram.count(), 6U);
    EXPECT_EQ(histogram.quantile(2.0 / 6), Duration{0});
    EXPECT_EQ(histogram.quantile(4.0 / 6), Duration{2'047});
    EXPECT_EQ(histogram.quantile(1), Histogram::kLongest);
}

// Two histograms merged are the histogram of both.
TEST(Histogram, MergeIsTheHistogramOfBoth) {
    Histogram left, right, both;
    for (const Duration value : samples(3, 1'000)) left.add(value), both.add(value);
    for (const Duration value : samples(4, 1'000)) right.add(value), both.add(value);
    left.merge(right);
    EXPECT_EQ(left.buckets(), both.buckets());
    EXPECT_EQ(left.max(), both.max());
    EXPECT_EQ(left.count(), 2'000U);
}

// A percentile is given only with ten samples beyond it.
TEST(Histogram, ThinTailsGiveNoPercentile) {
    Histogram histogram;
    for (int i = 0; i < 999; ++i) histogram.add(Duration{i});
    EXPECT_TRUE(histogram.sound_quantile(0.9).has_value());
    EXPECT_FALSE(histogram.sound_quantile(0.99).has_value());
    histogram.add(Duration{999});
    EXPECT_TRUE(histogram.sound_quantile(0.99).has_value());
    EXPECT_FALSE(histogram.sound_quantile(0.999).has_value());
}

// World times follow the same two rules.
TEST(WorldQuantile, SameRules) {
    std::vector<Duration> values;
    for (int i = 1; i <= 100; ++i) values.push_back(Duration{i});
    EXPECT_EQ(sound_quantile(values, 0.5), Duration{50});
    EXPECT_EQ(sound_quantile(values, 0.9), Duration{90});
    EXPECT_EQ(sound_quantile(values, 0.95), std::nullopt);
}

}  // namespace
}  // namespace liandong::simulator
