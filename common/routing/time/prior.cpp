#include "common/routing/time/prior.h"

#include "common/base/check.h"

#include <array>

namespace liandong::routing {
namespace {

using Day = std::array<double, kHourBands>;  // from midnight, three hours each

constexpr std::array<Day, kProfiles> kHourFactors = {{
    {1.22, 1.22, 1.05, 1.00, 1.00, 1.05, 1.00, 1.10},  // emergency
    {0.90, 0.90, 1.15, 1.05, 1.05, 1.15, 1.05, 0.95},  // car
    {1, 1, 1, 1, 1, 1, 1, 1},                          // bicycle
    {1, 1, 1, 1, 1, 1, 1, 1},                          // foot
}};

constexpr std::array<double, kProfiles> kStraightSpeeds = {14.0, 11.0, 4.2, 1.4};
constexpr std::array<double, kProfiles> kOffRoadSpeeds = {3.0, 3.0, 2.5, 1.3};

}  // namespace

std::size_t hour_band(Timestamp time, Duration utc_offset) {
    const Timestamp local = time + utc_offset;
    const auto in_day = local - std::chrono::floor<std::chrono::days>(local);
    return static_cast<std::size_t>(in_day / (std::chrono::hours{24} / kHourBands));
}

double hour_factor(Profile profile, std::size_t band) {
    LIANDONG_CHECK(band < kHourBands);
    return kHourFactors[index_of(profile)][band];
}

double straight_line_speed_meters_per_second(Profile profile) {
    return kStraightSpeeds[index_of(profile)];
}

double off_road_speed_meters_per_second(Profile profile) {
    return kOffRoadSpeeds[index_of(profile)];
}

double straight_line_seconds(double meters, Profile profile, std::size_t band) {
    return meters * kDetour / straight_line_speed_meters_per_second(profile) *
           hour_factor(profile, band);
}

QuantileCurve prior_turnout(Readiness readiness) {
    return readiness == Readiness::kInQuarters ? log_normal(60, 0.47) : log_normal(15, 0.54);
}

}  // namespace liandong::routing
