#include "tests/bench/stats.h"

#include <gtest/gtest.h>

#include <numeric>

namespace liandong::bench {
namespace {

// A quantile is one of the samples: the smallest that enough of them do not exceed.
TEST(BenchStats, QuantileIsNearestRank) {
    std::vector<double> samples(100);
    std::iota(samples.rbegin(), samples.rend(), 1.0);
    EXPECT_EQ(quantile(samples, 0.5), 50);
    EXPECT_EQ(quantile(samples, 0.99), 99);
    EXPECT_EQ(quantile(samples, 1), 100);
    EXPECT_EQ(quantile({7}, 0.01), 7);
    EXPECT_EQ(quantile({1, 2, 3}, 0.99), 3);
}

// The median of an even number of rounds lies between the two middle ones; the range is all.
TEST(BenchStats, SpreadHasMedianAndRange) {
    const Spread odd = spread_of({0.5, 0.1, 0.3});
    EXPECT_DOUBLE_EQ(odd.median, 0.3);
    EXPECT_DOUBLE_EQ(odd.min, 0.1);
    EXPECT_DOUBLE_EQ(odd.max, 0.5);
    EXPECT_EQ(odd.rounds, 3U);
    EXPECT_DOUBLE_EQ(spread_of({4, 1, 2, 3}).median, 2.5);
}

}  // namespace
}  // namespace liandong::bench
