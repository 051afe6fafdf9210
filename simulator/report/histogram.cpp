#include "simulator/report/histogram.h"

#include "common/base/check.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace liandong::simulator {
namespace {

// Values of b bits above 11 share buckets of 2^(b-11): 1,024 buckets for each doubling.
constexpr std::uint64_t kLinear = 2'048;
constexpr std::uint64_t kPerDoubling = kLinear / 2;

std::size_t bucket_of(std::uint64_t value) {
    if (value < kLinear) return value;
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - 11U;
    return kLinear + (shift - 1) * kPerDoubling + ((value >> shift) - kPerDoubling);
}

std::uint64_t upper_end(std::size_t bucket) {
    if (bucket < kLinear) return bucket;
    const std::size_t shift = (bucket - kLinear) / kPerDoubling + 1;
    const std::uint64_t mantissa = (bucket - kLinear) % kPerDoubling + kPerDoubling;
    return ((mantissa + 1) << shift) - 1;
}

const std::size_t kBuckets = bucket_of(static_cast<std::uint64_t>(Histogram::kLongest.count())) + 1;

}  // namespace

void Histogram::add(Duration value) {
    value = std::clamp(value, Duration{}, kLongest);
    if (counts_.empty()) counts_.resize(kBuckets);
    ++counts_[bucket_of(static_cast<std::uint64_t>(value.count()))];
    ++count_;
    max_ = std::max(max_, value);
}

void Histogram::merge(const Histogram& other) {
    if (other.count_ == 0) return;
    if (counts_.empty()) counts_.resize(kBuckets);
    for (std::size_t i = 0; i < kBuckets; ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    max_ = std::max(max_, other.max_);
}

Duration Histogram::quantile(double share) const {
    LIANDONG_CHECK(share > 0 && share <= 1);
    if (count_ == 0) return {};
    const auto rank = std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_) - 1e-9)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        seen += counts_[i];
        if (seen >= rank) return std::min(max_, Duration{static_cast<Duration::rep>(upper_end(i))});
    }
    LIANDONG_UNREACHABLE();
}

std::optional<Duration> Histogram::sound_quantile(double share) const {
    const double beyond = static_cast<double>(count_) * (1 - share);
    if (beyond + 1e-9 < static_cast<double>(kSamplesBeyond_min)) return std::nullopt;
    return quantile(share);
}

std::vector<std::pair<Duration, std::uint64_t>> Histogram::buckets() const {
    std::vector<std::pair<Duration, std::uint64_t>> result;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
        if (counts_[i] == 0) continue;
        result.emplace_back(Duration{static_cast<Duration::rep>(upper_end(i))}, counts_[i]);
    }
    return result;
}

}  // namespace liandong::simulator
