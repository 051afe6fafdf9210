#include "common/routing/closed_roads.h"

#include "common/base/random.h"
#include "tests/unit/routing/small_roads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace liandong::routing {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// A street west to east in three roads with a side street at each junction, and beside its last
/// third a second carriageway: "e" runs east, "w" west.
SmallRoads street() {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(200, 0), c = roads.node(400, 0),
               d = roads.node(600, 0), b2 = roads.node(200, 300), c2 = roads.node(400, 300);
    roads.road("ab", a, b);
    roads.road("bc", b, c);
    roads.road("e", c, d, {.one_way = true});
    roads.road("w", d, c, {.one_way = true, .between = {SmallRoads::point(500, 20)}});
    roads.road("side-b", b, b2);
    roads.road("side-c", c, c2);
    roads.road("back", b2, c2);
    return roads;
}

/// "ab", "ab>" (with its line only) …
std::vector<std::string> names(const RoadGraph& graph, const ClosedRoads& closed) {
    std::vector<std::string> out;
    for (const ClosedRoad& road : closed.roads) {
        const char* way = road.forward && road.backward ? "" : road.forward ? ">" : "<";
        out.push_back(std::string(graph.name(road.road)) + way);
    }
    return out;
}

class ClosedRoadsTest : public testing::Test {
protected:
    std::vector<std::string> close(const ClosedPlace& place) {
        const auto closed = closed_roads(search_, weights_, place);
        return closed ? names(*graph_, *closed) : std::vector{closed.error().reason};
    }

    std::shared_ptr<const RoadGraph> graph_ = street().graph();
    Weights weights_{graph_, Profile::kEmergency};
    Search search_{graph_};
};

// A point closes the road it lies on both ways, or only the way that it says.
TEST_F(ClosedRoadsTest, APointClosesItsRoad) {
    EXPECT_THAT(close({SmallRoads::point(300, 5), {}, {}}), ElementsAre("bc"));
    EXPECT_THAT(close({SmallRoads::point(300, 5), {}, 80.0}), ElementsAre("bc>"));
    EXPECT_THAT(close({SmallRoads::point(300, 5), {}, 260.0}), ElementsAre("bc<"));
    EXPECT_THAT(close({SmallRoads::point(300, 500), {}, {}}), ElementsAre("ROAD_TOO_FAR"));
}

// A divided road is closed with its other carriageway, unless a direction is named.
TEST_F(ClosedRoadsTest, BothCarriageways) {
    EXPECT_THAT(close({SmallRoads::point(500, 2), {}, {}}), UnorderedElementsAre("e", "w"));
    EXPECT_THAT(close({SmallRoads::point(500, 2), {}, 270.0}), ElementsAre("w>"));
    EXPECT_THAT(close({SmallRoads::point(500, 2), {}, 90.0}), ElementsAre("e>"));
}

// A stretch is what lies between its ends, not the way round; an end that sticks out over a
// junction by a few metres closes nothing there.
TEST_F(ClosedRoadsTest, AStretchIsWhatLiesBetween) {
    EXPECT_THAT(close({SmallRoads::point(100, 0), SmallRoads::point(300, 0), {}}),
                UnorderedElementsAre("ab", "bc"));
    EXPECT_THAT(close({SmallRoads::point(100, 0), SmallRoads::point(210, 0), {}}),
                ElementsAre("ab"));
    EXPECT_THAT(close({SmallRoads::point(300, 0), SmallRoads::point(100, 0), 90.0}),
                UnorderedElementsAre("ab>", "bc>"));
    EXPECT_THAT(close({SmallRoads::point(300, 0), SmallRoads::point(550, 1), {}}),
                UnorderedElementsAre("bc", "e", "w"));
    EXPECT_THAT(close({SmallRoads::point(250, 0), SmallRoads::point(350, 0), {}}),
                ElementsAre("bc"));
}

// Whom no road joins has no stretch, and length and distance are told.
TEST_F(ClosedRoadsTest, SaysWhatItFound) {
    SmallRoads roads = street();
    roads.road("island", roads.node(5'000, 0), roads.node(5'100, 0));
    const auto both = closed_roads(search_, weights_, {SmallRoads::point(300, 5), {}, {}});
    ASSERT_TRUE(both);
    EXPECT_NEAR(both->meters, 200, 1);
    EXPECT_NEAR(both->off_road_meters, 5, 0.1);
    EXPECT_EQ(graph_->name(both->at), "bc");
    EXPECT_THAT(close({SmallRoads::point(0, 0), SmallRoads::point(9'000, 0), {}}),
                ElementsAre("ROAD_TOO_FAR"));
    // The only way against a one-way road is far longer than it.
    SmallRoads ring;
    const auto a = ring.node(0, 0), b = ring.node(100, 0), far = ring.node(0, 3'000);
    ring.road("short", a, b, {.one_way = true});
    ring.road("long", b, far, {.one_way = true});
    ring.road("home", far, a, {.one_way = true});
    const auto graph = ring.graph();
    Search search(graph);
    const Weights weights(graph, Profile::kCar);
    const ClosedPlace against{SmallRoads::point(80, 0), SmallRoads::point(20, 0), 270.0};
    EXPECT_EQ(closed_roads(search, weights, against).error().reason, "NO_WAY");
    const ClosedPlace either{SmallRoads::point(80, 0), SmallRoads::point(20, 0), {}};
    EXPECT_EQ(names(*graph, *closed_roads(search, weights, either)),
              std::vector{std::string("short")});
}

// Weights that follow closures, change by change, are those made anew each time; copies that were
// taken before stay as they were.
TEST(ClosableWeights, EqualThoseMadeAnew) {
    SeededRandom random(11);
    SmallRoads roads;
    std::vector<std::uint32_t> nodes;
    for (int i = 0; i < 60; ++i)
        nodes.push_back(roads.node(1'000 * random.unit(), 1'000 * random.unit()));
    for (std::size_t i = 1; i < nodes.size(); ++i) {
        roads.road(std::to_string(i), nodes[i - 1], nodes[i]);
        roads.road(std::to_string(i) + "x", nodes[i], nodes[random.below(i)]);
    }
    const auto graph = roads.graph();
    const SizeLimits vehicle{.height_cm = 350};
    const Timestamp start{std::chrono::hours(1)};
    ClosableWeights live(Weights::for_vehicle(graph, Profile::kEmergency, vehicle, {}, start),
                         vehicle);
    Closures closures;
    std::vector<std::pair<Weights, std::vector<std::uint32_t>>> taken;
    int changes = 0, quiet = 0;
    for (int step = 0; step < 500; ++step) {
        const Timestamp now = start + std::chrono::minutes(step);
        if (random.below(2) == 0) {
            Closure closure;
            closure.id = std::to_string(random.below(12));
            closure.road = static_cast<RoadId>(random.below(graph->road_count() + 2));
            closure.forward = random.below(2) == 0;
            closure.from = now + std::chrono::minutes(random.below(9));
            closure.until = closure.from + std::chrono::minutes(random.below(20));
            closure.profiles[0] = random.below(4) > 0;
            if (random.below(4) == 0) closure.limits.height_cm = random.below(2) == 0 ? 300 : 400;
            ASSERT_TRUE(closures.put(closure));
        } else if (random.below(4) == 0) {
            closures.lift(std::to_string(random.below(12)));
        }
        const std::vector<std::uint32_t> before(live.current().times().begin(),
                                                live.current().times().end());
        const bool changed = live.close(closures, now);
        const Weights anew =
            Weights::for_vehicle(graph, Profile::kEmergency, vehicle, closures, now);
        ASSERT_TRUE(std::ranges::equal(live.current().times(), anew.times())) << step;
        ASSERT_EQ(changed, !std::ranges::equal(before, anew.times())) << step;
        ASSERT_EQ(live.closes_anything(), !std::ranges::equal(live.open().times(), anew.times()));
        ++(changed ? changes : quiet);
        if (random.below(20) == 0)
            taken.emplace_back(live.current(),
                               std::vector(anew.times().begin(), anew.times().end()));
        for (const auto& [copy, times] : taken)
            ASSERT_TRUE(std::ranges::equal(copy.times(), times)) << step;
    }
    EXPECT_GT(changes, 50);
    EXPECT_GT(quiet, 50);
}

// The moment to look again is the next begin or end.
TEST(Closures, SayWhenTheyChange) {
    const Timestamp now{std::chrono::hours(1)};
    Closures closures;
    EXPECT_FALSE(closures.next_change(now));
    Closure closure;
    closure.from = now + std::chrono::minutes(5);
    closure.until = now + std::chrono::minutes(9);
    ASSERT_TRUE(closures.put(closure));
    EXPECT_EQ(closures.next_change(now), closure.from);
    EXPECT_EQ(closures.next_change(closure.from), closure.until);
    EXPECT_FALSE(closures.next_change(closure.until));
    EXPECT_FALSE(stops(closure, Profile::kCar, {}, now));
    EXPECT_TRUE(stops(closure, Profile::kCar, {}, closure.from));
    EXPECT_FALSE(stops(closure, Profile::kCar, {}, closure.until));
}

}  // namespace
}  // namespace liandong::routing
