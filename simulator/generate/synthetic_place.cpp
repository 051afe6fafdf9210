#include "simulator/generate/synthetic_place.h"

#include "simulator/generate/yingcheng.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace liandong::simulator {
namespace {

constexpr double kMetersPerDegree = 111'195.0;

std::int32_t to_e7(double degrees) { return static_cast<std::int32_t>(std::lround(degrees * 1e7)); }

}  // namespace

domain::Point moved(domain::Point origin, domain::Meters east, domain::Meters north) {
    const double per_degree_east =
        kMetersPerDegree * std::cos(origin.latitude() * std::numbers::pi / 180.0);
    return {to_e7(origin.latitude() + north.value / kMetersPerDegree),
            to_e7(origin.longitude() + east.value / per_degree_east)};
}

domain::Point scattered(domain::Point centre, domain::Meters radius, Random& random) {
    const double angle = random.unit() * 2 * std::numbers::pi;
    const double length = radius.value * std::sqrt(random.unit());
    const domain::Point point =
        moved(centre, {length * std::cos(angle)}, {length * std::sin(angle)});
    return {std::clamp(point.latitude_e7, kYingchengSouthWest.latitude_e7,
                       kYingchengNorthEast.latitude_e7),
            std::clamp(point.longitude_e7, kYingchengSouthWest.longitude_e7,
                       kYingchengNorthEast.longitude_e7)};
}

}  // namespace liandong::simulator
