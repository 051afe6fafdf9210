#include "common/areas/ring.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace liandong::areas {
namespace {

constexpr double kMetersPerE7 = 6'371'008.8 * std::numbers::pi / 180 * 1e-7;

/// Squared distance of the origin to the segment a–b.
double squared_to_segment(Offset a, Offset b) {
    const double east = b.east - a.east, north = b.north - a.north;
    const double length = east * east + north * north;
    const double along =
        length == 0 ? 0 : std::clamp(-(a.east * east + a.north * north) / length, 0.0, 1.0);
    const double x = a.east + along * east, y = a.north + along * north;
    return x * x + y * y;
}

}  // namespace

bool is_inside(domain::Point point, std::span<const domain::Point> ring) {
    bool inside = false;
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
        const domain::Point &a = ring[i], &b = ring[before];
        if ((a.latitude_e7 > point.latitude_e7) == (b.latitude_e7 > point.latitude_e7)) continue;
        // Is the point west of the edge a–b at its own latitude? All below 2^63 for 7·10^8 each.
        const std::int64_t rise = std::int64_t{b.latitude_e7} - a.latitude_e7;
        const std::int64_t left = (std::int64_t{point.longitude_e7} - a.longitude_e7) * rise;
        const std::int64_t right = (std::int64_t{b.longitude_e7} - a.longitude_e7) *
                                   (std::int64_t{point.latitude_e7} - a.latitude_e7);
        if (rise > 0 ? left < right : left > right) inside = !inside;
    }
    return inside;
}

LocalPlane::LocalPlane(domain::Point origin)
    : origin_(origin),
      east_scale_(kMetersPerE7 * std::cos(origin.latitude() * std::numbers::pi / 180)) {}

Offset LocalPlane::offset_of(domain::Point point) const {
    const std::int64_t east = std::int64_t{point.longitude_e7} - origin_.longitude_e7;
    const std::int64_t north = std::int64_t{point.latitude_e7} - origin_.latitude_e7;
    return {static_cast<double>(east) * east_scale_, static_cast<double>(north) * kMetersPerE7};
}

domain::Point LocalPlane::point_at(Offset offset) const {
    return {
        origin_.latitude_e7 + static_cast<std::int32_t>(std::lround(offset.north / kMetersPerE7)),
        origin_.longitude_e7 + static_cast<std::int32_t>(std::lround(offset.east / east_scale_))};
}

domain::Meters distance_to_ring(const LocalPlane& plane, std::span<const domain::Point> ring) {
    double nearest = 1e24;
    Offset before = plane.offset_of(ring.back());
    for (const domain::Point& corner : ring) {
        const Offset at = plane.offset_of(corner);
        nearest = std::min(nearest, squared_to_segment(before, at));
        before = at;
    }
    return {std::sqrt(nearest)};
}

}  // namespace liandong::areas
