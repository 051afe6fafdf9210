#include "tests/unit/routing/small_roads.h"

#include "common/base/check.h"
#include "common/routing/plane.h"

#include <cmath>
#include <numbers>

namespace liandong::routing {

domain::Point SmallRoads::point(double east, double north) {
    constexpr double kMetersPerE7 = 6'371'008.8 * std::numbers::pi / 180 * 1e-7;
    const double squeeze = std::cos(30 * std::numbers::pi / 180);
    return {300'000'000 + static_cast<std::int32_t>(std::lround(north / kMetersPerE7)),
            1'140'000'000 + static_cast<std::int32_t>(std::lround(east / kMetersPerE7 / squeeze))};
}

std::uint32_t SmallRoads::node(double east, double north) {
    draft_.nodes.push_back(point(east, north));
    return static_cast<std::uint32_t>(draft_.nodes.size()) - 1;
}

std::uint32_t SmallRoads::road(std::string name, std::uint32_t from, std::uint32_t to) {
    return road(std::move(name), from, to, {});
}

std::uint32_t SmallRoads::road(std::string name, std::uint32_t from, std::uint32_t to,
                               const Facts& facts) {
    DraftRoad road;
    road.begin = from;
    road.end = to;
    road.line = {draft_.nodes[from]};
    road.line.insert(road.line.end(), facts.between.begin(), facts.between.end());
    road.line.push_back(draft_.nodes[to]);
    road.meters = std::round(line_meters(road.line));
    road.road_class = facts.road_class;
    road.flags = facts.flags;
    road.limits = facts.limits;
    road.name = static_cast<std::uint32_t>(draft_.names.size());
    draft_.names.push_back(std::move(name));
    road.forward.fill(
        static_cast<std::uint32_t>(std::lround(road.meters * facts.millis_per_meter)));
    if (!facts.one_way) road.backward = road.forward;
    draft_.roads.push_back(road);
    return static_cast<std::uint32_t>(draft_.roads.size()) - 1;
}

void SmallRoads::ban(std::uint32_t from, bool from_forward, std::uint32_t to, bool to_forward) {
    draft_.bans.push_back({from, from_forward, to, to_forward, {true, true, true, true}});
}

std::shared_ptr<const RoadGraph> SmallRoads::graph() const {
    auto graph = RoadGraph::from_bytes(bytes_of(draft_));
    LIANDONG_CHECK(graph.has_value());
    return *graph;
}

RoadId road_named(const RoadGraph& graph, std::string_view name) {
    RoadId found = kNone;
    for (RoadId road = 0; road < graph.road_count(); ++road) {
        if (graph.name(road) != name) continue;
        if (found != kNone) return kNone;
        found = road;
    }
    return found;
}

RoadPosition place_on(const Weights& weights, std::string_view name, double along) {
    const RoadGraph& graph = weights.graph();
    const RoadId road = road_named(graph, name);
    LIANDONG_CHECK(road != kNone);
    const auto line = graph.line(road);
    const OnLine at = at_along(line, along);
    return {road,
            along,
            weights.along(road, true) != kNoEntry,
            weights.along(road, false) != kNoEntry,
            between(line[at.segment], line[at.segment + 1], at.share),
            0};
}

std::string bytes_of(Draft draft, bool contracted) {
    BuildReport report;
    auto bytes =
        build_roads(std::move(draft), {.contract = contracted, .simplify_meters = 0}, report);
    LIANDONG_CHECK(bytes.has_value());
    return *bytes;
}

}  // namespace liandong::routing
