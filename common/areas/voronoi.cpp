#include "common/areas/voronoi.h"

#include "common/areas/ring.h"
#include "common/base/check.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace liandong::areas {
namespace {

using Offsets = std::vector<Offset>;

double cross(Offset o, Offset a, Offset b) {
    return (a.east - o.east) * (b.north - o.north) - (a.north - o.north) * (b.east - o.east);
}

/// Andrew's monotone chain, counter-clockwise.
Offsets hull_of(Offsets points) {
    std::ranges::sort(points, [](Offset a, Offset b) {
        return a.east != b.east ? a.east < b.east : a.north < b.north;
    });
    Offsets hull;
    const auto extend = [&](Offset point, std::size_t floor) {
        while (hull.size() > floor + 1 && cross(hull[hull.size() - 2], hull.back(), point) <= 0)
            hull.pop_back();
        hull.push_back(point);
    };
    for (const Offset point : points) extend(point, 0);
    const std::size_t lower = hull.size() - 1;
    for (auto point = points.rbegin() + 1; point != points.rend(); ++point) extend(*point, lower);
    hull.pop_back();
    return hull;
}

/// The hull of circles round the points, each as a polygon of 16 corners.
Offsets grown_hull(const Offsets& points, double margin) {
    constexpr int kCorners = 16;
    Offsets circles;
    for (const Offset point : points) {
        for (int i = 0; i < kCorners; ++i) {
            const double angle = i * 2 * std::numbers::pi / kCorners;
            circles.push_back(
                {point.east + margin * std::cos(angle), point.north + margin * std::sin(angle)});
        }
    }
    return hull_of(std::move(circles));
}

/// What of a convex ring lies nearer to `site` than to `other` (Sutherland and Hodgman 1974).
Offsets cut(const Offsets& ring, Offset site, Offset other) {
    const double east = other.east - site.east, north = other.north - site.north;
    const double middle = (other.east * other.east + other.north * other.north -
                           site.east * site.east - site.north * site.north) /
                          2;
    const auto beyond = [&](Offset p) { return p.east * east + p.north * north - middle; };
    Offsets kept;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Offset &a = ring[i], &b = ring[(i + 1) % ring.size()];
        const double from = beyond(a), to = beyond(b);
        if (from <= 0) kept.push_back(a);
        if ((from < 0 && to > 0) || (from > 0 && to < 0)) {
            const double along = from / (from - to);
            kept.push_back(
                {a.east + along * (b.east - a.east), a.north + along * (b.north - a.north)});
        }
    }
    return kept;
}

}  // namespace

std::vector<std::vector<domain::Point>> voronoi(const std::vector<domain::Point>& sites,
                                                domain::Meters margin) {
    LIANDONG_CHECK(sites.size() >= 3);
    const LocalPlane local(sites.front());
    Offsets plane;
    for (const domain::Point site : sites) plane.push_back(local.offset_of(site));
    const Offsets bounds = grown_hull(plane, margin.value);
    std::vector<std::vector<domain::Point>> rings;
    for (std::size_t i = 0; i < plane.size(); ++i) {
        Offsets ring = bounds;
        for (std::size_t k = 0; k < plane.size(); ++k) {
            if (k != i) ring = cut(ring, plane[i], plane[k]);
        }
        auto& points = rings.emplace_back();
        for (const Offset corner : ring) points.push_back(local.point_at(corner));
    }
    return rings;
}

}  // namespace liandong::areas
