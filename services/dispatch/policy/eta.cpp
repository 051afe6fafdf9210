#include "services/dispatch/policy/eta.h"

#include <algorithm>
#include <chrono>

namespace liandong::dispatch {
namespace {

using domain::UnitKind;
using routing::QuantileCurve;
using routing::Readiness;

/// A unit that moves and has not been heard of for longer may be elsewhere (D23).
constexpr Duration kFresh = std::chrono::minutes{1};
constexpr Duration kStale_max = std::chrono::minutes{30};
/// Standard deviation of the ETA that each second of silence adds [D].
constexpr double kDriftShare = 0.15;

/// What not knowing where it is now adds to the spread, median 0.
QuantileCurve drift(Duration age) {
    const Duration silent = std::clamp(age, kFresh, kStale_max) - kFresh;
    const double sigma = kDriftShare * std::chrono::duration<double>(silent).count();
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = sigma * routing::kNormalDeviates[i];
    return curve;
}

}  // namespace

EtaTable::EtaTable(const routing::TimeModel& model, Timestamp now)
    : model_(model), now_(now), band_(model.band(now)) {
    for (std::size_t i = 0; i < routing::kProfiles; ++i)
        roads_[i] = model.road(static_cast<routing::Profile>(i));
    for (std::size_t i = 0; i < kKinds; ++i) {
        const auto kind = static_cast<UnitKind>(i);
        for (const Readiness readiness : {Readiness::kInQuarters, Readiness::kUnderWay}) {
            turnouts_[i][static_cast<std::size_t>(readiness)] =
                model.turnout.turnout(group_of(kind), band_, readiness);
        }
        const auto profile = profile_of(vehicle_of(kind));
        seconds_per_meter_[i] =
            model.is_calibrated(profile)
                ? routing::kDetour / routing::straight_line_speed_meters_per_second(profile)
                : routing::straight_line_seconds(1, profile, band_);
    }
}

double EtaTable::road_seconds_min(UnitKind kind, double road_seconds) const {
    const auto& turnout = turnouts_[number(kind)];
    return std::min(turnout[0].p50(), turnout[1].p50()) +
           road(kind).median_seconds_min(road_seconds, {band_, group_of(kind)});
}

double EtaTable::road_seconds_max(UnitKind kind, double eta_seconds) const {
    // The estimate never falls with the road's time; a tenth of a second is close enough.
    double below = 0, above = 7'200;
    while (above - below > 0.1) {
        const double middle = (below + above) / 2;
        (road_seconds_min(kind, middle) < eta_seconds ? below : above) = middle;
    }
    return above;
}

double EtaTable::straight_travel_seconds(UnitKind kind, domain::Meters distance) const {
    const double seconds = distance.value * seconds_per_meter_[number(kind)];
    if (!model_.is_calibrated(profile_of(vehicle_of(kind)))) return seconds;
    return road(kind).median_seconds({seconds, {}}, {band_, group_of(kind)});
}

QuantileCurve EtaTable::eta(const UnitRow& row, const QuantileCurve& travel) const {
    QuantileCurve sum = routing::sum_of(turnout(row), travel);
    if (row.readiness == Readiness::kUnderWay)
        sum = routing::sum_of(sum, drift(now_ - row.position_at));
    for (double& seconds : sum.at) seconds = std::max(seconds, 0.0);
    return sum;
}

Journey EtaTable::straight(const UnitRow& row, domain::Meters distance,
                           std::string_view fallback) const {
    Journey journey;
    journey.rung = Rung::kStraightLine;
    journey.fallback = fallback;
    journey.distance = distance;
    journey.turnout_seconds = turnout_seconds(row);
    const double travel = straight_travel_seconds(row.kind, distance);
    journey.eta = eta(row, routing::log_normal(travel, routing::kSigmaStraightLine));
    return journey;
}

Journey EtaTable::by_road(const UnitRow& row, const routing::Trip& trip,
                          double off_road_meters) const {
    const auto profile = profile_of(vehicle_of(row.kind));
    Journey journey;
    journey.rung = model_.is_calibrated(profile) ? Rung::kRoadCalibrated : Rung::kRoadClassSpeeds;
    journey.distance = {trip.meters};
    journey.turnout_seconds = turnout_seconds(row);
    const routing::RoadTrip road_trip = routing::road_trip(trip, off_road_meters, profile);
    journey.road_seconds = road_trip.seconds;
    journey.eta = eta(row, road(row.kind).travel(road_trip, {band_, group_of(row.kind)}));
    return journey;
}

}  // namespace liandong::dispatch
