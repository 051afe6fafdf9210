#include "services/dispatch/policy/distance.h"

#include "common/base/check.h"

#include <cmath>
#include <numbers>

namespace liandong::dispatch {

using domain::Meters;
using domain::Point;

void StraightLine::distances(Point to, std::span<const Point> from, std::span<Meters> out) const {
    LIANDONG_CHECK(from.size() == out.size());
    constexpr double kRadius = 6'371'008.8;
    constexpr double kRadians = std::numbers::pi / 180 * 1e-7;
    constexpr double kNear = 100'000;
    const double latitude = to.latitude_e7 * kRadians;
    const double cosine = std::cos(latitude), sine = std::sin(latitude);
    for (std::size_t i = 0; i < from.size(); ++i) {
        const double north = (static_cast<double>(from[i].latitude_e7) - to.latitude_e7) * kRadians;
        const double turn =
            (static_cast<double>(from[i].longitude_e7) - to.longitude_e7) * kRadians;
        // cos of the mean latitude, to first order in the (small) difference.
        const double east = turn * (cosine - sine * north / 2);
        const double meters = kRadius * std::sqrt(north * north + east * east);
        out[i] = meters < kNear ? Meters{meters} : domain::distance(from[i], to);
    }
}

}  // namespace liandong::dispatch
