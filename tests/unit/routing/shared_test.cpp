#include "common/base/random.h"
#include "common/routing/import/import.h"
#include "common/routing/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <ranges>
#include <string>

namespace liandong::routing {
namespace {

std::string shared(const std::string& path) {
    const char* folder = std::getenv("LIANDONG_SHARED");
    return folder == nullptr ? "(LIANDONG_SHARED is not set)/" + path
                             : std::string(folder) + "/data/" + path;
}

struct Imported {
    std::shared_ptr<const RoadGraph> graph;
    ImportReport report;
};

Imported import(const std::string& path, bool contracted = true) {
    Imported imported;
    const auto bytes = import_bytes({shared(path), "", {.contract = contracted}}, imported.report,
                                    [](std::string_view, double) {});
    EXPECT_TRUE(bytes) << (bytes ? "" : bytes.error().message);
    if (bytes) imported.graph = *RoadGraph::from_bytes(*bytes);
    return imported;
}

struct Map {
    const char* path;
    Profile profile;
    std::size_t roads_min, roads_max;
    double detour_max;
};
class RealMaps : public testing::TestWithParam<Map> {};

// On real maps, no way is shorter than the straight line, few are much longer, no time is below
// what 130 km/h allow, and the arcs of a profile connect everything with everything.
TEST_P(RealMaps, DistancesAreSane) {
    const Imported imported = import(GetParam().path);
    ASSERT_TRUE(imported.graph);
    const RoadGraph& graph = *imported.graph;
    EXPECT_GE(graph.road_count(), GetParam().roads_min);
    EXPECT_LE(graph.road_count(), GetParam().roads_max);
    const Weights weights(imported.graph, GetParam().profile);
    Search search(imported.graph);
    SeededRandom random(1);
    double way = 0, straight = 0;
    for (int i = 0; i < 200; ++i) {
        const auto anywhere = [&] {
            for (;;) {
                const auto arc = static_cast<ArcId>(random.below(graph.arc_count()));
                if (!weights.open(arc) || (graph.flags(graph.road(arc)) & kBarrier) != 0) continue;
                const auto snapped = snap(weights, graph.line(graph.road(arc))[0]);
                EXPECT_TRUE(snapped);
                return snapped->at;
            }
        };
        const RoadPosition from = anywhere(), to = anywhere();
        const auto route = search.route(weights, from, to, {.time_max = std::chrono::hours(24)});
        ASSERT_TRUE(route) << i;
        const double line = domain::distance(from.point, to.point).value;
        EXPECT_GE(route->trip.meters, line * 0.99 - 5) << i;
        EXPECT_GE(static_cast<double>(route->trip.time.count()) / 1000, line / 36.2 - 1) << i;
        way += route->trip.meters;
        straight += line;
    }
    EXPECT_LT(way / straight, GetParam().detour_max);
    EXPECT_GT(way / straight, 1.05);
}

INSTANTIATE_TEST_SUITE_P(
    All, RealMaps,
    testing::Values(
        Map{"osm-extracts/andorra.osm.pbf", Profile::kEmergency, 2'000, 3'500, 2.2},
        Map{"osm-extracts/andorra.osm.pbf", Profile::kFoot, 2'000, 3'500, 2.2},
        Map{"osm-extracts/valhalla_liechtenstein-latest.osm.pbf", Profile::kEmergency, 6'000, 9'000,
            2.5},
        Map{"osm-extracts/berlin-siegessaeule.osm.gz", Profile::kFoot, 200, 400, 1.8},
        Map{"sf-fire-cad/sf_street_edges.csv", Profile::kEmergency, 14'000, 15'602, 1.6},
        Map{"jemss-auckland/travel/roads/roads.zip", Profile::kEmergency, 5'000, 8'000, 2.2}));

// Auckland's tables keep their 54,370 nodes, and lights and sirens take 0.70 of the time.
TEST(RealTables, Auckland) {
    const Imported whole = import("jemss-auckland/travel/roads/roads.zip", false);
    ASSERT_TRUE(whole.graph);
    EXPECT_EQ(whole.graph->node_count(), 54'370U);
    double sirens = 0, normal = 0;
    for (ArcId arc = 0; arc < whole.graph->arc_count(); ++arc) {
        const std::uint32_t fast = whole.graph->times(Profile::kEmergency)[arc];
        if (fast == kNoEntry) continue;
        sirens += fast;
        normal += whole.graph->times(Profile::kCar)[arc];
    }
    EXPECT_NEAR(sirens / normal, 0.70, 0.01);
}

// The small maps with turn restrictions are read with them.
TEST(RealMap, TurnRestrictions) {
    EXPECT_EQ(import("osm-extracts/test_simple_pturn.osm.xml").report.notes.turn_bans, 1U);
    EXPECT_EQ(import("osm-extracts/test_simple_turncosts.osm.xml").report.notes.turn_bans, 1U);
    EXPECT_GT(import("osm-extracts/valhalla_melborne.osm.pbf").report.notes.turn_bans, 400U);
    EXPECT_EQ(import("osm-extracts/valhalla_liechtenstein-latest.osm.pbf").report.notes.turn_bans,
              2U);
}

// A one-way road that leads nowhere belongs to no driver's network.
TEST(RealMap, OneWayDeadEnd) {
    const Imported imported = import("osm-extracts/one_way_dead_end.osm.pbf");
    ASSERT_TRUE(imported.graph);
    EXPECT_GT(imported.report.build.arcs_dropped[index_of(Profile::kCar)], 0U);
}

std::string bytes_of_file(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Real files with bytes changed or cut off: a network or one error, never a crash.
TEST(RealMap, MutationsNeverCrash) {
    for (const char* path :
         {"osm-extracts/one_way_dead_end.osm.pbf", "osm-extracts/valhalla_melborne.osm.pbf",
          "osm-extracts/bautzen.osm", "osm-extracts/conditional-restrictions.osm.xml"}) {
        const std::string whole = bytes_of_file(shared(path));
        ASSERT_FALSE(whole.empty()) << path;
        SeededRandom random(1);
        for (int round = 0; round < 60; ++round) {
            std::string bytes = whole;
            for (std::uint64_t i = 0; i <= random.below(6); ++i)
                bytes[random.below(bytes.size())] ^= static_cast<char>(1 + random.below(255));
            if (random.below(3) == 0) bytes.resize(random.below(bytes.size()));
            OsmNotes notes;
            auto draft = read_osm_network_bytes(bytes, notes);
            if (!draft) {
                EXPECT_EQ(draft.error().reason, "OSM_FILE_BROKEN");
                continue;
            }
            BuildReport report;
            const auto file = build_roads(std::move(*draft), {}, report);
            if (file) {
                EXPECT_TRUE(RoadGraph::from_bytes(*file)) << path << " " << round;
            }
        }
    }
}

}  // namespace
}  // namespace liandong::routing
