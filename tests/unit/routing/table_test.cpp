#include "common/base/random.h"
#include "common/routing/import/import.h"
#include "common/routing/import/table_file.h"
#include "common/routing/import/table_network.h"
#include "tests/unit/routing/small_roads.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace liandong::routing {
namespace {

using testing::IsEmpty;

const std::string kNodes = "node,lon,lat\na,114.0,30.0\nb,114.001,30.0\nc,114.001,30.001\n";
const std::string kEdges =
    "from_node,to_node,street,class_code,length_m,line,oneway,layer\n"
    "a,b,\"Main, Street\",3,100,114.0 30.0;114.0005 30.0001;114.001 30.0,,STREETS\n"
    "b,c,Side,5,111.5,,yes,\n"
    "c,a,,1,,,,\n"
    "a,c,Walk,5,150,,,Streets_Pedestri\n";

// Tables of edges and nodes become roads with names, classes, lengths, lines and directions.
TEST(EdgeTables, AreRead) {
    const auto draft = read_edge_tables(kEdges, kNodes);
    ASSERT_TRUE(draft) << draft.error().message;
    ASSERT_EQ(draft->roads.size(), 4U);
    const DraftRoad& main = draft->roads[0];
    EXPECT_EQ(draft->names[main.name], "Main, Street");
    EXPECT_EQ(main.road_class, RoadClass::kSecondary);
    EXPECT_EQ(main.meters, 100);
    EXPECT_EQ(main.line.size(), 3U);
    EXPECT_EQ(main.forward, main.backward);
    EXPECT_EQ(draft->roads[1].backward[index_of(Profile::kCar)], kNoEntry);
    EXPECT_NE(draft->roads[1].backward[index_of(Profile::kFoot)], kNoEntry);
    EXPECT_EQ(draft->roads[2].forward[index_of(Profile::kFoot)], kNoEntry);
    EXPECT_NEAR(draft->roads[2].meters, 147, 2);
    EXPECT_EQ(draft->roads[3].road_class, RoadClass::kPath);
    EXPECT_EQ(draft->roads[3].forward[index_of(Profile::kEmergency)], kNoEntry);
}

// A fault is told with its line.
TEST(EdgeTables, FaultsHaveLines) {
    const auto line_of = [](std::string_view edges, std::string_view nodes) {
        const auto draft = read_edge_tables(edges, nodes);
        return draft ? std::string("sound")
                     : draft.error().reason + " " + std::string(draft.error().find("line"));
    };
    EXPECT_EQ(line_of("", kNodes), "ROAD_TABLE_BROKEN 0");
    EXPECT_EQ(line_of("from,to\n", kNodes), "ROAD_TABLE_BROKEN 1");
    EXPECT_EQ(line_of("from_node,to_node\na,b\na,q\n", kNodes), "ROAD_TABLE_BROKEN 3");
    EXPECT_EQ(line_of("from_node,to_node,length_m\na,b,long\n", kNodes), "ROAD_TABLE_BROKEN 2");
    EXPECT_EQ(line_of("from_node,to_node,line\na,b,1 2;3\n", kNodes), "ROAD_TABLE_BROKEN 2");
    EXPECT_EQ(line_of("from_node,to_node,street\na,b,\"open\n", kNodes), "ROAD_TABLE_BROKEN 2");
    EXPECT_EQ(line_of(kEdges, kNodes + "a,1,2\n"), "ROAD_TABLE_BROKEN 5");
    EXPECT_EQ(line_of(kEdges, kNodes + "d,181,2\n"), "ROAD_TABLE_BROKEN 5");
    EXPECT_EQ(line_of(kEdges, kNodes + "d,nan,2\n"), "ROAD_TABLE_BROKEN 5");
}

const std::string kJemssNodes =
    "nodes,,,\nindex,x,y,offRoadAccess,\n1.0,114.0,30.0,0.0\n2.0,114.001,30.0,1.0\n"
    "3.0,114.001,30.001,1.0\n,\n";
const std::string kJemssArcs =
    "miscData,,,\narcForm,numModes,\ndirected,2\n,\narcs,,,\n"
    "index,fromNode,toNode,distance,mode_1,mode_2,\n1.0,1.0,2.0,0.1,7.0e-5,1.0e-4\n"
    "2.0,2.0,1.0,0.1,7.0e-5,1.0e-4\n3.0,2.0,3.0,0.2,1.4e-4,2.0e-4\n,\n";

// JEMSS tables: days and kilometres become milliseconds and metres, two arcs back and forth one
// road.
TEST(JemssTables, AreRead) {
    const auto draft = read_jemss_tables(kJemssArcs, kJemssNodes);
    ASSERT_TRUE(draft) << draft.error().message;
    ASSERT_EQ(draft->roads.size(), 2U);
    const DraftRoad& road = draft->roads[0];
    EXPECT_EQ(road.meters, 100);
    EXPECT_EQ(road.forward[index_of(Profile::kEmergency)], 6'048U);
    EXPECT_EQ(road.forward[index_of(Profile::kCar)], 8'640U);
    EXPECT_EQ(road.backward, road.forward);
    EXPECT_EQ(draft->roads[1].backward[index_of(Profile::kCar)], kNoEntry);
    EXPECT_EQ(draft->nodes[2], (domain::Point{300'010'000, 1'140'010'000}));
}

// Whatever bytes the tables hold, they are a network or the one error.
TEST(Tables, MutationsNeverCrash) {
    for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
        SeededRandom random(seed);
        std::string edges = kEdges, nodes = kNodes, arcs = kJemssArcs, places = kJemssNodes;
        for (std::string* table : {&edges, &nodes, &arcs, &places}) {
            for (std::uint64_t i = random.below(4); i > 0; --i)
                (*table)[random.below(table->size())] = ",\n\"0 9.-;e"[random.below(11)];
        }
        for (auto& draft : {read_edge_tables(edges, nodes), read_jemss_tables(arcs, places)}) {
            if (!draft) {
                EXPECT_EQ(draft.error().reason, "ROAD_TABLE_BROKEN");
                continue;
            }
            BuildReport report;
            const auto file = build_roads(*draft, {}, report);
            if (file) {
                ASSERT_TRUE(RoadGraph::from_bytes(*file)) << "seed " << seed;
            }
        }
    }
}

/// A folder of its own, gone afterwards.
class Import : public testing::Test {
protected:
    Import() { std::filesystem::create_directories(folder_); }
    ~Import() override { std::filesystem::remove_all(folder_); }
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return (folder_ / name).string();
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            names.push_back(entry.path().filename().string());
        return names;
    }
    static Result<ImportReport> import(const std::string& input, const std::string& out) {
        return import_roads({input, "", {}}, out, [](std::string_view, double) {});
    }

    std::filesystem::path folder_ =
        std::filesystem::path(testing::TempDir()) / ("import." + std::to_string(::getpid()));
};

// An import writes one file that opens; a second replaces it while the first stays mapped.
TEST_F(Import, WritesAndReplaces) {
    const std::string input = write("edges.csv", kEdges);
    write("nodes.csv", kNodes);
    const std::string out = (folder_ / "town.roads").string();
    ASSERT_TRUE(import(input, out));
    const auto first = RoadGraph::open(out);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ((*first)->source(), "edges.csv");
    ASSERT_TRUE(import(input, out));
    EXPECT_EQ((*first)->name(road_named(**first, "Side")), "Side");
    EXPECT_EQ(files().size(), 3U);
}

// A failed import leaves nothing behind and an older file as it was.
TEST_F(Import, FailuresLeaveNothingBehind) {
    const std::string out = (folder_ / "town.roads").string();
    const std::string broken = write("town.osm.pbf", "this is no map");
    EXPECT_EQ(import(broken, out).error().reason, "OSM_FILE_BROKEN");
    EXPECT_EQ(files(), std::vector<std::string>{"town.osm.pbf"});
    EXPECT_EQ(import(write("edges.csv", kEdges), out).error().reason, "ROAD_TABLE_UNREADABLE");
    write("nodes.csv", kNodes);
    EXPECT_EQ(
        import((folder_ / "edges.csv").string(), (folder_ / "no/where").string()).error().reason,
        "ROADS_FILE_NOT_WRITTEN");
    EXPECT_EQ(import((folder_ / "missing.zip").string(), out).error().reason,
              "ROAD_TABLE_UNREADABLE");
    EXPECT_EQ(import(write("no.zip", "PK"), out).error().reason, "ROAD_TABLE_BROKEN");
    std::filesystem::create_directory(out);
    EXPECT_EQ(import((folder_ / "edges.csv").string(), out).error().reason,
              "ROADS_FILE_NOT_WRITTEN");
    EXPECT_THAT(files(), testing::UnorderedElementsAre("town.osm.pbf", "edges.csv", "nodes.csv",
                                                       "no.zip", "town.roads"));
}

// JEMSS tables are also read from a folder.
TEST_F(Import, ReadsJemssFolders) {
    write("arcs.csv", kJemssArcs + "");
    std::string both_ways = kJemssArcs;
    both_ways.insert(both_ways.size() - 2, "4.0,3.0,2.0,0.2,1.4e-4,2.0e-4\n");
    write("arcs.csv", both_ways);
    write("nodes.csv", kJemssNodes);
    const std::string out = (folder_ / "town.roads").string();
    const auto report = import(folder_.string(), out);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->build.roads, 1U);
    EXPECT_EQ(report->build.joined_roads, 1U);
}

}  // namespace
}  // namespace liandong::routing
