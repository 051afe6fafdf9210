#include "common/routing/search.h"

#include "common/routing/road_file.h"
#include "tests/unit/routing/small_roads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace liandong::routing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kEverybody = [](std::uint32_t) { return true; };

std::vector<std::string> streets(const RoadGraph& graph, const Route& route) {
    std::vector<std::string> names;
    for (const ArcId arc : route.arcs) names.emplace_back(graph.name(graph.road(arc)));
    return names;
}

/// A block: south 0→100, east 100→200 m round, north, west back.
struct Block {
    Block() {
        const auto sw = roads.node(0, 0), se = roads.node(100, 0), ne = roads.node(100, 100),
                   nw = roads.node(0, 100);
        south = roads.road("south", sw, se);
        east = roads.road("east", se, ne, {.road_class = RoadClass::kPrimary});
        north = roads.road("north", ne, nw);
        west = roads.road("west", nw, sw);
    }
    SmallRoads roads;
    std::uint32_t south, east, north, west;
};

// Time and metres of parts of roads are their shares, and metres are told by class.
TEST(Search, CountsPartsAndClasses) {
    const auto graph = Block().roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    Search search(graph);
    const auto route =
        search.route(weights, place_on(weights, "south", 0.75), place_on(weights, "east", 0.5));
    ASSERT_TRUE(route);
    EXPECT_THAT(streets(*graph, *route), ElementsAre("south", "east"));
    EXPECT_EQ(route->trip.time.count(), 7'500);
    EXPECT_NEAR(route->trip.meters, 75, 0.1);
    EXPECT_NEAR(route->trip.by_class[index_of(RoadClass::kPrimary)], 50, 0.1);
    EXPECT_NEAR(route->trip.by_class[index_of(RoadClass::kResidential)], 25, 0.1);
}

// On one road the way is direct, in either direction.
TEST(Search, StaysOnOneRoad) {
    const auto graph = Block().roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    Search search(graph);
    const auto there = place_on(weights, "south", 0.2), here = place_on(weights, "south", 0.6);
    for (const auto& route :
         {search.route(weights, here, there), search.route(weights, there, here)}) {
        ASSERT_TRUE(route);
        EXPECT_THAT(streets(*graph, *route), ElementsAre("south"));
        EXPECT_EQ(route->trip.time.count(), 4'000);
    }
    // Against a one-way road the way leads round the block.
    Block block;
    Draft one_way = block.roads.draft();
    one_way.roads[block.south].backward = kClosedToAll;
    const auto narrow = *RoadGraph::from_bytes(bytes_of(one_way));
    const Weights narrow_weights(narrow, Profile::kEmergency);
    Search narrow_search(narrow);
    const auto round = narrow_search.route(narrow_weights, place_on(narrow_weights, "south", 0.6),
                                           place_on(narrow_weights, "south", 0.2));
    ASSERT_TRUE(round);
    EXPECT_EQ(round->trip.time.count(), 36'000);
}

// A banned turn is driven round; the ban binds only who comes from there.
TEST(Search, HonoursTurnBans) {
    Block block;
    block.roads.ban(block.south, true, block.east, true);
    const auto graph = block.roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    Search search(graph);
    const auto round =
        search.route(weights, place_on(weights, "south", 0.5), place_on(weights, "east", 0.5));
    ASSERT_TRUE(round);
    EXPECT_THAT(streets(*graph, *round), ElementsAre("south", "west", "north", "east"));
    const auto back =
        search.route(weights, place_on(weights, "east", 0.5), place_on(weights, "south", 0.5));
    ASSERT_TRUE(back);
    EXPECT_THAT(streets(*graph, *back), ElementsAre("east", "south"));
}

// A closure counts until it ends, for whom and which way it is meant.
TEST(Search, HonoursClosures) {
    const auto graph = Block().roads.graph();
    const Timestamp now{std::chrono::hours(1)};
    Closures closures;
    Closure flood;
    flood.id = "flood";
    flood.road = road_named(*graph, "east");
    flood.backward = false;
    flood.until = now + std::chrono::minutes(10);
    flood.profiles = {true, true, false, false};
    ASSERT_TRUE(closures.put(flood));
    Search search(graph);
    const auto seconds_at = [&](Profile profile, Timestamp time, bool back) {
        const auto weights = Weights::for_vehicle(graph, profile, {}, closures, time);
        const auto south = place_on(weights, "south", 0.5), north = place_on(weights, "north", 0.1);
        const auto route =
            back ? search.route(weights, north, south) : search.route(weights, south, north);
        return route ? route->trip.time.count() / 1000 : -1;
    };
    EXPECT_EQ(seconds_at(Profile::kEmergency, now, false), 24);
    EXPECT_EQ(seconds_at(Profile::kEmergency, now, true), 16);
    EXPECT_EQ(seconds_at(Profile::kFoot, now, false), 16);
    EXPECT_EQ(seconds_at(Profile::kEmergency, flood.until, false), 16);
    EXPECT_EQ(closures.next_change(now), flood.until);
    EXPECT_EQ(closures.expire(flood.until), 1U);
    EXPECT_THAT(closures.all(), IsEmpty());
}

// A height bar, on the map or put up by the desk, stops only what is higher.
TEST(Search, HonoursSizes) {
    Block block;
    Draft draft = block.roads.draft();
    draft.roads[block.east].limits = {.height_cm = 350};
    const auto graph = *RoadGraph::from_bytes(bytes_of(draft));
    Search search(graph);
    Closures closures;
    const auto meters = [&](std::uint16_t height_cm, std::uint32_t weight_kg) {
        const auto weights = Weights::for_vehicle(graph, Profile::kEmergency,
                                                  {.height_cm = height_cm, .weight_kg = weight_kg},
                                                  closures, Timestamp{});
        const auto route =
            search.route(weights, place_on(weights, "south", 0.5), place_on(weights, "north", 0.1));
        return route ? std::lround(route->trip.meters) : -1;
    };
    EXPECT_EQ(meters(350, 20'000), 160);
    EXPECT_EQ(meters(351, 0), 240);
    Closure bar;
    bar.id = "bar";
    bar.road = road_named(*graph, "east");
    bar.until = Timestamp{std::chrono::hours(1)};
    bar.limits = {.weight_kg = 10'000};
    ASSERT_TRUE(closures.put(bar));
    EXPECT_EQ(meters(300, 10'000), 160);
    EXPECT_EQ(meters(300, 10'001), 240);
}

// The nearest are those with the least time, ties by number; who is not eligible is passed over;
// too many asked for gives all.
TEST(Search, FindsTheNearest) {
    const auto graph = Block().roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    Search search(graph);
    UnitIndex units(*graph);
    units.place(0, place_on(weights, "west", 0.5));
    units.place(1, place_on(weights, "east", 0.5));
    units.place(2, place_on(weights, "south", 0.25));
    units.place(3, place_on(weights, "north", 0.5));
    units.place(4, place_on(weights, "south", 0.5));
    units.remove(4);
    const auto incident = place_on(weights, "south", 0.5);
    const auto numbers = [&](std::size_t k, auto eligible) {
        std::vector<std::pair<std::uint32_t, long>> found;
        for (const auto& one : search.nearest(weights, incident, units, k, eligible).units)
            found.emplace_back(one.unit, one.trip.time.count());
        return found;
    };
    using Found = std::pair<std::uint32_t, long>;
    EXPECT_THAT(numbers(9, kEverybody),
                ElementsAre(Found(2, 2'500), Found(0, 10'000), Found(1, 10'000), Found(3, 20'000)));
    EXPECT_THAT(numbers(1, [](std::uint32_t unit) { return unit != 2; }),
                ElementsAre(Found(0, 10'000)));
    EXPECT_THAT(numbers(0, kEverybody), IsEmpty());
    EXPECT_EQ(units.size(), 4U);
    EXPECT_EQ(units.position(4).road, kNone);
}

// A search with a bound below the nearest says that it was the bound.
TEST(Search, SaysWhyItStopped) {
    const auto graph = Block().roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    Search search(graph);
    UnitIndex units(*graph);
    units.place(0, place_on(weights, "north", 0.5));
    const auto incident = place_on(weights, "south", 0.5);
    const auto end_with = [&](const SearchBounds& bounds) {
        return search.nearest(weights, incident, units, 1, kEverybody, bounds).end;
    };
    EXPECT_EQ(end_with({}), SearchEnd::kFound);
    EXPECT_EQ(end_with({.time_max = std::chrono::seconds(14)}), SearchEnd::kTime);
    EXPECT_EQ(end_with({.settled_max = 1}), SearchEnd::kNodes);
    EXPECT_EQ(search.nearest(weights, incident, units, 2, kEverybody).end, SearchEnd::kExhausted);
}

// Faster roads of one class change the way.
TEST(Search, ScaledWeightsChangeTheWay) {
    const auto graph = Block().roads.graph();
    const Weights weights(graph, Profile::kEmergency);
    std::array<double, kRoadClasses> factors;
    factors.fill(1);
    factors[index_of(RoadClass::kPrimary)] = 3;
    const Weights slow = weights.scaled(factors);
    Search search(graph);
    const auto from = place_on(weights, "south", 0.5), to = place_on(weights, "north", 0.1);
    EXPECT_EQ(search.route(weights, from, to)->trip.time.count(), 16'000);
    EXPECT_EQ(search.route(slow, from, to)->trip.time.count(), 24'000);
}

// Roads in a chain become one road with their whole line; a change of class or a gate parts them.
TEST(Contract, JoinsWhatIsAlike) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(10, 0), c = roads.node(20, 5),
               d = roads.node(30, 0), e = roads.node(40, 0), f = roads.node(40, 0),
               g = roads.node(60, 0);
    roads.road("", a, b);
    roads.road("", c, b);
    roads.road("", c, d);
    roads.road("", d, e, {.road_class = RoadClass::kService});
    roads.road("", e, f, {.flags = kBarrier});
    roads.road("", f, g, {.road_class = RoadClass::kService});
    Draft draft = roads.draft();
    for (DraftRoad& road : draft.roads) road.name = 0;
    const Draft joined = contract(draft);
    ASSERT_EQ(joined.roads.size(), 4U);
    EXPECT_EQ(joined.roads[0].line.size(), 4U);
    EXPECT_EQ(joined.roads[0].begin, a);
    EXPECT_EQ(joined.roads[0].end, d);
    const auto sum =
        draft.roads[0].forward[0] + draft.roads[1].forward[0] + draft.roads[2].forward[0];
    EXPECT_EQ(joined.roads[0].forward[0], sum);
    EXPECT_EQ(joined.roads[0].backward[0], sum);
}

// A ring without any junction becomes one road from one of its nodes to the same.
TEST(Contract, JoinsRings) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(10, 0), c = roads.node(5, 10);
    roads.road("", a, b);
    roads.road("", b, c);
    roads.road("", c, a);
    Draft draft = roads.draft();
    for (DraftRoad& road : draft.roads) road.name = 0;
    const Draft joined = contract(draft);
    ASSERT_EQ(joined.roads.size(), 1U);
    EXPECT_EQ(joined.roads[0].begin, joined.roads[0].end);
    EXPECT_EQ(joined.roads[0].line.size(), 4U);
}

// The desk's list of closures is bounded, replaces by id and lifts.
TEST(Closures, AreAList) {
    Closures closures;
    for (std::size_t i = 0; i < kClosures_max; ++i) {
        Closure closure;
        closure.id = std::to_string(i);
        ASSERT_TRUE(closures.put(closure));
    }
    Closure again;
    again.id = "17";
    again.road = 5;
    EXPECT_TRUE(closures.put(again));
    EXPECT_EQ(closures.all().size(), kClosures_max);
    again.id = "new";
    EXPECT_EQ(closures.put(again).error().reason, "TOO_MANY_CLOSURES");
    EXPECT_TRUE(closures.lift("17"));
    EXPECT_FALSE(closures.lift("17"));
    EXPECT_TRUE(closures.put(again));
}

}  // namespace
}  // namespace liandong::routing
