#include "common/base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>

namespace liandong {
namespace {

/// Returns one value for ever.
class Constant final : public Random {
public:
    explicit Constant(std::uint64_t value) : value_(value) {}
    std::uint64_t next() override { return value_; }

private:
    std::uint64_t value_;
};

constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();

// One seed, one sequence, on any machine: the published first values of SplitMix64 for 1234567.
TEST(SeededRandom, IsSplitMix64) {
    SeededRandom random(1'234'567);
    EXPECT_EQ(random.next(), 6'457'827'717'110'365'317U);
    EXPECT_EQ(random.next(), 3'203'168'211'198'807'973U);
    EXPECT_EQ(random.next(), 9'817'491'932'198'370'423U);
}

// The extremes of the source stay within every range that is half-open.
TEST(Random, ExtremesStayInRange) {
    Constant lowest(0), highest(kMost);
    for (std::uint64_t bound :
         {std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1'000'003}, kMost}) {
        EXPECT_EQ(lowest.below(bound), 0U);
        EXPECT_EQ(highest.below(bound), bound - 1);
    }
    EXPECT_EQ(lowest.unit(), 0.0);
    EXPECT_LT(highest.unit(), 1.0);
    EXPECT_EQ(lowest.exponential(5.0), 0.0);
    EXPECT_LT(highest.exponential(5.0), 200.0) << "finite at the end of the range";
}

// Every value below the bound comes about as often as the others.
TEST(Random, BelowIsUniform) {
    SeededRandom random(42);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i) ++counts[random.below(counts.size())];
    for (int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

// The mean of the exponential is the one asked for.
TEST(Random, ExponentialHasItsMean) {
    SeededRandom random(42);
    double sum = 0;
    for (int i = 0; i < 50'000; ++i) sum += random.exponential(3.0);
    EXPECT_NEAR(sum / 50'000, 3.0, 0.1);
}

// An empty range is a programmer's error.
TEST(RandomDeathTest, BelowNothingAborts) {
    SeededRandom random(1);
    EXPECT_DEATH(static_cast<void>(random.below(0)), "bound");
}

// The system's source does not repeat itself.
TEST(SystemRandom, DoesNotRepeat) {
    SystemRandom random;
    EXPECT_NE(random.next(), random.next());
}

}  // namespace
}  // namespace liandong
