#include "common/base/random.h"
#include "common/routing/import/osm_network.h"
#include "common/routing/search.h"
#include "tests/unit/routing/small_roads.h"
#include "tests/unit/routing/tiny_pbf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <set>
#include <string>
#include <vector>

namespace liandong::routing {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

/// A town of nine crossings, 0.001° apart; node 10 × row + column. Streets by name "A" to "C" run
/// east on rows 0 to 2, "x" to "z" north on columns 0 to 2.
const char* const kNodes = R"(
<node id="0" lat="30.000" lon="114.000"/><node id="1" lat="30.000" lon="114.001"/>
<node id="2" lat="30.000" lon="114.002"/><node id="10" lat="30.001" lon="114.000"/>
<node id="11" lat="30.001" lon="114.001"/><node id="12" lat="30.001" lon="114.002"/>
<node id="20" lat="30.002" lon="114.000"/><node id="21" lat="30.002" lon="114.001"/>
<node id="22" lat="30.002" lon="114.002"/>)";

std::string way(int id, std::initializer_list<int> nodes, std::string_view name,
                std::string_view more = "") {
    std::string out = "<way id=\"" + std::to_string(id) + "\">";
    for (const int node : nodes) out += "<nd ref=\"" + std::to_string(node) + "\"/>";
    out += "<tag k=\"highway\" v=\"residential\"/><tag k=\"name\" v=\"";
    return out + std::string(name) + "\"/>" + std::string(more) + "</way>\n";
}

std::string grid_ways() {
    return way(1, {0, 1, 2}, "A") + way(2, {10, 11}, "B") + way(3, {11, 12}, "B2") +
           way(4, {20, 21, 22}, "C") + way(5, {0, 10, 20}, "x") + way(6, {1, 11}, "y") +
           way(7, {11, 21}, "y2") + way(8, {2, 12, 22}, "z");
}

std::string osm(std::string_view inside) {
    return "<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">" + std::string(inside) +
           "</osm>\n";
}

std::string restriction(std::string_view value, int from, int via, int to,
                        std::string_view more = "") {
    return "<relation id=\"1\"><member type=\"way\" role=\"from\" ref=\"" + std::to_string(from) +
           "\"/><member type=\"node\" role=\"via\" ref=\"" + std::to_string(via) +
           "\"/><member type=\"way\" role=\"to\" ref=\"" + std::to_string(to) +
           "\"/><tag k=\"type\" v=\"restriction\"/><tag k=\"restriction\" v=\"" +
           std::string(value) + "\"/>" + std::string(more) + "</relation>";
}

struct Town {
    std::shared_ptr<const RoadGraph> graph;
    OsmNotes notes;
};

Town town(std::string_view bytes) {
    Town town;
    auto draft = read_osm_network_bytes(bytes, town.notes);
    EXPECT_TRUE(draft) << (draft ? "" : draft.error().message);
    BuildReport report;
    const auto file = build_roads(std::move(*draft), {.contract = false}, report);
    EXPECT_TRUE(file) << (file ? "" : file.error().message);
    town.graph = *RoadGraph::from_bytes(*file);
    return town;
}

std::vector<std::string> way_between(const Town& town, Profile profile, domain::Point from,
                                     domain::Point to) {
    const Weights weights(town.graph, profile);
    Search search(town.graph);
    const auto start = snap(weights, from), goal = snap(weights, to);
    if (!start || !goal) return {"unsnapped"};
    const auto route = search.route(weights, start->at, goal->at);
    if (!route) return {"none"};
    std::vector<std::string> names;
    for (const ArcId arc : route->arcs) {
        const std::string name(town.graph->name(town.graph->road(arc)));
        if (names.empty() || names.back() != name) names.push_back(name);
    }
    return names;
}

// In the middle of "y", going north, and the middle of "B2".
constexpr domain::Point kOnY{300'005'000, 1'140'010'000}, kOnB2{300'010'000, 1'140'015'000},
    kOnY2{300'015'000, 1'140'010'000}, kOnB{300'010'000, 1'140'005'000};

// Streets are parted at crossings, and the shortest way is found.
TEST(OsmNetwork, ReadsStreets) {
    const Town plain = town(osm(kNodes + grid_ways()));
    EXPECT_EQ(plain.notes.ways, 8U);
    EXPECT_EQ(plain.graph->road_count(), 12U);
    EXPECT_EQ(plain.graph->node_count(), 9U);
    EXPECT_THAT(way_between(plain, Profile::kEmergency, kOnY, kOnB2), ElementsAre("y", "B2"));
}

// A banned turn is not taken by what drives and is by who walks; `except` frees; only_* bans all
// others.
TEST(OsmNetwork, TurnRestrictions) {
    const std::string grid = kNodes + grid_ways();
    const Town banned = town(osm(grid + restriction("no_right_turn", 6, 11, 3)));
    EXPECT_EQ(banned.notes.turn_bans, 1U);
    // Left, round at the next crossing, and straight on.
    EXPECT_THAT(way_between(banned, Profile::kEmergency, kOnY, kOnB2), ElementsAre("y", "B", "B2"));
    EXPECT_THAT(way_between(banned, Profile::kFoot, kOnY, kOnB2), ElementsAre("y", "B2"));
    EXPECT_THAT(way_between(banned, Profile::kEmergency, kOnB2, kOnY), ElementsAre("B2", "y"));
    const Town freed = town(
        osm(grid + restriction("no_right_turn", 6, 11, 3, "<tag k=\"except\" v=\"emergency\"/>")));
    EXPECT_THAT(way_between(freed, Profile::kEmergency, kOnY, kOnB2), ElementsAre("y", "B2"));
    EXPECT_NE(way_between(freed, Profile::kCar, kOnY, kOnB2).size(), 2U);
    const Town only = town(osm(grid + restriction("only_left_turn", 6, 11, 2)));
    EXPECT_EQ(only.notes.turn_bans, 1U);
    EXPECT_THAT(way_between(only, Profile::kEmergency, kOnY, kOnB), ElementsAre("y", "B"));
    EXPECT_NE(way_between(only, Profile::kEmergency, kOnY, kOnY2).size(), 2U);
    EXPECT_NE(way_between(only, Profile::kEmergency, kOnY, kOnB2).size(), 2U);
    const Town unclear = town(osm(grid + restriction("no_right_turn", 6, 21, 3)));
    EXPECT_EQ(unclear.notes.bans_unclear, 1U);
    EXPECT_EQ(unclear.notes.turn_bans, 0U);
}

// A gate on a street parts it for those it stops and delays the others; a bollard stops what
// drives.
TEST(OsmNetwork, Barriers) {
    std::string nodes = kNodes;
    nodes +=
        "<node id=\"50\" lat=\"30.0008\" lon=\"114.001\"><tag k=\"barrier\" v=\"gate\"/>"
        "<tag k=\"access\" v=\"private\"/></node>";
    std::string ways = way(1, {0, 1, 2}, "A") + way(2, {10, 11}, "B") + way(3, {11, 12}, "B2") +
                       way(5, {0, 10}, "x") + way(6, {1, 50, 11}, "y") + way(8, {2, 12}, "z");
    const Town gated = town(osm(nodes + ways));
    EXPECT_EQ(gated.notes.barriers, 1U);
    EXPECT_NE(way_between(gated, Profile::kCar, kOnY, kOnB2).front(), "none");
    EXPECT_EQ(way_between(gated, Profile::kCar, kOnY, kOnB2).size(), 4U);
    EXPECT_THAT(way_between(gated, Profile::kEmergency, kOnY, kOnB2),
                ElementsAre("y", "", "y", "B2"));
    const Weights weights(gated.graph, Profile::kEmergency);
    const auto from = snap(weights, kOnY), to = snap(weights, kOnB2);
    Search search(gated.graph);
    const auto route = search.route(weights, from->at, to->at);
    ASSERT_TRUE(route);
    EXPECT_GT(route->trip.time.count(), 20'000);
}

// A way whose nodes are not all in the file is read as far as they are.
TEST(OsmNetwork, CutWays) {
    const Town cut = town(osm(kNodes + grid_ways() + way(9, {22, 98, 99, 2}, "out")));
    EXPECT_EQ(cut.notes.cut_ways, 1U);
    EXPECT_EQ(road_named(*cut.graph, "out"), kNone);
}

// Deleted elements are not there; elements of other kinds are passed over.
TEST(OsmNetwork, PassesOver) {
    std::string deleted = way(9, {0, 22}, "gone");
    deleted.replace(0, 4, "<way visible=\"false\"");
    const Town plain = town(osm(kNodes + grid_ways() + deleted +
                                "<changeset id=\"1\"><tag k=\"a\" v=\"b\"/></changeset>"));
    EXPECT_EQ(plain.notes.ways, 8U);
}

TinyPbf tiny() {
    TinyPbf pbf;
    pbf.node(1, 30.0, 114.0);
    pbf.node(2, 30.001, 114.0, {{"barrier", "gate"}});
    pbf.node(3, 30.002, 114.0);
    pbf.node(4, 30.002, 114.001);
    pbf.node(5, 30.0, 114.001);
    pbf.way(1, {1, 2, 3}, {{"highway", "primary"}, {"name", "North"}});
    pbf.way(2, {3, 4}, {{"highway", "residential"}, {"name", "East"}});
    pbf.way(3, {4, 5, 1}, {{"highway", "service"}, {"name", "Back"}, {"maxheight", "3"}});
    pbf.relation(1, {{'w', 1, "from"}, {'n', 3, "via"}, {'w', 2, "to"}},
                 {{"type", "restriction"}, {"restriction", "no_right_turn"}});
    return pbf;
}

// PBF says the same whether its blocks are packed or not, its nodes dense or plain.
TEST(Pbf, ReadsAllForms) {
    std::vector<Draft> drafts;
    for (const bool zlib : {true, false}) {
        for (const bool dense : {true, false}) {
            OsmNotes notes;
            auto draft = read_osm_network_bytes(tiny().bytes({zlib, dense}), notes);
            ASSERT_TRUE(draft) << draft.error().message;
            EXPECT_EQ(notes.ways, 3U);
            EXPECT_EQ(notes.barriers, 1U);
            EXPECT_EQ(notes.turn_bans, 1U);
            drafts.push_back(std::move(*draft));
        }
    }
    for (const Draft& draft : drafts) EXPECT_EQ(bytes_of(draft), bytes_of(drafts.front()));
}

std::string reason_of(std::string_view bytes) {
    OsmNotes notes;
    const auto draft = read_osm_network_bytes(bytes, notes);
    return draft ? "" : draft.error().reason;
}

// A file that needs what we do not know, is cut short, or is something else gets the one reason.
TEST(Pbf, BrokenFilesAreRefused) {
    EXPECT_EQ(reason_of(tiny().bytes({.required_feature = "LocationsOnWays2"})), "OSM_FILE_BROKEN");
    const std::string whole = tiny().bytes({});
    std::size_t sound = 0;
    for (std::size_t size = 0; size < whole.size(); ++size)
        sound += reason_of(whole.substr(0, size)).empty() ? 1 : 0;
    // Only where its header block ends could it end, too.
    EXPECT_EQ(sound, 1U);
    for (const char* other : {"", "a", "hello, this is a text", "PK\x03\x04 zip", "[1,2,3]"})
        EXPECT_EQ(reason_of(other), "OSM_FILE_BROKEN") << other;
    OsmNotes notes;
    EXPECT_EQ(read_osm_network("/nowhere.osm.pbf", notes, [](double) {}).error().reason,
              "OSM_FILE_UNREADABLE");
}

/// Changes, takes away or doubles some bytes.
std::string mutated(std::string bytes, Random& random) {
    for (std::uint64_t i = 0; i <= random.below(4) && !bytes.empty(); ++i) {
        const std::size_t at = random.below(bytes.size());
        const std::size_t size = std::min<std::size_t>(1 + random.below(8), bytes.size() - at);
        switch (random.below(4)) {
        case 0: bytes[at] = static_cast<char>(random.below(256)); break;
        case 1: bytes[at] ^= static_cast<char>(1 << random.below(8)); break;
        case 2: bytes.erase(at, size); break;
        case 3: bytes.insert(at, bytes.substr(at, size)); break;
        }
    }
    return bytes;
}

/// Whatever is read is a network or an error, never a crash; what can be read can be built.
void read_mutations(const std::string& whole, std::uint64_t seeds) {
    std::set<std::string> reasons;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        SeededRandom random(seed);
        OsmNotes notes;
        auto draft = read_osm_network_bytes(mutated(whole, random), notes);
        if (!draft) {
            reasons.insert(draft.error().reason);
            continue;
        }
        BuildReport report;
        const auto file = build_roads(std::move(*draft), {}, report);
        if (file) {
            ASSERT_TRUE(RoadGraph::from_bytes(*file)) << "seed " << seed;
        } else {
            EXPECT_EQ(file.error().reason, "NO_ROADS") << "seed " << seed;
        }
    }
    EXPECT_THAT(reasons, UnorderedElementsAre("OSM_FILE_BROKEN"));
}

TEST(Pbf, MutationsNeverCrash) { read_mutations(tiny().bytes({.zlib = false}), 3'000); }

TEST(Pbf, MutationsOfPlainNodesNeverCrash) {
    read_mutations(tiny().bytes({.zlib = false, .dense = false}), 1'000);
}

TEST(Pbf, MutationsOfPackedBlocksNeverCrash) { read_mutations(tiny().bytes({}), 1'000); }

TEST(Xml, MutationsNeverCrash) {
    read_mutations(osm(kNodes + grid_ways() + restriction("no_right_turn", 6, 11, 3)), 3'000);
}

std::string gzipped(std::string_view text) {
    z_stream stream{};
    EXPECT_EQ(
        ::deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
        Z_OK);
    std::string out(::deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    ::deflateEnd(&stream);
    return out;
}

// Gzipped XML is read as what it holds, also of several members; cut or damaged, it is refused.
TEST(Xml, ReadsGzip) {
    const std::string plain = osm(kNodes + grid_ways());
    EXPECT_EQ(reason_of(gzipped(plain)), "");
    EXPECT_EQ(reason_of(gzipped(plain.substr(0, 300)) + gzipped(plain.substr(300))), "");
    const std::string packed = gzipped(plain);
    EXPECT_EQ(reason_of(packed.substr(0, packed.size() / 2)), "OSM_FILE_BROKEN");
    read_mutations(packed, 500);
}

// XML that is cut, is no <osm>, declares entities, or has an element without a number is refused,
// and the line is told.
TEST(Xml, BrokenFilesAreRefused) {
    for (const std::string& bytes :
         {osm(kNodes).substr(0, 200), std::string("<html></html>"),
          osm("<node lat=\"1\" lon=\"2\"/>"), osm("<way id=\"1\"><nd/></way>"),
          std::string("<!DOCTYPE osm [<!ENTITY a \"aaaa\">]><osm>&a;</osm>")}) {
        OsmNotes notes;
        const auto draft = read_osm_network_bytes(bytes, notes);
        ASSERT_FALSE(draft) << bytes;
        EXPECT_EQ(draft.error().reason, "OSM_FILE_BROKEN");
        EXPECT_NE(draft.error().find("line"), "");
    }
}

}  // namespace
}  // namespace liandong::routing
