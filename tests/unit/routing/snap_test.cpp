#include "common/routing/snap.h"

#include "common/base/random.h"
#include "common/routing/plane.h"
#include "tests/unit/routing/small_roads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace liandong::routing {
namespace {

/// Two carriageways of a dual road, 20 m apart: "east" runs east, "west" runs west; joined at both
/// ends, and a side road to the south.
SmallRoads dual() {
    SmallRoads roads;
    const auto sw = roads.node(0, 0), se = roads.node(1000, 0), ne = roads.node(1000, 20),
               nw = roads.node(0, 20), south = roads.node(1000, -300);
    const SmallRoads::Facts one_way{.one_way = true, .road_class = RoadClass::kTrunk};
    roads.road("east", sw, se, one_way);
    roads.road("up", se, ne);
    roads.road("west", ne, nw, one_way);
    roads.road("down", nw, sw);
    roads.road("side", se, south);
    return roads;
}

std::string name_at(const RoadGraph& graph, const RoadPosition& at) {
    return std::string(graph.name(at.road));
}

// The nearest place on a road: how far, where along, and which ways.
TEST(Snap, FindsTheNearestPlace) {
    const auto graph = dual().graph();
    const Weights weights(graph, Profile::kEmergency);
    const auto snapped = snap(weights, SmallRoads::point(250, -12));
    ASSERT_TRUE(snapped);
    EXPECT_EQ(name_at(*graph, snapped->at), "east");
    EXPECT_NEAR(snapped->at.along, 0.25, 1e-4);
    EXPECT_NEAR(snapped->at.distance_meters, 12, 0.1);
    EXPECT_TRUE(snapped->at.forward);
    EXPECT_FALSE(snapped->at.backward);
    EXPECT_NEAR(domain::distance(snapped->at.point, SmallRoads::point(250, 0)).value, 0, 0.1);
    const auto side = snap(weights, SmallRoads::point(1010, -200));
    ASSERT_TRUE(side);
    EXPECT_TRUE(side->at.forward && side->at.backward);
    EXPECT_FALSE(side->opposite);
}

// A heading chooses the carriageway that runs that way though the other is nearer, and the other
// one is told.
TEST(Snap, HeadingChoosesTheCarriageway) {
    const auto graph = dual().graph();
    const Weights weights(graph, Profile::kEmergency);
    const domain::Point nearer_east = SmallRoads::point(500, 6);
    const auto westward = snap(weights, nearer_east, {.heading_degrees = 270.0});
    ASSERT_TRUE(westward);
    EXPECT_EQ(name_at(*graph, westward->at), "west");
    ASSERT_TRUE(westward->opposite);
    EXPECT_EQ(name_at(*graph, *westward->opposite), "east");
    const auto without = snap(weights, nearer_east);
    ASSERT_TRUE(without);
    EXPECT_EQ(name_at(*graph, without->at), "east");
    ASSERT_TRUE(without->opposite);
    EXPECT_EQ(name_at(*graph, *without->opposite), "west");
}

// Where no road is near, the answer says how far the nearest is; where none is at all, only that.
TEST(Snap, TooFarSaysHowFar) {
    const Weights weights(dual().graph(), Profile::kEmergency);
    const auto far = snap(weights, SmallRoads::point(500, 820), {.distance_max_meters = 500});
    ASSERT_FALSE(far);
    EXPECT_EQ(far.error().reason, "ROAD_TOO_FAR");
    EXPECT_EQ(far.error().find("distance_meters"), "800");
    const auto lost = snap(weights, domain::Point{0, 0});
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().reason, "ROAD_TOO_FAR");
    EXPECT_EQ(lost.error().find("distance_meters"), "");
    EXPECT_EQ(snap(weights, domain::Point{0, 0}, {.heading_degrees = 360.0}).error().reason,
              "HEADING_OUT_OF_RANGE");
    EXPECT_EQ(snap(weights, domain::Point{0, 0}, {.heading_degrees = std::nan("")}).error().reason,
              "HEADING_OUT_OF_RANGE");
}

// A road that is closed to the vehicle is passed over.
TEST(Snap, ClosedRoadsArePassedOver) {
    const auto graph = dual().graph();
    Closures closures;
    const Timestamp now{std::chrono::seconds(100)};
    Closure closure;
    closure.id = "flood";
    closure.road = road_named(*graph, "east");
    closure.until = now + std::chrono::seconds(1);
    ASSERT_TRUE(closures.put(closure));
    const auto weights = Weights::for_vehicle(graph, Profile::kEmergency, {}, closures, now);
    const auto snapped = snap(weights, SmallRoads::point(500, 1));
    ASSERT_TRUE(snapped);
    EXPECT_EQ(name_at(*graph, snapped->at), "west");
}

// The index finds what looking at every segment finds, in networks of many roads.
TEST(Snap, EqualsBruteForce) {
    SeededRandom random(7);
    SmallRoads roads;
    std::vector<std::uint32_t> nodes;
    const auto anywhere = [&random] { return 10'000 * random.unit(); };
    for (int i = 0; i < 600; ++i) nodes.push_back(roads.node(anywhere(), anywhere()));
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        SmallRoads::Facts facts;
        for (std::uint64_t bend = random.below(40); bend > 0; --bend)
            facts.between.push_back(SmallRoads::point(anywhere(), anywhere()));
        roads.road(std::to_string(i), nodes[i - 1], nodes[random.below(i)], facts);
        roads.road(std::to_string(i) + "b", nodes[i], nodes[i - 1]);
    }
    const auto graph = roads.graph();
    const Weights weights(graph, Profile::kCar);
    for (int question = 0; question < 200; ++question) {
        const domain::Point point = SmallRoads::point(anywhere() * 1.2, anywhere() * 1.2);
        const Plane plane(point);
        double nearest = 1e9;
        for (RoadId road = 0; road < graph->road_count(); ++road) {
            const auto line = graph->line(road);
            for (std::size_t i = 1; i < line.size(); ++i) {
                const auto near = nearest_to_origin(plane.place(line[i - 1]), plane.place(line[i]));
                nearest = std::min(nearest, std::sqrt(near.squared));
            }
        }
        const auto snapped = snap(weights, point, {.distance_max_meters = 5'000});
        ASSERT_TRUE(snapped);
        EXPECT_DOUBLE_EQ(snapped->at.distance_meters, nearest);
    }
}

// A place's bearing is that of its piece of the line.
TEST(Snap, TellsBearings) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(100, 100);
    roads.road("bent", a, b, {.between = {SmallRoads::point(100, 0)}});
    const Weights weights(roads.graph(), Profile::kCar);
    EXPECT_NEAR(bearing_degrees(weights.graph(), place_on(weights, "bent", 0.2)), 90, 0.1);
    EXPECT_NEAR(bearing_degrees(weights.graph(), place_on(weights, "bent", 0.8)), 0, 0.1);
    EXPECT_NEAR(turn_between(350, 20), 30, 1e-9);
    EXPECT_NEAR(turn_between(20, 350), 30, 1e-9);
    EXPECT_NEAR(turn_between(0, 180), 180, 1e-9);
}

}  // namespace
}  // namespace liandong::routing
