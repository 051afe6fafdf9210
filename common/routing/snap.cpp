#include "common/routing/snap.h"

#include "common/routing/line_index.h"
#include "common/routing/plane.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace liandong::routing {
namespace {

using domain::Point;

constexpr double kSearchedMeters = 50'000;
constexpr double kAgainstMeters = 40;
constexpr double kOtherCarriagewayMeters = 60;
constexpr double kOtherWayDegrees = 120;

struct Open {
    bool forward = false, backward = false;
    bool any() const { return forward || backward; }
    bool one_way() const { return forward != backward; }
};

Open open_ways(const Weights& weights, RoadId road) {
    if ((weights.graph().flags(road) & kBarrier) != 0) return {};
    return {weights.along(road, true) != kNoEntry, weights.along(road, false) != kNoEntry};
}

/// How much farther a road counts that runs another way than the vehicle: nothing along it,
/// kAgainstMeters against it.
double against_meters(double heading, double bearing, Open open) {
    constexpr double kRadians = std::numbers::pi / 180;
    const double along = std::cos(turn_between(heading, bearing) * kRadians);
    const double agreement = open.one_way() ? (open.forward ? along : -along) : std::abs(along);
    return kAgainstMeters * (1 - agreement) / 2;
}

struct Best {
    double score = std::numeric_limits<double>::infinity();
    double meters = std::numeric_limits<double>::infinity();
    RoadId road = kNone;
    OnLine place;
    Open open;

    void offer(const Best& other) {
        if (other.score < score || (other.score == score && other.road < road)) *this = other;
    }
};

/// The nearest open road within `meters_max`, by distance plus `penalty(bearing, road, open)`;
/// infinite: not that one.
template <class Penalty>
Best best_within(const Weights& weights, Point center, double meters_max, Penalty penalty) {
    const RoadGraph& graph = weights.graph();
    const Plane plane(center);
    Best best;
    visit_near(
        graph.data(), center, [&] { return std::min(meters_max, best.score); },
        [&](RoadId road, std::uint32_t segment) {
            const auto line = graph.line(road);
            const auto near =
                nearest_to_origin(plane.place(line[segment]), plane.place(line[segment + 1]));
            const double meters = std::sqrt(near.squared);
            if (meters > std::min(meters_max, best.score)) return;
            const Open open = open_ways(weights, road);
            if (!open.any()) return;
            const double extra = penalty(bearing_of(line[segment], line[segment + 1]), road, open);
            best.offer({meters + extra, meters, road, {segment, near.share}, open});
        });
    return best;
}

RoadPosition position_of(const RoadGraph& graph, const Best& best) {
    const auto line = graph.line(best.road);
    return {best.road,
            along_of(line, best.place),
            best.open.forward,
            best.open.backward,
            between(line[best.place.segment], line[best.place.segment + 1], best.place.share),
            best.meters};
}

double driving_degrees(const RoadGraph& graph, const RoadPosition& one_way) {
    const double with_line = bearing_degrees(graph, one_way);
    return one_way.forward ? with_line : std::fmod(with_line + 180, 360);
}

std::optional<RoadPosition> other_carriageway(const Weights& weights, const RoadPosition& at) {
    if (at.forward == at.backward) return std::nullopt;
    const RoadGraph& graph = weights.graph();
    const double driving = driving_degrees(graph, at);
    const Best best = best_within(
        weights, at.point, kOtherCarriagewayMeters, [&](double bearing, RoadId road, Open open) {
            const double way = open.forward ? bearing : std::fmod(bearing + 180, 360);
            const bool other = road != at.road && open.one_way() &&
                               graph.road_class(road) == graph.road_class(at.road) &&
                               turn_between(way, driving) > kOtherWayDegrees;
            return other ? 0 : std::numeric_limits<double>::infinity();
        });
    if (best.road == kNone || !std::isfinite(best.score)) return std::nullopt;
    return position_of(graph, best);
}

std::unexpected<Error> too_far(const Weights& weights, Point point, double meters_max) {
    const Best best =
        best_within(weights, point, kSearchedMeters, [](double, RoadId, Open) { return 0.0; });
    if (best.road == kNone) {
        return fail(Code::kNotFound, "ROAD_TOO_FAR",
                    fmt::format("no road within {} m", kSearchedMeters));
    }
    return fail(Error{
        Code::kNotFound,
        "ROAD_TOO_FAR",
        fmt::format("the nearest road is {:.0f} m away, more than {:.0f} m", best.meters,
                    meters_max),
        {}}.with("distance_meters", fmt::format("{:.0f}", best.meters)));
}

}  // namespace

Result<Snapped> snap(const Weights& weights, Point point, const SnapOptions& options) {
    const auto heading = options.heading_degrees;
    if (heading && !(*heading >= 0 && *heading < 360)) {
        return invalid_field("heading_degrees", "HEADING_OUT_OF_RANGE",
                             fmt::format("heading {} is not in [0, 360)", *heading));
    }
    const Best best = best_within(weights, point, options.distance_max_meters,
                                  [&](double bearing, RoadId, Open open) {
                                      return heading ? against_meters(*heading, bearing, open) : 0;
                                  });
    if (best.road == kNone) return too_far(weights, point, options.distance_max_meters);
    Snapped snapped{position_of(weights.graph(), best), std::nullopt};
    snapped.opposite = other_carriageway(weights, snapped.at);
    return snapped;
}

double bearing_degrees(const RoadGraph& graph, const RoadPosition& at) {
    const auto line = graph.line(at.road);
    const OnLine place = at_along(line, at.along);
    return bearing_of(line[place.segment], line[place.segment + 1]);
}

}  // namespace liandong::routing
