#pragma once

#include "common/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace liandong::simulator {

/// Counts durations in log-linear buckets: exact below 2,048 µs, above that to three significant
/// digits (a bucket is at most 1/1,024 of its value wide), up to one hour; longer ones count as one
/// hour. About 190 KiB once used.
class Histogram {
public:
    static constexpr Duration kLongest = std::chrono::hours{1};

    /// Negative durations count as zero.
    void add(Duration value);
    void merge(const Histogram& other);

    std::uint64_t count() const { return count_; }
    Duration max() const { return max_; }

    /// The upper end of the bucket that holds the value of rank ⌈share × count⌉, never above the
    /// largest value; zero when empty. 0 < share ≤ 1.
    Duration quantile(double share) const;

    /// `quantile`, or nullopt with fewer than 10 samples beyond it: then it says nothing.
    std::optional<Duration> sound_quantile(double share) const;

    /// (upper end of bucket, count) of the buckets that are not empty, in order.
    std::vector<std::pair<Duration, std::uint64_t>> buckets() const;

private:
    std::vector<std::uint64_t> counts_;  ///< empty until the first value
    std::uint64_t count_ = 0;
    Duration max_{};
};

inline constexpr std::uint64_t kSamplesBeyond_min = 10;

}  // namespace liandong::simulator
