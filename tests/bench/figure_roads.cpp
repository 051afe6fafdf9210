#include "common/base/check.h"
#include "common/base/random.h"
#include "common/routing/import/import.h"
#include "common/routing/plane.h"
#include "common/routing/search.h"
#include "tests/bench/boost_dijkstra.h"
#include "tests/bench/figures.h"

#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <unistd.h>

namespace liandong::bench {
namespace {

using namespace routing;
using Graph = std::shared_ptr<const RoadGraph>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kNearest = 5;
constexpr auto kEverybody = [](std::uint32_t) { return true; };

double millis_since(Clock::time_point begun) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

std::uint32_t below(Random& random, std::size_t bound) {
    return static_cast<std::uint32_t>(random.below(bound));
}

/// A place exactly on a node: the end of a road for who starts there, the beginning for who goes
/// there.
RoadPosition at_node(const RoadGraph& graph, ArcId arc, bool at_head) {
    RoadPosition at;
    at.road = graph.road(arc);
    at.forward = graph.is_forward(arc);
    at.backward = !at.forward;
    at.along = at.forward == at_head ? 1 : 0;
    return at;
}

/// Where something may stand: as one who starts there, and as one that is gone to.
struct Place {
    RoadPosition start, goal;
};

/// Every node of a graph, on its own roads.
std::vector<Place> node_places(const Weights& weights) {
    const RoadGraph& graph = weights.graph();
    std::vector<Place> places(graph.node_count());
    for (ArcId arc = 0; arc < graph.arc_count(); ++arc) {
        if (!weights.open(arc)) continue;
        places[graph.head(arc)].start = at_node(graph, arc, true);
        places[graph.tail(arc)].goal = at_node(graph, arc, false);
    }
    return places;
}

std::uint64_t key_of(domain::Point point) {
    return std::uint64_t{static_cast<std::uint32_t>(point.latitude_e7)} << 32 |
           static_cast<std::uint32_t>(point.longitude_e7);
}

/// The same nodes on the roads of the file in which roads are joined: there most of them are points
/// of a road's line. Road kNone: two nodes lie at one point, or it is not there.
std::vector<Place> joined_places(const RoadGraph& whole, const Weights& joined) {
    const RoadGraph& graph = joined.graph();
    absl::flat_hash_map<std::uint64_t, Place> by_point;
    for (RoadId road = 0; road < graph.road_count(); ++road) {
        const auto line = graph.line(road);
        for (std::size_t i = 1; i + 1 < line.size(); ++i) {
            RoadPosition at;
            at.road = road;
            at.along = along_of(line, {i, 0});
            at.forward = joined.along(road, true) != kNoEntry;
            at.backward = joined.along(road, false) != kNoEntry;
            by_point[key_of(line[i])] = {at, at};
        }
    }
    const std::vector<Place> nodes = node_places(joined);
    for (NodeId node = 0; node < graph.node_count(); ++node)
        by_point[key_of(graph.point(node))] = nodes[node];
    absl::flat_hash_map<std::uint64_t, int> nodes_at;
    for (NodeId node = 0; node < whole.node_count(); ++node) ++nodes_at[key_of(whole.point(node))];
    std::vector<Place> places(whole.node_count());
    for (NodeId node = 0; node < whole.node_count(); ++node) {
        const std::uint64_t key = key_of(whole.point(node));
        const auto found = by_point.find(key);
        if (nodes_at[key] == 1 && found != by_point.end()) places[node] = found->second;
    }
    return places;
}

/// Units and incidents, on nodes, drawn anew for each round.
struct Question {
    std::vector<NodeId> units, incidents;
};

Question draw(const std::vector<Place>& places, std::size_t units, std::size_t incidents,
              std::uint64_t seed) {
    SeededRandom random(seed);
    const auto somewhere = [&] {
        for (int draws = 0;; ++draws) {
            LIANDONG_CHECK(draws < 1'000'000);  // nearly no node is a place: the file is not ours
            const NodeId node = below(random, places.size());
            if (places[node].start.road != kNone && places[node].goal.road != kNone) return node;
        }
    };
    Question question;
    for (std::size_t i = 0; i < units; ++i) question.units.push_back(somewhere());
    for (std::size_t i = 0; i < incidents; ++i) question.incidents.push_back(somewhere());
    return question;
}

using Answers = std::vector<std::vector<std::uint32_t>>;

std::vector<std::uint32_t> nearest_millis(const Nearest& nearest) {
    std::vector<std::uint32_t> millis;
    for (const NearestUnit& one : nearest.units)
        millis.push_back(static_cast<std::uint32_t>(one.trip.time.count()));
    return millis;
}

/// Mean milliseconds of one search; the times found go into `answers`.
double time_nearest(Search& search, const Weights& weights, const std::vector<Place>& places,
                    const Question& question, Answers& answers) {
    UnitIndex units(weights.graph());
    for (std::uint32_t unit = 0; unit < question.units.size(); ++unit)
        units.place(unit, places[question.units[unit]].start);
    std::vector<Nearest> found;
    found.reserve(question.incidents.size());
    const auto begun = Clock::now();
    for (const NodeId node : question.incidents) {
        found.push_back(search.nearest(weights, places[node].goal, units, kNearest, kEverybody));
    }
    const double took = millis_since(begun) / static_cast<double>(question.incidents.size());
    answers.clear();
    for (const Nearest& one : found) answers.push_back(nearest_millis(one));
    return took;
}

double time_full(Search& search, const Weights& weights, const std::vector<Place>& places,
                 const Question& question) {
    const SearchBounds unbounded{.time_max = std::chrono::milliseconds(kArcMillis_max)};
    const auto begun = Clock::now();
    for (const NodeId node : question.incidents) {
        const auto times = search.times_to(weights, places[node].goal, unbounded);
        LIANDONG_CHECK(!times.empty());
    }
    return millis_since(begun) / static_cast<double>(question.incidents.size());
}

double time_boost(BoostDijkstra& boost, const Question& question, Answers& answers) {
    double took = 0;
    answers.clear();
    for (const NodeId incident : question.incidents) {
        const auto begun = Clock::now();
        const auto& times = boost.times_to(incident);
        took += millis_since(begun);
        auto& nearest = answers.emplace_back();
        for (const NodeId node : question.units) nearest.push_back(times[node]);
        std::ranges::sort(nearest);
        nearest.resize(std::min(nearest.size(), kNearest));
    }
    return took / static_cast<double>(question.incidents.size());
}

/// Equal but for `share` of the time and 20 ms, which the rounding of joined roads may cost.
void check_equal(const Answers& a, const Answers& b, double share) {
    LIANDONG_CHECK(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        LIANDONG_CHECK(a[i].size() == b[i].size());
        for (std::size_t j = 0; j < a[i].size(); ++j) {
            const double apart = std::abs(double(a[i][j]) - double(b[i][j]));
            LIANDONG_CHECK(apart <= (share > 0 ? share * a[i][j] + 20 : 0));
        }
    }
}

Graph graph_of(const std::string& bytes) {
    auto graph = RoadGraph::from_bytes(bytes);
    LIANDONG_CHECK(graph.has_value());
    return *graph;
}

/// A square of streets both ways, 5 to 15 s from corner to corner.
Graph grid(std::uint32_t side, std::uint64_t seed, bool joined) {
    constexpr std::int32_t kStep = 10'000;  // 0.001°
    SeededRandom random(seed);
    Draft draft;
    draft.source = "grid";
    for (std::uint32_t i = 0; i < side * side; ++i) {
        draft.nodes.push_back({300'000'000 + static_cast<std::int32_t>(i / side) * kStep,
                               1'140'000'000 + static_cast<std::int32_t>(i % side) * kStep});
    }
    const auto join = [&](std::uint32_t a, std::uint32_t b) {
        DraftRoad road;
        road.begin = a;
        road.end = b;
        road.line = {draft.nodes[a], draft.nodes[b]};
        road.meters = 100;
        road.forward.fill(5'000 + below(random, 10'000));
        road.backward.fill(5'000 + below(random, 10'000));
        draft.roads.push_back(std::move(road));
    };
    for (std::uint32_t i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) join(i, i + 1);
        if (i / side + 1 < side) join(i, i + side);
    }
    BuildReport report;
    const auto bytes =
        build_roads(std::move(draft), {.contract = joined, .simplify_meters = 0}, report);
    LIANDONG_CHECK(bytes.has_value());
    return graph_of(*bytes);
}

std::string shared_file(const char* path) {
    const char* shared = std::getenv("LIANDONG_SHARED");
    return shared == nullptr ? std::string() : std::string(shared) + "/" + path;
}

/// Auckland, with every node of its tables or with roads joined, as an import does by default;
/// without the data, for the smoke run, a small grid.
Graph auckland(const Options& options, bool joined) {
    const std::string file = shared_file("data/jemss-auckland/travel/roads/roads.zip");
    if (options.quick || file.empty()) return grid(options.quick ? 30 : 233, 1, joined);
    ImportReport report;
    const auto bytes = import_bytes({file, "", {.contract = joined, .simplify_meters = 0}}, report,
                                    [](std::string_view, double) {});
    LIANDONG_CHECK(bytes.has_value());
    return graph_of(*bytes);
}

struct CityRounds {
    std::vector<double> whole, joined, full, joined_full, boost;
    std::vector<double> over_full, over_boost, same_graph, same_joined;
};

CityRounds measure_city(const Graph& whole, const Graph& joined, const Options& options) {
    const Sizes& sizes = options.sizes();
    const Weights weights(whole, Profile::kEmergency), joined_weights(joined, Profile::kEmergency);
    const auto places = node_places(weights), points = joined_places(*whole, joined_weights);
    Search search(whole), joined_search(joined);
    BoostDijkstra boost(*whole, Profile::kEmergency);
    CityRounds rounds;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        progress("roads", fmt::format("city, round {}/{}", i + 1, sizes.rounds));
        const Question question = draw(points, 100, sizes.roads_questions, i + 1);
        Answers ours, on_joined, theirs;
        const double nearest = time_nearest(search, weights, places, question, ours);
        const double quick =
            time_nearest(joined_search, joined_weights, points, question, on_joined);
        const double full = time_full(search, weights, places, question);
        const double joined_full = time_full(joined_search, joined_weights, points, question);
        const double other = time_boost(boost, question, theirs);
        check_equal(ours, theirs, 0);
        check_equal(on_joined, theirs, 0.005);
        rounds.whole.push_back(nearest);
        rounds.joined.push_back(quick);
        rounds.full.push_back(full);
        rounds.joined_full.push_back(joined_full);
        rounds.boost.push_back(other);
        rounds.over_full.push_back(quick / full);
        rounds.over_boost.push_back(quick / (other / 20));
        rounds.same_graph.push_back(nearest / full);
        rounds.same_joined.push_back(quick / joined_full);
    }
    return rounds;
}

Metrics city_figures(const Options& options) {
    const Graph whole = auckland(options, false), joined = auckland(options, true);
    const CityRounds rounds = measure_city(whole, joined, options);
    const std::string sizes =
        fmt::format("{} nodes, joined {}", whole->node_count(), joined->node_count());
    return {{"roads_nearest5_over_full", "", spread_of(rounds.over_full), at_most(0.025),
             spread_of(rounds.full), "ms",
             fmt::format("mean search for the 5 nearest of 100 random units, on the file as it is "
                         "imported, over one to all nodes of the network as it was given; {}, one "
                         "thread",
                         sizes)},
            {"roads_nearest5_over_boost", "", spread_of(rounds.over_boost), at_most(1),
             spread_of(rounds.boost), "ms",
             "the same over a twentieth of Boost.Graph's full Dijkstra; the same answers to 0.5 %"},
            {"roads_nearest5_ms", "ms", spread_of(rounds.joined), {}, {}, "", "the same search"},
            {"roads_nearest5_over_full_joined",
             "",
             spread_of(rounds.same_joined),
             {},
             spread_of(rounds.joined_full),
             "ms",
             "both on the file as it is imported; a ball around 5 of 100 units is a twentieth"},
            {"roads_nearest5_over_full_whole",
             "",
             spread_of(rounds.same_graph),
             {},
             spread_of(rounds.full),
             "ms",
             "both on the network as it was given; answers equal to Boost's to the millisecond"},
            {"roads_nearest5_whole_ms",
             "ms",
             spread_of(rounds.whole),
             {},
             {},
             "",
             "the search on the network as it was given"}};
}

Metric grid_figure(const Options& options) {
    const Sizes& sizes = options.sizes();
    progress("roads", "grid");
    const Graph graph = grid(sizes.roads_grid_side, 7, false);
    const Weights weights(graph, Profile::kEmergency);
    const auto places = node_places(weights);
    Search search(graph);
    std::vector<double> rounds;
    Answers answers;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        const Question question = draw(places, 1'000, sizes.roads_questions, i + 1);
        rounds.push_back(time_nearest(search, weights, places, question, answers));
    }
    return {"roads_grid_nearest5_ms",
            "ms",
            spread_of(rounds),
            at_most(1.2),
            {},
            "",
            fmt::format("5 nearest of 1,000 units, synthetic grid, {} nodes, {} arcs, one thread",
                        graph->node_count(), graph->arc_count())};
}

Metrics file_figures(const Options& options) {
    const std::string map = shared_file("data/osm-extracts/valhalla_liechtenstein-latest.osm.pbf");
    if (map.empty()) {
        progress("roads", "LIANDONG_SHARED is not set: no figures of files");
        return {};
    }
    std::vector<double> imports, loads, bytes_an_arc;
    const std::string file = fmt::format("/tmp/liandong-bench-roads.{}", ::getpid());
    for (std::size_t i = 0; i < options.sizes().rounds; ++i) {
        progress("roads", fmt::format("files, round {}/{}", i + 1, options.sizes().rounds));
        auto begun = Clock::now();
        const auto report = import_roads({map, "", {}}, file, [](std::string_view, double) {});
        imports.push_back(millis_since(begun) / 1000);
        LIANDONG_CHECK(report.has_value());
        begun = Clock::now();
        const auto graph = RoadGraph::open(file);
        loads.push_back(millis_since(begun));
        LIANDONG_CHECK(graph.has_value());
        bytes_an_arc.push_back(static_cast<double>((*graph)->file_bytes()) /
                               static_cast<double>((*graph)->arc_count()));
    }
    std::remove(file.c_str());
    return {{"roads_import_s",
             "s",
             spread_of(imports),
             at_most(2),
             {},
             "",
             "Liechtenstein, .osm.pbf of 1.3 MB to roads file, on disk"},
            {"roads_load_ms",
             "ms",
             spread_of(loads),
             at_most(20),
             {},
             "",
             "mapping that file, its checksum and every index checked"},
            {"roads_bytes_an_edge",
             "bytes",
             spread_of(bytes_an_arc),
             at_most(100),
             {},
             "",
             "of the file and so of memory, lines, names and index of lines included"}};
}

}  // namespace

Metrics measure_roads(const Options& options) {
    Metrics all = city_figures(options);
    all.push_back(grid_figure(options));
    for (Metric& one : file_figures(options)) all.push_back(std::move(one));
    return all;
}

}  // namespace liandong::bench
