#include "common/routing/time/robust_fit.h"

#include "common/base/check.h"
#include "common/routing/time/quantile_curve.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace liandong::routing {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

constexpr int kRounds_max = 50;
constexpr double kSettled = 1e-7;
constexpr double kHuber = 1.345;
constexpr double kNormalOverMad = 1.4826;
constexpr double kScale_min = 1e-3;

double scale_of(const RegressionTask& task, const Vector& residuals) {
    const auto rows = static_cast<double>(residuals.size());
    double own = 0;
    if (residuals.size() > 0) {
        std::vector<double> sizes(residuals.begin(), residuals.end());
        for (double& size : sizes) size = std::abs(size);
        own = kNormalOverMad * quantile_of(sizes, 0.5);
    }
    const double square =
        (rows * own * own + task.prior_scale_rows * task.prior_scale * task.prior_scale) /
        (rows + task.prior_scale_rows);
    return std::max(kScale_min, std::sqrt(square));
}

Vector weights_of(const Vector& residuals, double scale) {
    return residuals.unaryExpr([scale](double residual) {
        const double size = std::abs(residual);
        return size <= kHuber * scale ? 1.0 : kHuber * scale / size;
    });
}

/// The coefficients where weighted squares and distance to the priors balance.
Vector solve(const RegressionTask& task, const Matrix& x, const Vector& y, const Vector& weights,
             double scale) {
    Matrix normal = x.transpose() * weights.asDiagonal() * x;
    Vector right = x.transpose() * weights.cwiseProduct(y);
    for (Eigen::Index i = 0; i < normal.rows(); ++i) {
        const RegressionTask::Prior& prior = task.priors[static_cast<std::size_t>(i)];
        const double strength = scale * scale / (prior.deviation * prior.deviation);
        normal(i, i) += strength;
        right(i) += strength * prior.mean;
    }
    return normal.ldlt().solve(right);
}

}  // namespace

RegressionFit fit_robustly(const RegressionTask& task) {
    const std::size_t columns = task.priors.size();
    LIANDONG_CHECK(columns >= 1 && columns <= kRegressionColumns_max);
    LIANDONG_CHECK(task.x.size() == task.y.size() * columns);
    const auto rows = static_cast<Eigen::Index>(task.y.size());
    const Eigen::Map<const Matrix> x(task.x.data(), rows, static_cast<Eigen::Index>(columns));
    const Eigen::Map<const Vector> y(task.y.data(), rows);

    double scale = task.prior_scale;
    Vector weights = Vector::Ones(rows);
    Vector found = Vector::Zero(static_cast<Eigen::Index>(columns));
    Vector residuals;
    for (int round = 0; round < kRounds_max; ++round) {
        const Vector next = solve(task, x, y, weights, scale);
        const double moved = (next - found).cwiseAbs().maxCoeff();
        found = next;
        residuals = y - x * found;
        scale = scale_of(task, residuals);
        weights = weights_of(residuals, scale);
        if (moved < kSettled) break;
    }
    return {{found.begin(), found.end()}, scale, {residuals.begin(), residuals.end()}};
}

}  // namespace liandong::routing
