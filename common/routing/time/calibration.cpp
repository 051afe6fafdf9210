#include "common/routing/time/calibration.h"

#include "common/base/check.h"
#include "common/routing/time/robust_fit.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace liandong::routing {
namespace {

// How far what is measured lies from what is assumed, standard deviations of the logarithm [D]:
// each prior is worth ten to twenty trips, so that it decides below fifty and is forgotten above
// hundreds.
constexpr double kAlphaDeviation = 0.12;
constexpr double kBetaDeviation = 0.15;
constexpr double kGammaDeviation = 0.15;
constexpr double kDeltaDeviation = 0.08;
constexpr double kGroupDeviation = 0.1;
/// How many trips the prior form of the residuals is worth.
constexpr double kResidualTrips = 20;
/// A slope outside is an accident of few trips.
constexpr double kBeta_min = 0.2, kBeta_max = 1.2;

constexpr std::size_t kGamma = 2;
constexpr std::size_t kDelta = kGamma + kRoadClasses;
constexpr std::size_t kGroup = kDelta + kHourBands;

std::array<double, kRoadClasses> shares_of(const MetersByClass& by_class) {
    const double all = std::accumulate(by_class.begin(), by_class.end(), 0.0);
    std::array<double, kRoadClasses> shares{};
    for (std::size_t i = 0; all > 0 && i < shares.size(); ++i) shares[i] = by_class[i] / all;
    return shares;
}

double log_of(double road_seconds) {
    return std::log(std::max(road_seconds, Calibration::kRoadSeconds_min) /
                    Calibration::kScaleSeconds);
}

/// The groups seen, each with its column.
std::map<std::string, std::size_t> group_columns(std::span<const ObservedTrip> trips) {
    std::map<std::string, std::size_t> columns;
    for (const ObservedTrip& trip : trips) {
        if (!trip.group.empty()) columns.emplace(trip.group, 0);
    }
    std::size_t next = kGroup;
    for (auto& [group, column] : columns) column = next++;
    return columns;
}

RegressionTask task_of(std::span<const ObservedTrip> trips, Profile profile,
                       const std::map<std::string, std::size_t>& groups) {
    RegressionTask task;
    task.prior_scale = kSigmaCalibrated;
    task.priors.resize(kGroup + groups.size(), {0, kGroupDeviation});
    task.priors[0] = {0, kAlphaDeviation};
    task.priors[1] = {1, kBetaDeviation};
    for (std::size_t i = 0; i < kRoadClasses; ++i) task.priors[kGamma + i] = {0, kGammaDeviation};
    for (std::size_t i = 0; i < kHourBands; ++i)
        task.priors[kDelta + i] = {std::log(hour_factor(profile, i)), kDeltaDeviation};
    const std::size_t columns = task.priors.size();
    task.x.reserve(trips.size() * columns);
    for (const ObservedTrip& trip : trips) {
        LIANDONG_CHECK(trip.seconds > 0 && trip.band < kHourBands);
        const std::size_t row = task.x.size();
        task.x.resize(row + columns, 0.0);
        task.x[row] = 1;
        task.x[row + 1] = log_of(trip.road.seconds);
        const auto shares = shares_of(trip.road.by_class);
        for (std::size_t i = 0; i < kRoadClasses; ++i) task.x[row + kGamma + i] = shares[i];
        task.x[row + kDelta + trip.band] = 1;
        if (!trip.group.empty()) task.x[row + groups.at(trip.group)] = 1;
        task.y.push_back(std::log(trip.seconds / Calibration::kScaleSeconds));
    }
    return task;
}

/// The residuals' own quantiles, mixed with those of a normal as long as there are few.
QuantileCurve residual_curve(const RegressionFit& fit) {
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i) curve.at[i] = kNormalDeviates[i] * fit.scale;
    if (fit.residuals.empty()) return curve;
    const QuantileCurve own = quantiles_of(fit.residuals);
    const auto trips = static_cast<double>(fit.residuals.size());
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = std::lerp(curve.at[i], own.at[i], trips / (trips + kResidualTrips));
    return curve;
}

}  // namespace

RoadTrip road_trip(const Trip& trip, double off_road_meters, Profile profile) {
    return {std::chrono::duration<double>(trip.time).count() +
                off_road_meters / off_road_speed_meters_per_second(profile),
            trip.by_class};
}

double Calibration::log_seconds(double road_seconds, const Circumstances& when) const {
    LIANDONG_CHECK(when.band < kHourBands);
    const double x = log_of(road_seconds), seen = std::min(x, log_of(road_seconds_max));
    const auto own = group.find(when.group);
    return std::log(kScaleSeconds) + alpha + beta * seen + (x - seen) + delta[when.band] +
           (own == group.end() ? 0 : own->second);
}

QuantileCurve Calibration::travel(const RoadTrip& trip, const Circumstances& when) const {
    const double median = median_seconds(trip, when);
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = median * std::exp(residuals.at[i] - residuals.p50());
    return curve;
}

double Calibration::median_seconds(const RoadTrip& trip, const Circumstances& when) const {
    const auto shares = shares_of(trip.by_class);
    const double by_class = std::inner_product(shares.begin(), shares.end(), gamma.begin(), 0.0);
    return std::exp(log_seconds(trip.seconds, when) + by_class + residuals.p50());
}

double Calibration::median_seconds_min(double road_seconds, const Circumstances& when) const {
    // 0: a trip of no length has no shares.
    const double lowest = std::min(0.0, *std::ranges::min_element(gamma));
    return std::exp(log_seconds(road_seconds, when) + lowest + residuals.p50());
}

Calibration class_speeds(Profile profile) {
    Calibration prior;
    for (std::size_t i = 0; i < kHourBands; ++i) prior.delta[i] = std::log(hour_factor(profile, i));
    for (std::size_t i = 0; i < prior.residuals.at.size(); ++i)
        prior.residuals.at[i] = kSigmaClassSpeeds * kNormalDeviates[i];
    return prior;
}

Calibration calibrate(std::span<const ObservedTrip> trips, Profile profile) {
    const auto groups = group_columns(trips);
    const RegressionFit fit = fit_robustly(task_of(trips, profile, groups));
    Calibration found;
    found.alpha = fit.coefficients[0];
    found.beta = std::clamp(fit.coefficients[1], kBeta_min, kBeta_max);
    for (std::size_t i = 0; i < kRoadClasses; ++i) found.gamma[i] = fit.coefficients[kGamma + i];
    for (std::size_t i = 0; i < kHourBands; ++i) found.delta[i] = fit.coefficients[kDelta + i];
    for (const auto& [group, column] : groups) found.group[group] = fit.coefficients[column];
    found.residuals = residual_curve(fit);
    found.trips = trips.size();
    if (!trips.empty()) {
        std::vector<double> road_seconds;
        for (const ObservedTrip& trip : trips) road_seconds.push_back(trip.road.seconds);
        found.road_seconds_max =
            std::max(Calibration::kRoadSeconds_min, quantile_of(road_seconds, 0.99));
    }
    return found;
}

bool GateResult::passes() const {
    return trips > 0 && std::abs(median_signed_error) <= 0.05 && coverage >= 0.75 &&
           coverage <= 0.85;
}

GateResult judge(std::span<const ObservedTrip> trips, std::span<const QuantileCurve> estimates) {
    LIANDONG_CHECK(!trips.empty() && trips.size() == estimates.size());
    std::vector<double> signed_errors, sizes;
    std::size_t inside = 0;
    for (std::size_t i = 0; i < trips.size(); ++i) {
        const double actual = trips[i].seconds;
        signed_errors.push_back(estimates[i].p50() / actual - 1);
        sizes.push_back(std::abs(estimates[i].p50() - actual));
        if (actual >= estimates[i].p10() && actual <= estimates[i].p90()) ++inside;
    }
    const auto count = static_cast<double>(trips.size());
    return {.trips = trips.size(),
            .median_signed_error = quantile_of(signed_errors, 0.5),
            .coverage = static_cast<double>(inside) / count,
            .mean_absolute_seconds = std::accumulate(sizes.begin(), sizes.end(), 0.0) / count,
            .median_absolute_seconds = quantile_of(sizes, 0.5)};
}

GateResult judge(std::span<const ObservedTrip> trips, const Calibration& calibration) {
    std::vector<QuantileCurve> estimates;
    for (const ObservedTrip& trip : trips)
        estimates.push_back(calibration.travel(trip.road, {trip.band, trip.group}));
    return judge(trips, estimates);
}

}  // namespace liandong::routing
