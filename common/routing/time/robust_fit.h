#pragma once

#include <cstddef>
#include <vector>

namespace liandong::routing {

/// y ≈ X·b with what is believed of b before anything is seen: each coefficient is normal around
/// its prior.
struct RegressionTask {
    struct Prior {
        double mean = 0;
        double deviation = 1;  ///< > 0
    };
    std::vector<Prior> priors;  ///< one a column, 1–kRegressionColumns_max
    std::vector<double> x;      ///< row by row
    std::vector<double> y;
    double prior_scale = 0.4;      ///< of the residuals
    double prior_scale_rows = 20;  ///< how many rows that is worth
};
inline constexpr std::size_t kRegressionColumns_max = 256;

struct RegressionFit {
    std::vector<double> coefficients;
    double scale = 0;  ///< robust standard deviation of the residuals
    std::vector<double> residuals;
};

/// Ridge regression towards the priors with Huber's loss (tuning constant 1.345: 95 % efficient
/// for normal errors, Huber 1964), by iteratively reweighted least squares; the scale is
/// 1.4826 × the median absolute residual, mixed with the prior one. Without rows it gives the
/// priors; ten records move a coefficient part of the way, a thousand all of it. Ends after at most
/// 50 rounds.
RegressionFit fit_robustly(const RegressionTask& task);

}  // namespace liandong::routing
