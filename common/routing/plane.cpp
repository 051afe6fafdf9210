#include "common/routing/plane.h"

#include <algorithm>
#include <numbers>

namespace liandong::routing {
namespace {

double segment_meters(domain::Point from, domain::Point to) {
    const Plane::Place end = Plane(from).place(to);
    return std::hypot(end.x, end.y);
}

}  // namespace

NearestOnSegment nearest_to_origin(Plane::Place from, Plane::Place to) {
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double squared_length = dx * dx + dy * dy;
    const double share = squared_length > 0
                             ? std::clamp(-(from.x * dx + from.y * dy) / squared_length, 0.0, 1.0)
                             : 0;
    const double x = from.x + share * dx, y = from.y + share * dy;
    return {share, x * x + y * y};
}

domain::Point between(domain::Point from, domain::Point to, double share) {
    const auto mix = [share](std::int32_t a, std::int32_t b) {
        return static_cast<std::int32_t>(std::lround(a + share * (double(b) - double(a))));
    };
    return {mix(from.latitude_e7, to.latitude_e7), mix(from.longitude_e7, to.longitude_e7)};
}

double bearing_of(domain::Point from, domain::Point to) {
    const Plane::Place end = Plane(from).place(to);
    const double degrees = std::atan2(end.x, end.y) * 180.0 / std::numbers::pi;
    return degrees < 0 ? degrees + 360.0 : degrees;
}

double turn_between(double a_degrees, double b_degrees) {
    const double difference = std::fmod(std::abs(a_degrees - b_degrees), 360.0);
    return difference > 180.0 ? 360.0 - difference : difference;
}

double line_meters(std::span<const domain::Point> line) {
    double meters = 0;
    for (std::size_t i = 1; i < line.size(); ++i) meters += segment_meters(line[i - 1], line[i]);
    return meters;
}

double along_of(std::span<const domain::Point> line, OnLine place) {
    const double whole = line_meters(line);
    if (!(whole > 0)) return 0;
    const double before =
        line_meters(line.first(place.segment + 1)) +
        place.share * segment_meters(line[place.segment], line[place.segment + 1]);
    return std::clamp(before / whole, 0.0, 1.0);
}

OnLine at_along(std::span<const domain::Point> line, double along) {
    double left = along * line_meters(line);
    for (std::size_t segment = 0; segment + 1 < line.size(); ++segment) {
        const double meters = segment_meters(line[segment], line[segment + 1]);
        if (left <= meters && meters > 0) return {segment, left / meters};
        left -= meters;
    }
    return {line.size() - 2, along > 0 ? 1.0 : 0.0};
}

}  // namespace liandong::routing
