#pragma once

#include "common/domain/geo.h"

#include <cmath>
#include <span>

namespace liandong::routing {

/// Metres east and north of an origin on a flat map (equirectangular; R = 6,371,008.8 m). Within
/// 0.1 % up to 50 km away below 60° of latitude. Knows nothing of the 180th meridian.
class Plane {
public:
    struct Place {
        double x = 0, y = 0;
    };

    explicit Plane(domain::Point origin)
        : origin_(origin), x_scale_(kMetersPerE7 * std::cos(origin.latitude() * kRadians)) {}

    Place place(domain::Point point) const {
        return {x_scale_ * (double(point.longitude_e7) - double(origin_.longitude_e7)),
                kMetersPerE7 * (double(point.latitude_e7) - double(origin_.latitude_e7))};
    }

private:
    static constexpr double kRadians = 0.017453292519943295;
    static constexpr double kMetersPerE7 = 6'371'008.8 * kRadians * 1e-7;

    domain::Point origin_;
    double x_scale_;
};

/// The point of a segment that is nearest to the plane's origin: its share of the segment, [0, 1],
/// and the square of its distance.
struct NearestOnSegment {
    double share = 0;
    double squared = 0;
};
NearestOnSegment nearest_to_origin(Plane::Place from, Plane::Place to);

/// The point at that share of a segment.
domain::Point between(domain::Point from, domain::Point to, double share);

/// Degrees clockwise from north, [0, 360); 0 if both are one place.
double bearing_of(domain::Point from, domain::Point to);
/// How far two bearings are apart, [0, 180].
double turn_between(double a_degrees, double b_degrees);

/// Metres along a line.
double line_meters(std::span<const domain::Point> line);

/// A place on a line of at least two points: in the segment that begins at point `segment`, at
/// `share` of it. Lines of no length count as ending where they begin.
struct OnLine {
    std::size_t segment = 0;
    double share = 0;
};
/// The share of the whole line that lies before the place, [0, 1], and back.
double along_of(std::span<const domain::Point> line, OnLine place);
OnLine at_along(std::span<const domain::Point> line, double along);

}  // namespace liandong::routing
