#include "common/routing/closed_roads.h"

#include "common/routing/plane.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace liandong::routing {
namespace {

constexpr SearchBounds kBounds{.time_max = std::chrono::minutes(30), .settled_max = 100'000};
constexpr double kEndMeters_min = 15;
constexpr double kQuarterTurn = 90;

/// About as long as `meters`: the way back on the same streets.
double meters_alike(double meters) { return meters * 1.3 + 100; }

class Collection {
public:
    explicit Collection(const RoadGraph& graph) : graph_(graph) {}

    void add(RoadId road, bool forward, bool backward) {
        roads_.push_back({road, forward, backward});
    }

    /// The roads of a way; `one_way`: only in the direction in which it runs.
    void add(const Route& route, bool one_way) {
        for (std::size_t i = 0; i < route.arcs.size(); ++i) {
            const ArcId arc = route.arcs[i];
            if (route.arcs.size() > 1 && covered_meters(route, i) < kEndMeters_min) continue;
            const bool forward = graph_.is_forward(arc);
            add(graph_.road(arc), forward || !one_way, !forward || !one_way);
        }
    }

    ClosedRoads take(RoadId at, double off_road_meters) {
        std::ranges::sort(roads_, {}, &ClosedRoad::road);
        ClosedRoads closed;
        for (const ClosedRoad& road : roads_) {
            if (closed.roads.empty() || closed.roads.back().road != road.road) {
                closed.roads.push_back(road);
                closed.meters += graph_.length_meters(road.road);
            }
            closed.roads.back().forward |= road.forward;
            closed.roads.back().backward |= road.backward;
        }
        closed.at = at;
        closed.off_road_meters = off_road_meters;
        return closed;
    }

private:
    /// Of the first and the last road of the way; the others lie in it as a whole.
    double covered_meters(const Route& route, std::size_t i) const {
        const ArcId arc = route.arcs[i];
        const double length = graph_.length_meters(graph_.road(arc));
        const auto passed = [&](const RoadPosition& at) {
            return length * (graph_.is_forward(arc) ? at.along : 1 - at.along);
        };
        if (i == 0) return length - passed(route.from);
        if (i + 1 == route.arcs.size()) return passed(route.to);
        return kEndMeters_min;
    }

    const RoadGraph& graph_;
    std::vector<ClosedRoad> roads_;
};

/// The direction in which a place is closed.
void add_point(const RoadGraph& graph, const Snapped& snapped, std::optional<double> heading,
               Collection& closed) {
    if (heading) {
        const double bearing = bearing_degrees(graph, snapped.at);
        const bool forward = turn_between(*heading, bearing) <= kQuarterTurn;
        closed.add(snapped.at.road, forward, !forward);
        return;
    }
    closed.add(snapped.at.road, true, true);
    if (snapped.opposite) closed.add(snapped.opposite->road, true, true);
}

std::unexpected<Error> no_way() {
    return fail(Code::kNotFound, "NO_WAY",
                "no road leads from one end of the stretch to the other");
}

class Stretch {
public:
    Stretch(Search& search, const Weights& weights, const ClosedPlace& place, const Snapped& from,
            const Snapped& to)
        : search_(search), weights_(weights), place_(place), from_(from), to_(to) {}

    /// False: no way.
    bool add_to(Collection& closed) {
        const double meters_max = 4 * domain::distance(place_.at, *place_.to).value + 500;
        if (place_.heading_degrees) {
            const double bearing = bearing_of(place_.at, *place_.to);
            const bool along = turn_between(*place_.heading_degrees, bearing) <= kQuarterTurn;
            const auto route = along ? way(from_.at, to_.at) : way(to_.at, from_.at);
            if (!route || route->trip.meters > meters_max) return false;
            closed.add(*route, true);
            return true;
        }
        const auto there = way(from_.at, to_.at), back = way(to_.at, from_.at);
        const double shorter = std::min(meters_of(there), meters_of(back));
        if (shorter > meters_max) return false;
        for (const auto* route : {&there, &back}) {
            if (*route && (*route)->trip.meters <= meters_alike(shorter))
                closed.add(**route, false);
        }
        add_other_carriageway(shorter, closed);
        return true;
    }

private:
    static double meters_of(const std::optional<Route>& route) {
        return route ? route->trip.meters : std::numeric_limits<double>::infinity();
    }

    std::optional<Route> way(const RoadPosition& from, const RoadPosition& to) {
        return search_.route(weights_, from, to, kBounds);
    }

    void add_other_carriageway(double meters, Collection& closed) {
        if (!from_.opposite || !to_.opposite) return;
        for (const auto& route :
             {way(*from_.opposite, *to_.opposite), way(*to_.opposite, *from_.opposite)}) {
            if (meters_of(route) <= meters_alike(meters)) closed.add(*route, false);
        }
    }

    Search& search_;
    const Weights& weights_;
    const ClosedPlace& place_;
    const Snapped& from_;
    const Snapped& to_;
};

}  // namespace

Result<ClosedRoads> closed_roads(Search& search, const Weights& weights, const ClosedPlace& place) {
    const SnapOptions options{.distance_max_meters = kClosureSnapMeters_max,
                              .heading_degrees = place.heading_degrees};
    const auto at = snap(weights, place.at, options);
    if (!at) return fail(at.error());
    Collection closed(weights.graph());
    double off_road = at->at.distance_meters;
    if (!place.to) {
        add_point(weights.graph(), *at, place.heading_degrees, closed);
        return closed.take(at->at.road, off_road);
    }
    const auto to = snap(weights, *place.to, options);
    if (!to) return fail(to.error());
    off_road = std::max(off_road, to->at.distance_meters);
    if (!Stretch(search, weights, place, *at, *to).add_to(closed)) return no_way();
    return closed.take(at->at.road, off_road);
}

}  // namespace liandong::routing
