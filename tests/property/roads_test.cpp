#include "common/routing/road_file.h"
#include "common/routing/search.h"
#include "tests/property/random_roads.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace liandong::routing {
namespace {

constexpr std::uint64_t kSeeds = 3'000;
constexpr Timestamp kNow{Duration{1'764'000'000'000'000}};

std::shared_ptr<const RoadGraph> graph_of(Draft draft, bool contracted) {
    BuildReport report;
    const auto bytes =
        build_roads(std::move(draft), {.contract = contracted, .simplify_meters = 0}, report);
    if (!bytes) return nullptr;
    auto graph = RoadGraph::from_bytes(*bytes);
    EXPECT_TRUE(graph) << graph.error().message;
    return graph ? *graph : nullptr;
}

std::uint32_t draft_road(const RoadGraph& graph, RoadId road) {
    const std::string_view name = graph.name(road);
    std::uint32_t number = 0;
    std::from_chars(name.data(), name.data() + name.size(), number);
    return number;
}

/// One random network, a profile, closures, units, and both ways to ask.
class Round {
public:
    explicit Round(std::uint64_t seed) : random_(seed), draft_(random_draft(random_)) {
        graph_ = graph_of(draft_, true);
        if (!graph_) return;
        profile_ = static_cast<Profile>(random_.below(kProfiles));
        close_some();
        weights_ =
            std::make_unique<Weights>(Weights::for_vehicle(graph_, profile_, {}, closures_, kNow));
        slow_ = std::make_unique<SlowRoads>(draft_, profile_, closed_);
    }

    bool has_roads() const { return graph_ != nullptr; }
    const std::shared_ptr<const RoadGraph>& graph() const { return graph_; }
    const Weights& weights() const { return *weights_; }
    std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

    RoadPosition place() {
        RoadPosition at;
        at.road = static_cast<RoadId>(random_.below(graph_->road_count()));
        // Ends and repeated places are where ties are.
        at.along = static_cast<double>(random_.below(5)) / 4;
        at.forward = weights_->along(at.road, true) != kNoEntry && random_.below(8) > 0;
        at.backward = weights_->along(at.road, false) != kNoEntry && random_.below(8) > 0;
        return at;
    }
    std::uint32_t slow_time(const RoadPosition& from, const RoadPosition& to) const {
        return slow_->time(of_draft(from), of_draft(to));
    }

private:
    SlowRoads::Place of_draft(const RoadPosition& at) const {
        return {draft_road(*graph_, at.road), at.along, at.forward, at.backward};
    }

    void close_some() {
        for (std::uint64_t i = random_.below(3); i > 0; --i) {
            Closure closure;
            closure.id = std::to_string(i);
            closure.road = static_cast<RoadId>(random_.below(graph_->road_count()));
            closure.backward = random_.below(2) == 0;
            closure.until = kNow + std::chrono::seconds(random_.below(2));
            closure.profiles.fill(random_.below(4) > 0);
            ASSERT_TRUE(closures_.put(closure));
            if (closure.until <= kNow || !closure.profiles[0]) continue;
            closed_.insert({draft_road(*graph_, closure.road), true});
            if (closure.backward) closed_.insert({draft_road(*graph_, closure.road), false});
        }
    }

    SeededRandom random_;
    Draft draft_;
    std::shared_ptr<const RoadGraph> graph_;
    Profile profile_{};
    Closures closures_;
    std::set<std::pair<std::uint32_t, bool>> closed_;
    std::unique_ptr<Weights> weights_;
    std::unique_ptr<SlowRoads> slow_;
};

/// What `nearest` must say: by time, then unit.
std::vector<std::pair<std::uint32_t, std::uint32_t>> slow_nearest(
    const Round& round, const std::vector<RoadPosition>& units, const RoadPosition& incident,
    std::size_t k, const std::vector<bool>& eligible) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> all;
    for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
        const std::uint32_t time = round.slow_time(units[unit], incident);
        if (eligible[unit] && time != kNoEntry) all.emplace_back(time, unit);
    }
    std::ranges::sort(all);
    all.resize(std::min(all.size(), k));
    return all;
}

void expect_whole(const Trip& trip) {
    double sum = 0;
    for (const double meters : trip.by_class) sum += meters;
    EXPECT_NEAR(sum, trip.meters, 1e-6);
}

// The nearest units, their order and times are those of an exhaustive search over roads and turns:
// thousands of random networks with one-way roads, rings, parallel roads, islands, turn bans and
// closures.
TEST(Roads, NearestEqualsBruteForce) {
    std::size_t answers = 0, with_twins = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Round round(seed);
        if (!round.has_roads()) continue;
        with_twins += round.graph()->data().counts.twins > 0 ? 1 : 0;
        Search search(round.graph());
        UnitIndex index(*round.graph());
        std::vector<RoadPosition> units;
        std::vector<bool> eligible;
        for (std::uint32_t unit = 0; unit < 1 + round.below(8); ++unit) {
            index.place(unit, round.place());  // so that the second moves it
            units.push_back(round.place());
            eligible.push_back(round.below(4) > 0);
            index.place(unit, units.back());
        }
        for (int question = 0; question < 3; ++question) {
            const RoadPosition incident = round.place();
            const std::size_t k = 1 + round.below(4);
            const Nearest nearest =
                search.nearest(round.weights(), incident, index, k,
                               [&](std::uint32_t unit) { return eligible[unit]; });
            std::vector<std::pair<std::uint32_t, std::uint32_t>> found;
            for (const NearestUnit& one : nearest.units) {
                found.emplace_back(static_cast<std::uint32_t>(one.trip.time.count()), one.unit);
                expect_whole(one.trip);
            }
            ASSERT_EQ(found, slow_nearest(round, units, incident, k, eligible)) << "seed " << seed;
            answers += found.size();
        }
    }
    EXPECT_GT(answers, kSeeds);
    EXPECT_GT(with_twins, kSeeds / 4);
}

/// The arcs follow one another, and their times add up to the trip's.
void expect_connected(const Weights& weights, const Route& route, std::uint64_t seed) {
    const RoadGraph& graph = weights.graph();
    ASSERT_FALSE(route.arcs.empty());
    for (std::size_t i = 1; i < route.arcs.size(); ++i) {
        ASSERT_EQ(graph.head(route.arcs[i - 1]), graph.tail(route.arcs[i])) << "seed " << seed;
        ASSERT_TRUE(weights.open(route.arcs[i])) << "seed " << seed;
    }
    EXPECT_EQ(graph.road(route.arcs.front()), route.from.road);
    EXPECT_EQ(graph.road(route.arcs.back()), route.to.road);
    std::uint32_t between = 0;
    for (std::size_t i = 1; i + 1 < route.arcs.size(); ++i) between += weights[route.arcs[i]];
    EXPECT_LE(between, route.trip.time.count());
    expect_whole(route.trip);
}

// Routes, both forms of matrix, and both one-to-all searches agree with the exhaustive search.
TEST(Roads, RoutesAndMatricesEqualBruteForce) {
    const SearchBounds far{.time_max = std::chrono::hours(24)};
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        Round round(seed);
        if (!round.has_roads()) continue;
        Search search(round.graph());
        std::vector<RoadPosition> from(1 + round.below(3)), to(1 + round.below(3));
        for (RoadPosition& place : from) place = round.place();
        for (RoadPosition& place : to) place = round.place();
        const auto matrix = search.matrix(round.weights(), from, to, far);
        for (std::size_t i = 0; i < from.size(); ++i) {
            for (std::size_t j = 0; j < to.size(); ++j) {
                const std::uint32_t expected = round.slow_time(from[i], to[j]);
                ASSERT_EQ(matrix[i * to.size() + j], expected) << "seed " << seed;
                const auto route = search.route(round.weights(), from[i], to[j], far);
                ASSERT_EQ(route.has_value(), expected != kNoEntry) << "seed " << seed;
                if (!route) continue;
                ASSERT_EQ(route->trip.time.count(), expected) << "seed " << seed;
                expect_connected(round.weights(), *route, seed);
            }
        }
    }
}

/// All roads two-way, at 10 m/s, without names or bans: most nodes can be contracted.
Draft plain_draft(std::uint64_t seed) {
    SeededRandom random(seed);
    Draft draft = random_draft(random);
    draft.bans.clear();
    for (DraftRoad& road : draft.roads) {
        road.name = 0;
        road.road_class = RoadClass::kOther;
        // Exactly the line's length, so that a share of the line is a share of the time.
        road.meters = 0;
        for (std::size_t i = 1; i < road.line.size(); ++i)
            road.meters += domain::distance(road.line[i - 1], road.line[i]).value;
        road.forward.fill(static_cast<std::uint32_t>(std::lround(road.meters * 100)));
        road.backward = road.forward;
    }
    return draft;
}

// Contraction changes no travel time and loses no metre, and where all roads go both ways, the way
// there takes as long as the way back.
TEST(Roads, ContractionKeepsTimesAndTwoWayRoadsAreSymmetric) {
    std::size_t contracted_roads = 0;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const auto full = graph_of(plain_draft(seed), false),
                   small = graph_of(plain_draft(seed), true);
        ASSERT_TRUE(full && small) << "seed " << seed;
        contracted_roads += full->road_count() - small->road_count();
        const Weights full_weights(full, Profile::kCar), small_weights(small, Profile::kCar);
        Search full_search(full), small_search(small);
        SeededRandom random(seed);
        for (int question = 0; question < 3; ++question) {
            const auto anywhere = [&random] {
                return domain::Point{
                    300'000'000 + static_cast<std::int32_t>(random.below(200'000)),
                    1'140'000'000 + static_cast<std::int32_t>(random.below(200'000))};
            };
            const domain::Point a = anywhere(), b = anywhere();
            const SnapOptions wide{.distance_max_meters = 50'000};
            const auto full_a = snap(full_weights, a, wide), full_b = snap(full_weights, b, wide);
            const auto small_a = snap(small_weights, a, wide),
                       small_b = snap(small_weights, b, wide);
            ASSERT_TRUE(full_a && full_b && small_a && small_b) << "seed " << seed;
            const auto there = full_search.route(full_weights, full_a->at, full_b->at);
            const auto contracted = small_search.route(small_weights, small_a->at, small_b->at);
            const auto back = small_search.route(small_weights, small_b->at, small_a->at);
            ASSERT_TRUE(there && contracted && back) << "seed " << seed;
            EXPECT_NEAR(static_cast<double>(there->trip.time.count()),
                        static_cast<double>(contracted->trip.time.count()), 20)
                << "seed " << seed;
            EXPECT_NEAR(there->trip.meters, contracted->trip.meters, 1) << "seed " << seed;
            EXPECT_NEAR(static_cast<double>(back->trip.time.count()),
                        static_cast<double>(contracted->trip.time.count()), 3)
                << "seed " << seed;
        }
    }
    EXPECT_GT(contracted_roads, 300U);
}

// The same draft gives the same bytes.
TEST(Roads, BuildingIsDeterministic) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        SeededRandom first(seed), second(seed);
        BuildReport report;
        EXPECT_EQ(build_roads(random_draft(first), {}, report),
                  build_roads(random_draft(second), {}, report))
            << "seed " << seed;
    }
}

// A bound in time or nodes is never exceeded, is told, and what is answered is right as far as it
// goes.
TEST(Roads, BoundsAreKeptAndTold) {
    std::size_t cut_by_time = 0, cut_by_nodes = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds / 3; ++seed) {
        Round round(seed);
        if (!round.has_roads()) continue;
        Search search(round.graph());
        UnitIndex index(*round.graph());
        std::vector<RoadPosition> units;
        for (std::uint32_t unit = 0; unit < 4; ++unit) {
            units.push_back(round.place());
            index.place(unit, units.back());
        }
        const RoadPosition incident = round.place();
        const std::vector<bool> all(units.size(), true);
        const auto expected = slow_nearest(round, units, incident, units.size(), all);
        const SearchBounds bounds{.time_max = std::chrono::milliseconds(round.below(40'000)),
                                  .settled_max = static_cast<std::uint32_t>(1 + round.below(12))};
        const Nearest nearest = search.nearest(
            round.weights(), incident, index, units.size(), [](std::uint32_t) { return true; },
            bounds);
        EXPECT_LE(nearest.settled, bounds.settled_max);
        cut_by_time += nearest.end == SearchEnd::kTime ? 1 : 0;
        cut_by_nodes += nearest.end == SearchEnd::kNodes ? 1 : 0;
        for (std::size_t i = 0; i < nearest.units.size(); ++i) {
            EXPECT_LE(nearest.units[i].trip.time, bounds.time_max);
            ASSERT_EQ(nearest.units[i].trip.time.count(), expected[i].first) << "seed " << seed;
        }
        if (nearest.end == SearchEnd::kFound) {
            ASSERT_EQ(nearest.units.size(), units.size());
        }
        if (nearest.end == SearchEnd::kExhausted && nearest.units.size() < expected.size()) {
            // Only a unit beyond time_max may be missing, whose last part was too long.
            EXPECT_GT(expected[nearest.units.size()].first, bounds.time_max.count());
        }
    }
    EXPECT_GT(cut_by_time, 10U);
    EXPECT_GT(cut_by_nodes, 10U);
}

}  // namespace
}  // namespace liandong::routing
