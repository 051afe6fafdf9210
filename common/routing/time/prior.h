#pragma once

#include "common/base/time.h"
#include "common/routing/road_class.h"
#include "common/routing/time/quantile_curve.h"

#include <cstddef>

// What is assumed of travel before a district has records of its own. One table each, with sources;
// docs/roads.md explains them to people. [D] marks a judgement.
namespace liandong::routing {

/// Days are told apart in eight bands of three hours: finer ones would need years of records.
inline constexpr std::size_t kHourBands = 8;
/// The band of a moment in local time, [0, kHourBands).
std::size_t hour_band(Timestamp time, Duration utc_offset);

/// How much longer a trip takes than at class speeds, by profile and band (> 0). Emergency
/// vehicles: rush hours matter little and the night is 22 % slower (97,000 ambulance trips of a
/// German city, ISCRAM, doi 10.59297/a7t70e66), the opposite of a car's day; hence a car's factors
/// are never used for them. A car's: ± 15 % around the day [D]. Feet and bicycles: 1.
double hour_factor(Profile profile, std::size_t band);

/// Standard deviation of the logarithm of travel times around the estimate. After calibration on
/// San Francisco 0.34 remains; at uncalibrated class speeds and on straight lines more [D].
inline constexpr double kSigmaCalibrated = 0.35;
inline constexpr double kSigmaClassSpeeds = 0.45;
inline constexpr double kSigmaStraightLine = 0.55;

/// Road over straight line; 1.3–1.4 in towns (dispatch-science §2.2).
inline constexpr double kDetour = 1.35;
/// Average speed along the road where no map is loaded: sirens on county roads 50 km/h, cars 40
/// km/h [D]; bicycles 15 km/h and feet 5 km/h, as on the map.
double straight_line_speed_meters_per_second(Profile profile);

/// Between a place and the road it was put on: a yard, a field path. Vehicles 3 m/s, bicycles 2.5,
/// feet 1.3 [D].
double off_road_speed_meters_per_second(Profile profile);

/// Travel over a straight distance without a map: distance × detour ÷ speed × the hour's factor.
double straight_line_seconds(double meters, Profile profile, std::size_t band);

/// Where a crew is when it is sent.
enum class Readiness : std::uint8_t {
    kInQuarters,  ///< must board first
    kUnderWay,    ///< on patrol or returning: hears the order at the wheel
};

/// From being sent to departing, before any records: in quarters a median of 60 s and 90 % within
/// 110 s (NFPA 1710 asks for 60 s, with fire gear 80 s, in 90 % of cases, and studies find it
/// missed); under way 15 s and 30 s [D].
QuantileCurve prior_turnout(Readiness readiness);

}  // namespace liandong::routing
