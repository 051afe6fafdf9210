#pragma once

#include <span>

namespace liandong::simulator::matrix {

inline constexpr std::size_t kBatches = 40;

/// A mean with the half-width of its 99 % confidence interval.
struct Estimate {
    double mean = 0;
    double half_width = 0;

    bool contains(double value) const {
        return mean - half_width <= value && value <= mean + half_width;
    }
};

/// By batch means (Law and Kelton): the samples of one long run, in order, are cut into kBatches
/// stretches of equal length (what is left over at the end is dropped). If the stretches are long
/// against the memory of the process, their means are nearly independent and normal, and mean ±
/// t(0.995; 39 degrees of freedom) × s / √40 holds the truth 99 times in 100. At least kBatches
/// samples. The caller drops the warm-up.
Estimate batch_means(std::span<const double> samples);

}  // namespace liandong::simulator::matrix
