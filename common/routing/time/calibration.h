#pragma once

#include "common/base/time.h"
#include "common/routing/search.h"
#include "common/routing/time/prior.h"
#include "common/routing/time/quantile_curve.h"

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::routing {

/// What a journey along the roads is to the time model, in the map's own terms.
struct RoadTrip {
    double seconds = 0;  ///< at class speeds, ≥ 0, with the ways from and to the roads
    MetersByClass by_class{};
};
/// `off_road_meters`: of both ends together, from the places to their roads.
RoadTrip road_trip(const Trip& trip, double off_road_meters, Profile profile);

/// A journey that was made, with the time that it took.
struct ObservedTrip {
    RoadTrip road;
    double straight_meters = 0;
    double seconds = 0;  ///< departed → arrived, > 0
    std::size_t band = 0;
    std::string group;  ///< kind of unit, opaque here; empty: none
};

/// Who travels, and when.
struct Circumstances {
    std::size_t band = 0;
    std::string_view group;
};

/// How real travel times of one profile follow from times at class speeds:
///
///     t = exp(α + β·x + Σ γ_class·share_class + δ_band + ε_group + residual),  x = ln(t_road / 300
///     s)
///
/// plus ln(300 s). A trip-level regression of the logarithm, after Westgate, Woodard, Matteson and
/// Henderson (EJOR 252:322–333), who found it to beat models of single roads. β < 1 is usual: the
/// first and last minutes cost the same whatever the distance. Outside the road times it was fitted
/// on it continues with β = 1, so that a long trip is never made short by a town's slope.
struct Calibration {
    static constexpr double kScaleSeconds = 300;
    static constexpr double kRoadSeconds_min = 10;  ///< shorter ones count as this

    double alpha = 0;
    double beta = 1;
    std::array<double, kRoadClasses> gamma{};
    std::array<double, kHourBands> delta{};
    std::map<std::string, double, std::less<>> group;
    /// Quantiles of the residual (of the logarithm) at `QuantileCurve::kLevels`.
    QuantileCurve residuals = {};
    double road_seconds_max = 1e9;  ///< of the trips that it was fitted on (99 %)
    std::size_t trips = 0;

    /// In seconds. A group that was not seen counts as the average one.
    QuantileCurve travel(const RoadTrip& trip, const Circumstances& when) const;
    /// `travel(...).p50()` alone, for ranking.
    double median_seconds(const RoadTrip& trip, const Circumstances& when) const;
    /// No trip that takes at least `road_seconds` at class speeds has a smaller median, whatever
    /// roads it uses.
    double median_seconds_min(double road_seconds, const Circumstances& when) const;

    friend bool operator==(const Calibration&, const Calibration&) = default;

private:
    double log_seconds(double road_seconds, const Circumstances& when) const;
};

/// Nothing measured: class speeds × the hour's factor, log-normal with kSigmaClassSpeeds.
Calibration class_speeds(Profile profile);

/// Fitted by `fit_robustly` (Huber), shrunk: without trips it is the prior (class speeds × the
/// hour's factor, log-normal with kSigmaCalibrated), with few (< 50) it stays near it, and a
/// group's own term grows with the group's number of trips. `profile` names the prior.
Calibration calibrate(std::span<const ObservedTrip> trips, Profile profile);

/// What held-out trips say of an estimate: the gate is a median signed error within ± 5 % and 75–85
/// % of the trips inside [p10, p90].
struct GateResult {
    std::size_t trips = 0;
    double median_signed_error = 0;    ///< of p50 ÷ actual − 1
    double coverage = 0;               ///< share inside [p10, p90]
    double mean_absolute_seconds = 0;  ///< |p50 − actual|
    double median_absolute_seconds = 0;

    bool passes() const;
    friend bool operator==(const GateResult&, const GateResult&) = default;
};
/// `estimates[i]` is of `trips[i]`; at least one.
GateResult judge(std::span<const ObservedTrip> trips, std::span<const QuantileCurve> estimates);
GateResult judge(std::span<const ObservedTrip> trips, const Calibration& calibration);

}  // namespace liandong::routing
