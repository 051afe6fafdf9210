#pragma once

#include <cstdint>

namespace liandong {

/// Source of chance. One seed, one sequence, on any machine.
class Random {
public:
    virtual ~Random() = default;
    /// Uniform over all 64-bit values.
    virtual std::uint64_t next() = 0;

    /// Uniform over [0, bound); bound ≥ 1. (Lemire's multiply-shift; the bias is below 2^-32 for
    /// bound < 2^32.)
    std::uint64_t below(std::uint64_t bound);
    /// Uniform over [0, 1) with 53 bits.
    double unit();
    /// Exponential with the given mean (> 0).
    double exponential(double mean);
};

/// SplitMix64 (Steele, Lea, Flood 2014): small, fast, reproducible; never for secrets.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t state_;
};

/// The operating system's cryptographic source (OpenSSL RAND_bytes).
class SystemRandom final : public Random {
public:
    std::uint64_t next() override;
};

}  // namespace liandong
