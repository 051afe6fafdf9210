#include "simulator/matrix/statistics.h"

#include "common/base/check.h"

#include <array>
#include <cmath>
#include <numeric>

namespace liandong::simulator::matrix {
namespace {

/// The 0.995 quantile of Student's t with 39 degrees of freedom.
constexpr double kStudent = 2.707913;
static_assert(kBatches == 40);

}  // namespace

Estimate batch_means(std::span<const double> samples) {
    const std::size_t length = samples.size() / kBatches;
    LIANDONG_CHECK(length >= 1);
    std::array<double, kBatches> means{};
    for (std::size_t i = 0; i < kBatches; ++i) {
        const auto batch = samples.subspan(i * length, length);
        means[i] = std::accumulate(batch.begin(), batch.end(), 0.0) / static_cast<double>(length);
    }
    const double mean = std::accumulate(means.begin(), means.end(), 0.0) / kBatches;
    double squares = 0;
    for (const double one : means) squares += (one - mean) * (one - mean);
    return {mean, kStudent * std::sqrt(squares / (kBatches - 1) / kBatches)};
}

}  // namespace liandong::simulator::matrix
