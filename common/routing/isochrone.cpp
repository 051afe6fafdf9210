#include "common/routing/isochrone.h"

#include "common/base/check.h"
#include "common/routing/part.h"
#include "common/routing/plane.h"

#include <algorithm>

namespace liandong::routing {
namespace {

using domain::Point;
using std::chrono::milliseconds;

/// A stretch of a road that is reached from one of its ends, or from the place: times at its two
/// shares of the road's length; the first is the earlier.
struct Stretch {
    double begin = 0, end = 0;
    std::uint32_t begin_time = 0, end_time = 0;
};

class Cutter {
public:
    Cutter(const RoadGraph& graph, Isochrone& result) : graph_(graph), result_(result) {}

    void add(RoadId road, const Stretch& stretch) {
        double begin = stretch.begin;
        std::uint32_t time = stretch.begin_time;
        for (std::size_t band = 0; band < result_.bands.size(); ++band) {
            const auto limit = static_cast<std::uint32_t>(result_.bands[band].count());
            if (time > limit) continue;
            const double end = reached_by(stretch, limit);
            emit(road, begin, end, band);
            if (stretch.end_time <= limit) return;
            begin = end;
            time = limit;
        }
    }

private:
    static double reached_by(const Stretch& stretch, std::uint32_t limit) {
        if (stretch.end_time <= limit) return stretch.end;
        const double share =
            double(limit - stretch.begin_time) / double(stretch.end_time - stretch.begin_time);
        return stretch.begin + share * (stretch.end - stretch.begin);
    }

    void emit(RoadId road, double begin, double end, std::size_t band) {
        if (begin == end) return;
        result_.lines.push_back({part_of_line(graph_, road, begin, end), band});
        const double meters = std::abs(end - begin) * graph_.length_meters(road);
        for (std::size_t i = band; i < result_.meters.size(); ++i) result_.meters[i] += meters;
    }

    const RoadGraph& graph_;
    Isochrone& result_;
};

/// Where two stretches of one road, from its two ends, meet: each keeps what it reaches first.
void part_at_meeting(Stretch& up, Stretch& down) {
    // up: from 0 to 1; down: from 1 to 0.
    const double up_span = double(up.end_time) - up.begin_time;
    const double down_span = double(down.end_time) - down.begin_time;
    if (up_span + down_span <= 0) {
        down.begin = down.end = 1;
        return;
    }
    const double meeting = std::clamp(
        (double(down.begin_time) - up.begin_time + down_span) / (up_span + down_span), 0.0, 1.0);
    up.end_time = up.begin_time + static_cast<std::uint32_t>(up_span * meeting);
    down.end_time = down.begin_time + static_cast<std::uint32_t>(down_span * (1 - meeting));
    up.end = down.end = meeting;
}

}  // namespace

std::vector<Point> part_of_line(const RoadGraph& graph, RoadId road, double from_along,
                                double to_along) {
    const auto line = graph.line(road);
    const bool backward = from_along > to_along;
    const OnLine begin = at_along(line, std::min(from_along, to_along));
    const OnLine end = at_along(line, std::max(from_along, to_along));
    std::vector<Point> part{between(line[begin.segment], line[begin.segment + 1], begin.share)};
    for (std::size_t i = begin.segment + 1; i <= end.segment; ++i) part.push_back(line[i]);
    part.push_back(between(line[end.segment], line[end.segment + 1], end.share));
    if (backward) std::ranges::reverse(part);
    return part;
}

std::vector<Point> line_of(const RoadGraph& graph, const Route& route) {
    std::vector<Point> line;
    for (std::size_t i = 0; i < route.arcs.size(); ++i) {
        const ArcId arc = route.arcs[i];
        const bool forward = graph.is_forward(arc);
        const double begin = i == 0 ? route.from.along : forward ? 0 : 1;
        const double end = i + 1 == route.arcs.size() ? route.to.along : forward ? 1 : 0;
        std::vector<Point> part = part_of_line(graph, graph.road(arc), begin, end);
        const bool joined = !line.empty() && line.back() == part.front();
        line.insert(line.end(), part.begin() + (joined ? 1 : 0), part.end());
    }
    return line;
}

Isochrone isochrone(Search& search, const Weights& weights, const RoadPosition& place, Reach reach,
                    const std::vector<milliseconds>& bands) {
    LIANDONG_CHECK(!bands.empty() && bands.size() <= kBands_max && bands.front().count() > 0 &&
                   std::ranges::is_sorted(bands));
    const RoadGraph& graph = weights.graph();
    const SearchBounds bounds{.time_max = bands.back()};
    const bool outward = reach == Reach::kFrom;
    const std::vector<std::uint32_t> times = outward ? search.times_from(weights, place, bounds)
                                                     : search.times_to(weights, place, bounds);
    Isochrone result{bands, {}, std::vector<double>(bands.size()), place.point};
    Cutter cutter(graph, result);
    const auto stretch_of = [&](RoadId road, bool up) -> std::optional<Stretch> {
        // Outwards a road is entered at the tail of the arc that runs up it; towards the place, it
        // is left at the head of the arc that runs down it.
        const bool forward = up == outward;
        std::optional<Stretch> best;
        for_each_arc(graph, road, forward, [&](ArcId arc) {
            const std::uint32_t begin = times[outward ? graph.tail(arc) : graph.head(arc)];
            if (begin == kNoEntry || !weights.open(arc)) return;
            if (best && best->begin_time <= begin) return;
            best = Stretch{up ? 0.0 : 1.0, up ? 1.0 : 0.0, begin, begin + weights[arc]};
        });
        return best;
    };
    for (RoadId road = 0; road < graph.road_count(); ++road) {
        auto up = stretch_of(road, true), down = stretch_of(road, false);
        if (up && down) part_at_meeting(*up, *down);
        if (up) cutter.add(road, *up);
        if (down) cutter.add(road, *down);
    }
    for (const bool up : {true, false}) {
        const bool forward = up == outward;
        const std::uint32_t whole = weights.along(place.road, forward);
        if (!usable(place, forward) || whole == kNoEntry) continue;
        const double end = up ? 1 : 0;
        cutter.add(place.road, {place.along, end, 0, part_of(whole, std::abs(end - place.along))});
    }
    return result;
}

}  // namespace liandong::routing
