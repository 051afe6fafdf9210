#include "tests/support/town.h"

#include "common/base/check.h"

#include <cmath>

namespace liandong::test {

using routing::Profile;
using routing::RoadClass;

std::uint32_t Town::node(double latitude, double longitude) {
    draft_.nodes.push_back({static_cast<std::int32_t>(std::lround(latitude * 1e7)),
                            static_cast<std::int32_t>(std::lround(longitude * 1e7))});
    return static_cast<std::uint32_t>(draft_.nodes.size() - 1);
}

void Town::road(std::uint32_t begin, std::uint32_t end, RoadClass kind, std::string name,
                std::uint16_t height_cm) {
    routing::DraftRoad road;
    road.begin = begin;
    road.end = end;
    road.line = {draft_.nodes[begin], draft_.nodes[end]};
    road.meters = domain::distance(road.line[0], road.line[1]).value;
    road.road_class = kind;
    road.limits.height_cm = height_cm;
    road.name = static_cast<std::uint32_t>(draft_.names.size());
    draft_.names.push_back(std::move(name));
    for (std::size_t i = 0; i < routing::kProfiles; ++i) {
        const double speed = routing::class_speed_meters_per_second(kind, static_cast<Profile>(i));
        road.forward[i] = road.backward[i] =
            static_cast<std::uint32_t>(std::lround(road.meters / speed * 1e3));
    }
    draft_.roads.push_back(std::move(road));
}

void Town::make_one_way() { draft_.roads.back().backward = routing::kClosedToAll; }

std::string Town::bytes() const {
    routing::BuildReport report;
    auto built = routing::build_roads(draft_, {}, report);
    LIANDONG_CHECK(built.has_value());
    return std::move(*built);
}

Town river_town() {
    Town town;
    const auto north_west = town.node(30.902, 113.50), north_east = town.node(30.902, 113.53);
    const auto south_west = town.node(30.900, 113.50), south_east = town.node(30.900, 113.53);
    const auto south_end = town.node(30.900, 113.48), north_end = town.node(30.902, 113.48);
    town.road(north_end, north_west, RoadClass::kPrimary, "北岸路");
    town.road(north_west, north_east, RoadClass::kPrimary, "北岸路");
    town.road(north_east, south_east, RoadClass::kPrimary, "大桥", 300);
    town.road(south_east, south_west, RoadClass::kPrimary, "南岸路");
    town.road(south_west, south_end, RoadClass::kPrimary, "南岸路");
    return town;
}

}  // namespace liandong::test
