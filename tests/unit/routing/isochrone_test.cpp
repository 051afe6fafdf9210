#include "common/routing/isochrone.h"

#include "common/routing/cell_area.h"
#include "tests/unit/routing/small_roads.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::routing {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// A street of 1,000 m, 100 s from end to end.
SmallRoads street(bool one_way_part) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(500, 0), c = roads.node(1000, 0);
    roads.road("first", a, b);
    roads.road("second", b, c);
    if (one_way_part) roads.road("short cut", a, c, {.one_way = true, .millis_per_meter = 10});
    return roads;
}

// So much road is reached as the time allows, in both directions, and bands hold one another.
TEST(Isochrone, MeasuresRoadsReached) {
    const Weights weights(street(false).graph(), Profile::kEmergency);
    Search search(weights.shared_graph());
    const auto reached =
        isochrone(search, weights, place_on(weights, "first", 0.5), Reach::kFrom, {10s, 30s, 200s});
    EXPECT_NEAR(reached.meters[0], 200, 1);
    // 250 m to the west end and 300 m to the east; the place's own road may count twice.
    EXPECT_GE(reached.meters[1], 549);
    EXPECT_LE(reached.meters[1], 1'051);
    EXPECT_GE(reached.meters[2], 999);
    for (const ReachedLine& line : reached.lines) EXPECT_GE(line.line.size(), 2U);
}

// What can reach a place is not what can be reached from it.
TEST(Isochrone, DirectionMatters) {
    const Weights weights(street(true).graph(), Profile::kEmergency);
    Search search(weights.shared_graph());
    const auto place = place_on(weights, "first", 0.0);
    const auto from = isochrone(search, weights, place, Reach::kFrom, {20s});
    const auto to = isochrone(search, weights, place, Reach::kTo, {20s});
    // 200 m of the first street; and the short cut, then back 100 m.
    EXPECT_GT(from.meters[0], 1'250);
    EXPECT_LT(to.meters[0], 450);
}

// The areas are closed rings, the outline counter-clockwise and holes clockwise.
TEST(Isochrone, AreasAreRings) {
    std::vector<std::vector<domain::Point>> square{
        {SmallRoads::point(0, 0), SmallRoads::point(1000, 0), SmallRoads::point(1000, 1000),
         SmallRoads::point(0, 1000), SmallRoads::point(0, 0)},
        {SmallRoads::point(5000, 0), SmallRoads::point(5000, 100)}};
    const auto area = area_around(square, 100);
    ASSERT_EQ(area.size(), 2U);
    const auto signed_area = [](const Ring& ring) {
        double sum = 0;
        for (std::size_t i = 1; i < ring.size(); ++i) {
            sum += double(ring[i - 1].longitude_e7 - 1'140'000'000) *
                       double(ring[i].latitude_e7 - 300'000'000) -
                   double(ring[i].longitude_e7 - 1'140'000'000) *
                       double(ring[i - 1].latitude_e7 - 300'000'000);
        }
        return sum;
    };
    std::size_t holes = 0;
    for (const Polygon& polygon : area) {
        for (std::size_t i = 0; i < polygon.size(); ++i) {
            EXPECT_EQ(polygon[i].front(), polygon[i].back());
            EXPECT_GE(polygon[i].size(), 5U);
            EXPECT_EQ(signed_area(polygon[i]) > 0, i == 0);
            holes += i > 0 ? 1 : 0;
        }
    }
    EXPECT_EQ(holes, 1U);
    EXPECT_TRUE(area_around({}, 100).empty());
}

// Both drawings are well formed, and a street's name with quotes stays one string.
TEST(Isochrone, DrawsItself) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(500, 0);
    roads.road("Rue \"du\" \\ Pont\n", a, b);
    const Weights weights(roads.graph(), Profile::kEmergency);
    Search search(weights.shared_graph());
    const RoadId road = 0;
    const auto name = weights.graph().name(road);
    const auto from = place_on(weights, name, 0.1), to = place_on(weights, name, 0.9);
    const auto reached = isochrone(search, weights, from, Reach::kFrom, {10s, 60s});
    const auto area = boost::json::parse(to_geojson(reached)).as_object();
    EXPECT_EQ(area.at("features").as_array().size(), 5U);
    EXPECT_THAT(to_svg(reached), HasSubstr("</svg>"));
    const auto route = search.route(weights, from, to);
    ASSERT_TRUE(route);
    const auto drawn = boost::json::parse(to_geojson(weights.graph(), *route)).as_object();
    const auto& features = drawn.at("features").as_array();
    EXPECT_EQ(features.size(), 3U);
    EXPECT_EQ(features[0].at("properties").at("streets").as_array()[0].as_string(), name);
    EXPECT_EQ(line_of(weights.graph(), *route).front(), from.point);
    EXPECT_EQ(line_of(weights.graph(), *route).back(), to.point);
}

}  // namespace
}  // namespace liandong::routing
