#include "common/routing/time/robust_fit.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

namespace liandong::routing {
namespace {

/// y = 2 + 3 x + noise in ± 0.1.
RegressionTask line(std::size_t rows, Random& random) {
    RegressionTask task;
    task.priors = {{0, 10}, {0, 10}};
    task.prior_scale = 0.1;
    for (std::size_t i = 0; i < rows; ++i) {
        const double x = 2 * random.unit() - 1;
        task.x.insert(task.x.end(), {1, x});
        task.y.push_back(2 + 3 * x + 0.2 * random.unit() - 0.1);
    }
    return task;
}

// Without rows nothing is known but the priors.
TEST(RobustFit, WithoutRowsGivesThePriors) {
    RegressionTask task;
    task.priors = {{1.5, 0.2}, {-3, 0.1}};
    task.prior_scale = 0.4;
    const RegressionFit fit = fit_robustly(task);
    EXPECT_DOUBLE_EQ(fit.coefficients[0], 1.5);
    EXPECT_DOUBLE_EQ(fit.coefficients[1], -3);
    EXPECT_DOUBLE_EQ(fit.scale, 0.4);
    EXPECT_TRUE(fit.residuals.empty());
}

// A straight line with small errors is found.
TEST(RobustFit, FindsALine) {
    SeededRandom random(1);
    const RegressionFit fit = fit_robustly(line(500, random));
    EXPECT_NEAR(fit.coefficients[0], 2, 0.01);
    EXPECT_NEAR(fit.coefficients[1], 3, 0.02);
    EXPECT_EQ(fit.residuals.size(), 500U);
}

// One row in ten is nonsense, all on one side (a stamp pressed an hour late): the line is moved
// little, where least squares would be off by 5.
TEST(RobustFit, NonsenseMovesItLittle) {
    SeededRandom random(2);
    RegressionTask task = line(500, random);
    for (std::size_t i = 0; i < task.y.size(); i += 10) task.y[i] += 50;
    const RegressionFit fit = fit_robustly(task);
    EXPECT_NEAR(fit.coefficients[0], 2, 0.05);
    EXPECT_NEAR(fit.coefficients[1], 3, 0.05);
}

// The more rows, the farther from the prior and the nearer to the truth.
TEST(RobustFit, RowsOutweighThePrior) {
    double before = 1e9;
    for (const std::size_t rows : {0, 2, 10, 50, 1'000}) {
        SeededRandom random(3);
        RegressionTask task = line(rows, random);
        task.priors[0] = {0, 0.05};
        task.prior_scale = 0.5;
        const double error = 2 - fit_robustly(task).coefficients[0];
        EXPECT_LT(error, before) << rows;
        before = error;
    }
    EXPECT_NEAR(before, 0, 0.05);
}

// A column that is always 0 keeps its prior: a class of road that nobody has driven yet.
TEST(RobustFit, WhatIsNeverSeenKeepsItsPrior) {
    SeededRandom random(4);
    RegressionTask task = line(100, random);
    task.priors.push_back({0.7, 0.3});
    std::vector<double> wider;
    for (std::size_t i = 0; i < task.y.size(); ++i)
        wider.insert(wider.end(), {task.x[2 * i], task.x[2 * i + 1], 0});
    task.x = wider;
    EXPECT_NEAR(fit_robustly(task).coefficients[2], 0.7, 1e-9);
}

}  // namespace
}  // namespace liandong::routing
