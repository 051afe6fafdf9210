#include "simulator/matrix/mclp.h"

#include "common/base/random.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace liandong::simulator::matrix {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<std::vector<bool>> kCovers{
    {true, true, false, false}, {false, true, true, false}, {true, false, false, true}};

TEST(Mclp, GivesTheAnswersOfTheJemssUnitTest) {
    // Demands 2, 2, 1, 1: one base covers 4, two 6 (and not with the best single one), three 6.
    const CoverTable table({{2, 2, 1, 1}, kCovers});
    const Cover one = solve_mclp(table, 1);
    EXPECT_THAT(one.bases, ElementsAre(0));
    EXPECT_EQ(one.covered, 4);
    const Cover two = solve_mclp(table, 2);
    EXPECT_THAT(two.bases, ElementsAre(1, 2));
    EXPECT_EQ(two.covered, 6);
    EXPECT_EQ(solve_mclp(table, 3).covered, 6);
}

TEST(NestedMclp, GivesTheAnswersOfTheJemssUnitTest) {
    // Demands 5, 3, 2, 1: equal weights favour the best first base, a heavy second place the pair.
    const CoverTable table({{5, 3, 2, 1}, kCovers});
    EXPECT_THAT(solve_nested_mclp(table, {1, 1, 1}).order, ElementsAre(0, 1, 2));
    EXPECT_THAT(solve_nested_mclp(table, {1, 4, 1}).order, ElementsAre(2, 1, 0));
}

TEST(Mclp, NoBaseCoversNothingAndTiesGoToTheFirst) {
    // Two bases that cover the same: the lower number.
    const CoverTable table({{7}, {{true}, {true}}});
    EXPECT_THAT(solve_mclp(table, 0).bases, IsEmpty());
    EXPECT_EQ(solve_mclp(table, 0).covered, 0);
    EXPECT_THAT(solve_mclp(table, 1).bases, ElementsAre(0));
    EXPECT_THAT(solve_nested_mclp(table, {1, 1}).order, ElementsAre(0, 1));
}

struct Drawn {
    CoverProblem problem;
    std::vector<std::int64_t> weights;
};

Drawn draw(std::uint64_t seed) {
    SeededRandom random(seed);
    Drawn drawn;
    const std::size_t bases = 1 + random.below(6), points = random.below(70);
    for (std::size_t i = 0; i < points; ++i)
        drawn.problem.demand.push_back(static_cast<std::int64_t>(random.below(10)));
    for (std::size_t base = 0; base < bases; ++base) {
        auto& row = drawn.problem.covers.emplace_back();
        for (std::size_t i = 0; i < points; ++i) row.push_back(random.below(4) == 0);
        drawn.weights.push_back(static_cast<std::int64_t>(random.below(5)));
    }
    return drawn;
}

/// What the first `count` bases of `order` cover, point by point.
std::int64_t covered(const CoverProblem& problem, const std::vector<std::size_t>& order,
                     std::size_t count) {
    std::int64_t sum = 0;
    for (std::size_t point = 0; point < problem.demand.size(); ++point) {
        const bool any = std::any_of(order.begin(), order.begin() + static_cast<long>(count),
                                     [&](std::size_t base) { return problem.covers[base][point]; });
        if (any) sum += problem.demand[point];
    }
    return sum;
}

TEST(NestedMclp, AgreesWithTryingEveryOrder) {
    // The table and both searches against plain enumeration of permutations, points uncovered too.
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE(seed);
        const auto [problem, weights] = draw(seed);
        std::vector<std::size_t> order(weights.size()), best_order;
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::vector<std::int64_t> best_cover(weights.size() + 1, -1);
        std::int64_t best = -1;
        do {
            std::int64_t value = 0;
            for (std::size_t n = 1; n <= order.size(); ++n) {
                const std::int64_t cover = covered(problem, order, n);
                best_cover[n] = std::max(best_cover[n], cover);
                value += weights[n - 1] * cover;
            }
            if (value > best) {
                best = value;
                best_order = order;
            }
        } while (std::ranges::next_permutation(order).found);
        const CoverTable table(problem);
        const NestedCover nested = solve_nested_mclp(table, weights);
        EXPECT_EQ(nested.value, best);
        EXPECT_EQ(nested.order, best_order);
        for (std::size_t n = 1; n <= order.size(); ++n)
            EXPECT_EQ(solve_mclp(table, n).covered, best_cover[n]);
    }
}

}  // namespace
}  // namespace liandong::simulator::matrix
