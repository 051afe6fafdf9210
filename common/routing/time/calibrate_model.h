#pragma once

#include "common/routing/time/stamps.h"
#include "common/routing/time/time_model.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace liandong::routing {

/// The ways of estimating that are held against each other.
enum class Estimator : std::uint8_t {
    kStraightLine,            ///< distance × detour ÷ speed
    kStraightLineCalibrated,  ///< the same, corrected as roads are: what a map must beat
    kRoadClassSpeeds,
    kRoadCalibrated,
};
inline constexpr std::size_t kEstimators = 4;
std::string_view to_string(Estimator estimator);

/// How each estimator did on trips that it had not seen; all on the same ones.
using Comparison = std::array<GateResult, kEstimators>;

/// Fits on `fitted` and judges on `held_out`, both not empty.
Comparison compare(std::span<const ObservedTrip> fitted, std::span<const ObservedTrip> held_out,
                   Profile profile);

struct ProfileCalibration {
    Profile profile = Profile::kEmergency;
    std::size_t fitted = 0;              ///< trips before the held-out days
    std::optional<Comparison> held_out;  ///< unset: no trips on one of the two sides
    /// The calibrated road, each local day estimated from all others; by day and, last, all of
    /// them.
    std::vector<std::pair<std::string, GateResult>> by_day;

    bool passes() const {
        return held_out &&
               (*held_out)[static_cast<std::size_t>(Estimator::kRoadCalibrated)].passes();
    }
};

struct CalibrationPlan {
    std::string name;
    Duration utc_offset = std::chrono::hours{8};
    Timestamp held_out_from;     ///< trips that departed from then on are not fitted, but judged
    bool accept_failed = false;  ///< write profiles whose gate fails, too
};

/// The local midnight that holds the last third of the days with trips out (of eight days three).
/// Of one day nothing: a time after it.
Timestamp last_third(const Observed& observed, Duration utc_offset);

struct CalibrationOutcome {
    /// Fitted on all trips, held-out ones included; a profile that fails its gate is left out
    /// unless accepted, so that it stays at class speeds.
    TimeModel model;
    std::vector<ProfileCalibration> profiles;  ///< those with trips
};
CalibrationOutcome calibrate_model(const Observed& observed, const CalibrationPlan& plan);

}  // namespace liandong::routing
