#include "common/routing/road_file.h"

#include "common/base/random.h"
#include "common/routing/road_graph.h"
#include "tests/unit/routing/small_roads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace liandong::routing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SmallRoads crossing() {
    SmallRoads roads;
    const auto west = roads.node(0, 0), middle = roads.node(100, 0), east = roads.node(300, 0),
               north = roads.node(100, 50);
    const auto first = roads.road("West Street", west, middle);
    roads.road("East Street", middle, east, {.road_class = RoadClass::kPrimary});
    const auto up = roads.road("North Street", middle, north, {.limits = {.height_cm = 350}});
    roads.ban(first, true, up, true);
    return roads;
}

std::string reason_of(std::string_view bytes) {
    const auto graph = RoadGraph::from_bytes(bytes);
    return graph ? "" : graph.error().reason;
}

// What was drafted is in the file: names, classes, lengths, lines, limits and directions.
TEST(RoadFile, HoldsWhatWasDrafted) {
    const auto graph = crossing().graph();
    EXPECT_EQ(graph->road_count(), 3U);
    const RoadId east = road_named(*graph, "East Street"),
                 north = road_named(*graph, "North Street");
    ASSERT_NE(east, kNone);
    EXPECT_EQ(graph->road_class(east), RoadClass::kPrimary);
    EXPECT_NEAR(graph->length_meters(east), 200, 0.1);
    EXPECT_EQ(graph->limits(north).height_cm, 350);
    EXPECT_EQ(graph->flags(north), kLimited);
    EXPECT_EQ(graph->limits(east), SizeLimits{});
    EXPECT_THAT(graph->line(east),
                ElementsAre(SmallRoads::point(100, 0), SmallRoads::point(300, 0)));
    const ArcId arc = graph->arc_of(east, true);
    EXPECT_EQ(graph->point(graph->tail(arc)), SmallRoads::point(100, 0));
    EXPECT_EQ(graph->point(graph->head(arc)), SmallRoads::point(300, 0));
    EXPECT_EQ(graph->times(Profile::kCar)[arc], 20'000U);
    EXPECT_TRUE(graph->is_forward(arc));
    EXPECT_EQ(graph->road(arc), east);
}

// A turn ban adds a node and twins of what may still be entered, and nothing else.
TEST(RoadFile, ABanAddsTwins) {
    const auto graph = crossing().graph();
    const RoadId west = road_named(*graph, "West Street"), east = road_named(*graph, "East Street"),
                 north = road_named(*graph, "North Street");
    EXPECT_EQ(graph->node_count(), 5U);
    EXPECT_EQ(graph->data().counts.twins, 2U);
    EXPECT_EQ(graph->twins(graph->arc_of(east, true)).size(), 1U);
    EXPECT_EQ(graph->twins(graph->arc_of(west, false)).size(), 1U);
    EXPECT_EQ(graph->twins(graph->arc_of(north, true)).size(), 0U);
    EXPECT_EQ(graph->twins(graph->arc_of(north, false)).size(), 0U);
}

// A file cut anywhere is refused with the one reason.
TEST(RoadFile, CutShortIsRefused) {
    const std::string bytes = bytes_of(crossing().draft());
    for (std::size_t size = 0; size < bytes.size(); size += 7)
        EXPECT_EQ(reason_of(bytes.substr(0, size)), "ROADS_FILE_BROKEN") << size;
    EXPECT_EQ(reason_of(bytes + std::string(8, '\0')), "ROADS_FILE_BROKEN");
}

// Any bytes changed anywhere are noticed; nothing crashes.
TEST(RoadFile, MutationsAreRefused) {
    const std::string whole = bytes_of(crossing().draft());
    SeededRandom random(1);
    for (int round = 0; round < 2'000; ++round) {
        std::string bytes = whole;
        for (std::uint64_t i = 0; i <= random.below(4); ++i) {
            // Half of them in the header, where sizes are.
            const std::size_t range = random.below(2) == 0 ? 72 : bytes.size();
            bytes[random.below(range)] ^= static_cast<char>(1 + random.below(255));
        }
        if (bytes == whole) continue;
        EXPECT_THAT(reason_of(bytes), testing::AnyOf("ROADS_FILE_BROKEN", "ROADS_FILE_VERSION"))
            << "round " << round;
    }
}

// Indices that point outside, under a right checksum, are refused as well.
TEST(RoadFile, ContradictionsAreRefused) {
    const std::string whole = bytes_of(crossing().draft());
    std::string aligned = whole;
    auto sound = decode_roads(aligned);
    ASSERT_TRUE(sound);
    std::vector<NodeId> heads(sound->heads.begin(), sound->heads.end());
    heads.back() = sound->counts.nodes;
    RoadGraphData far = *sound;
    far.heads = heads;
    EXPECT_EQ(reason_of(encode_roads(far)), "ROADS_FILE_BROKEN");
    std::vector<std::uint32_t> first(sound->first_point.begin(), sound->first_point.end());
    first[1] = 1;
    RoadGraphData lines = *sound;
    lines.first_point = first;
    EXPECT_EQ(reason_of(encode_roads(lines)), "ROADS_FILE_BROKEN");
}

// A file that is mapped says the same as the bytes; one that is missing, empty or another thing
// says why, with its name.
TEST(RoadFile, OpensFiles) {
    const std::string file = testing::TempDir() + "roads." + std::to_string(::getpid());
    const std::string bytes = bytes_of(crossing().draft());
    std::ofstream(file, std::ios::binary) << bytes;
    const auto graph = RoadGraph::open(file);
    ASSERT_TRUE(graph) << graph.error().message;
    EXPECT_EQ((*graph)->road_count(), 3U);
    EXPECT_EQ((*graph)->file_bytes(), bytes.size());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << "";
    EXPECT_EQ(RoadGraph::open(file).error().reason, "ROADS_FILE_UNREADABLE");
    std::filesystem::remove(file);
    const auto missing = RoadGraph::open(file);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().reason, "ROADS_FILE_UNREADABLE");
    EXPECT_EQ(missing.error().code, Code::kNotFound);
    EXPECT_THAT(missing.error().message, HasSubstr(file));
    EXPECT_EQ(RoadGraph::open(testing::TempDir()).error().reason, "ROADS_FILE_UNREADABLE");
}

// A draft without any road that leads there and back is refused.
TEST(RoadFile, NothingLeftIsRefused) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(10, 0);
    roads.road("one way out", a, b, {.one_way = true});
    BuildReport report;
    EXPECT_EQ(build_roads(roads.draft(), {}, report).error().reason, "NO_ROADS");
    EXPECT_EQ(build_roads({}, {}, report).error().reason, "NO_ROADS");
}

// What is not connected both ways is dropped and counted.
TEST(RoadFile, IslandsAreDroppedAndCounted) {
    SmallRoads roads;
    const auto a = roads.node(0, 0), b = roads.node(100, 0), c = roads.node(0, 500),
               d = roads.node(50, 500), e = roads.node(0, 100);
    roads.road("main", a, b);
    roads.road("island", c, d);
    roads.road("trap", a, e, {.one_way = true});
    BuildReport report;
    ASSERT_TRUE(build_roads(roads.draft(), {}, report));
    EXPECT_EQ(report.roads, 1U);
    EXPECT_EQ(report.dropped_roads, 2U);
    EXPECT_NEAR(report.dropped_meters, 150, 0.1);
    EXPECT_EQ(report.arcs_dropped[0], 3U);
}

}  // namespace
}  // namespace liandong::routing
