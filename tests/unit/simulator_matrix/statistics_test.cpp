#include "simulator/matrix/statistics.h"

#include <gtest/gtest.h>

#include <vector>

namespace liandong::simulator::matrix {
namespace {

TEST(BatchMeans, OfAlternatingBatchesIsWhatTheFormulaSays) {
    // Batch means 0 and 2 in turn: mean 1, s² = 40/39, half-width 2.707913 × √(1/39).
    std::vector<double> samples;
    for (std::size_t batch = 0; batch < kBatches; ++batch)
        samples.insert(samples.end(), 3, batch % 2 == 0 ? 0.0 : 2.0);
    samples.push_back(1e9);  // left over
    const Estimate found = batch_means(samples);
    EXPECT_DOUBLE_EQ(found.mean, 1);
    EXPECT_NEAR(found.half_width, 0.433613, 1e-6);
    EXPECT_TRUE(found.contains(0.6));
    EXPECT_FALSE(found.contains(0.5));
    EXPECT_FALSE(found.contains(1.5));
}

TEST(BatchMeans, OfOneValueHaveNoWidth) {
    // Nothing varies.
    const Estimate found = batch_means(std::vector<double>(kBatches, 0.25));
    EXPECT_DOUBLE_EQ(found.mean, 0.25);
    EXPECT_DOUBLE_EQ(found.half_width, 0);
}

}  // namespace
}  // namespace liandong::simulator::matrix
