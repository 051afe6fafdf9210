#include "roads/route_command.h"

#include "common/routing/isochrone.h"
#include "common/routing/search.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>

namespace liandong::roads {
namespace {

using namespace routing;

double seconds(std::chrono::milliseconds time) { return static_cast<double>(time.count()) / 1000; }

void print_trip(const Trip& trip, domain::Meters straight) {
    fmt::print("{:.0f} s, {:.0f} m (straight line {:.0f} m, detour factor {:.2f})\n",
               seconds(trip.time), trip.meters, straight.value,
               straight.value > 0 ? trip.meters / straight.value : 1.0);
    for (std::size_t i = 0; i < kRoadClasses; ++i) {
        if (trip.by_class[i] < 0.5) continue;
        fmt::print("  {:<12} {:>8.0f} m\n", to_string(static_cast<RoadClass>(i)), trip.by_class[i]);
    }
}

/// The share of the route's arc number `i` that is travelled.
double travelled_share(const RoadGraph& graph, const Route& route, std::size_t i) {
    const bool forward = graph.is_forward(route.arcs[i]);
    const auto before = [forward](const RoadPosition& at) {
        return forward ? at.along : 1 - at.along;
    };
    const double begin = i == 0 ? before(route.from) : 0;
    const double end = i + 1 == route.arcs.size() ? before(route.to) : 1;
    return end - begin;
}

/// Streets in order, and the gates on the way.
void print_streets(const RoadGraph& graph, const Route& route) {
    std::string_view last;
    double meters = 0;
    const auto flush = [&] {
        if (meters >= 0.5) fmt::print("  {:>7.0f} m  {}\n", meters, last.empty() ? "-" : last);
        meters = 0;
    };
    for (std::size_t i = 0; i < route.arcs.size(); ++i) {
        const RoadId road = graph.road(route.arcs[i]);
        if ((graph.flags(road) & kBarrier) != 0) {
            flush();
            fmt::print("             (a gate or barrier)\n");
            continue;
        }
        if (graph.name(road) != last) flush();
        last = graph.name(road);
        meters += travelled_share(graph, route, i) * graph.length_meters(road);
    }
    flush();
}

}  // namespace

RouteCommand::RouteCommand(CLI::App& app)
    : command_(app.add_subcommand("route", "The fastest way between two positions")) {
    roads_.add_to(*command_);
    command_->add_option("--from", from_, "lat,lon")->required();
    command_->add_option("--to", to_, "lat,lon")->required();
    command_->add_option("--heading", heading_, "Where the vehicle drives, degrees from north")
        ->check(CLI::Range(0.0, 359.999));
    command_->add_option("--reported", reported_, "The direction that the caller reports, degrees")
        ->check(CLI::Range(0.0, 359.999));
    command_->add_option("--minutes-max", minutes_max_, "Where the search gives up")
        ->check(CLI::Range(1.0, 10'000.0))
        ->capture_default_str();
    command_->add_option("--geojson", geojson_, "Where the way goes, as GeoJSON");
}

std::optional<int> RouteCommand::run() const {
    if (!command_->parsed()) return std::nullopt;
    const auto weights = roads_.open();
    if (!weights) return complain(weights.error());
    return answer(*weights);
}

int RouteCommand::answer(const Weights& weights) const {
    const auto from = roads_.place(from_), to = roads_.place(to_);
    if (!from) return complain(from.error());
    if (!to) return complain(to.error());
    const auto start = snap(weights, *from, {roads_.snap_meters, heading_});
    if (!start) return complain(start.error());
    const auto goal = snap(weights, *to, {roads_.snap_meters, reported_});
    if (!goal) return complain(goal.error());
    const RoadGraph& graph = weights.graph();
    fmt::print("from: {}\nto:   {}\n", describe(graph, start->at), describe(graph, goal->at));

    Search search(weights.shared_graph());
    const SearchBounds bounds{
        .time_max = std::chrono::milliseconds(static_cast<std::int64_t>(minutes_max_ * 60'000))};
    const auto begun = std::chrono::steady_clock::now();
    const auto route = search.route(weights, start->at, goal->at, bounds);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    if (!route) {
        fmt::print("no way within {} minutes\n", minutes_max_);
        return kExitFailed;
    }
    print_trip(route->trip, domain::distance(*from, *to));
    print_streets(graph, *route);
    if (goal->opposite) {
        const auto other = search.route(weights, start->at, *goal->opposite, bounds);
        if (other) {
            fmt::print("the other carriageway: {:+.0f} s\n",
                       seconds(other->trip.time - route->trip.time));
        }
    }
    fmt::print("searched in {:.2f} ms\n", took.count());
    if (geojson_.empty()) return kExitOk;
    const Status written = write_text(geojson_, to_geojson(graph, *route));
    return written ? kExitOk : complain(written.error());
}

}  // namespace liandong::roads
