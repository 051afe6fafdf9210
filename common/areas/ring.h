#pragma once

#include "common/domain/geo.h"

#include <span>

namespace liandong::areas {

/// True when the point lies in the ring (even-odd rule, exact in integers). Of two rings that share
/// an edge exactly one holds a point on it.
bool is_inside(domain::Point point, std::span<const domain::Point> ring);

/// Metres east and north.
struct Offset {
    double east = 0, north = 0;
};

/// The plane that touches the earth at a point: distances from there within 0.1 % for 50 km.
class LocalPlane {
public:
    explicit LocalPlane(domain::Point origin);

    Offset offset_of(domain::Point point) const;
    domain::Point point_at(Offset offset) const;

private:
    domain::Point origin_;
    double east_scale_;  // metres of 1e-7 degree of longitude
};

/// Shortest distance from the plane's origin to the ring's edges.
domain::Meters distance_to_ring(const LocalPlane& plane, std::span<const domain::Point> ring);

}  // namespace liandong::areas
