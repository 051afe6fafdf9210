#include "common/base/check.h"
#include "common/base/random.h"
#include "common/routing/draft.h"
#include "services/dispatch/policy/recommend.h"
#include "services/dispatch/policy/road_travel.h"
#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"
#include "tests/bench/server_facts.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <memory>

namespace liandong::bench {
namespace {

constexpr std::string_view kMethod = "liandong.dispatch.v1.DispatchService/RecommendUnits";

using Counts = std::map<std::string, std::uint64_t>;

/// Commands between two looks that the mirror's own heartbeat does not explain. The mirror asks
/// once a second for news (XREAD) and for the end of the log (GET); looking costs an INFO.
double unexplained(Counts before, const Counts& after, double seconds) {
    const auto heartbeats = static_cast<std::uint64_t>(std::ceil(seconds)) + 1;
    std::uint64_t sum = 0;
    for (const auto& [command, count] : after) {
        std::uint64_t called = count - before[command];
        if (command == "xread" || command == "get") called -= std::min(called, heartbeats);
        if (command != "info") sum += called;
    }
    return static_cast<double>(sum);
}

/// A county of `side` × `side` crossings, 46 km × 42 km, every fifth street a main road.
std::shared_ptr<const routing::RoadGraph> county_roads(std::uint32_t side) {
    using routing::Profile;
    using routing::RoadClass;
    routing::Draft draft;
    const auto step = [side](std::uint32_t i, double width) {
        return static_cast<std::int32_t>(width * 1e7 * i / side);
    };
    for (std::uint32_t i = 0; i < side * side; ++i) {
        draft.nodes.push_back(
            {307'200'000 + step(i / side, 0.42), 1'133'300'000 + step(i % side, 0.44)});
    }
    const auto join = [&](std::uint32_t begin, std::uint32_t end, std::uint32_t street) {
        routing::DraftRoad road;
        road.begin = begin;
        road.end = end;
        road.line = {draft.nodes[begin], draft.nodes[end]};
        road.meters = domain::distance(road.line[0], road.line[1]).value;
        road.road_class = street % 5 == 0 ? RoadClass::kPrimary : RoadClass::kResidential;
        for (std::size_t i = 0; i < routing::kProfiles; ++i) {
            const double speed =
                routing::class_speed_meters_per_second(road.road_class, static_cast<Profile>(i));
            road.forward[i] = road.backward[i] =
                static_cast<std::uint32_t>(road.meters / speed * 1e3);
        }
        draft.roads.push_back(std::move(road));
    };
    for (std::uint32_t i = 0; i < side * side; ++i) {
        if (i % side + 1 < side) join(i, i + 1, i / side);
        if (i / side + 1 < side) join(i, i + side, i % side);
    }
    routing::BuildReport report;
    const auto bytes = routing::build_roads(std::move(draft), {}, report);
    return *routing::RoadGraph::from_bytes(*bytes);
}

domain::Point anywhere(Random& random) {
    return {static_cast<std::int32_t>(1e7 * (30.72 + 0.42 * random.unit())),
            static_cast<std::int32_t>(1e7 * (113.33 + 0.44 * random.unit()))};
}

dispatch::UnitRow row_of(std::size_t number, domain::Point position) {
    domain::Unit unit;
    unit.id = fmt::format("unit-{:05}", number);
    unit.kind = static_cast<domain::UnitKind>(1 + number % 12);
    unit.status = domain::UnitStatus::kOnPatrol;
    unit.position = position;
    if (number % 3 == 0) unit.capabilities = {"rescue"};
    return dispatch::make_row(std::make_shared<const domain::Unit>(std::move(unit)), 1);
}

/// The rule alone, on one thread: the needs of `Messages::recommends`, with twenty new fixes before
/// each question. Milliseconds.
std::vector<double> recommend_on_roads(dispatch::Roads& roads, std::size_t units, std::size_t calls,
                                       std::uint64_t seed) {
    SeededRandom random(seed);
    std::vector<dispatch::UnitRow> rows;
    for (std::size_t i = 0; i < units; ++i) rows.push_back(row_of(i, anywhere(random)));
    const std::vector<dispatch::Need> needs = {
        {.capability = "", .kinds = {domain::UnitKind::kAmbulance}, .count = 2},
        {.capability = "rescue", .kinds = {}, .count = 1}};
    dispatch::RoadTravel model(roads, {});
    std::vector<double> took;
    for (std::size_t i = 0; i < calls; ++i) {
        for (int k = 0; k < 20; ++k) rows[random.below(units)].position = anywhere(random);
        const domain::Point place = anywhere(random);
        const auto begin = std::chrono::steady_clock::now();
        const auto answer = dispatch::recommend(rows, place, needs, 5, model, Timestamp{});
        const std::chrono::duration<double, std::milli> time =
            std::chrono::steady_clock::now() - begin;
        LIANDONG_CHECK(answer.needs[0].chosen.size() == 2);
        took.push_back(time.count());
    }
    return took;
}

}  // namespace

Metrics measure_recommend(const Options& options) {
    const Sizes& sizes = options.sizes();
    Messages messages(3);
    Platform platform(options);
    platform.start_server();
    Clients server(platform.server_channel());
    progress("recommend", "importing units");
    import_units(server, messages, messages.imports(0, sizes.recommend_units));
    run_closed(server.recommend, messages.recommends(sizes.recommend_calls), 1);

    std::vector<double> p50, p99, redis_calls;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        progress("recommend", fmt::format("round {}/{}", i + 1, sizes.rounds));
        const auto requests = messages.recommends(sizes.recommend_calls);
        const AccessLog log(platform.server_log());
        const Counts before = command_counts(platform.redis());
        const auto load = run_closed(server.recommend, requests, 1);
        redis_calls.push_back(unexplained(before, command_counts(platform.redis()), load.seconds));
        for (const auto& response : load.responses) {
            LIANDONG_CHECK(response.needs_size() == 2 && response.needs(0).chosen_size() == 2);
        }
        const auto durations = log.durations(kMethod, requests.size());
        p50.push_back(quantile(durations, 0.5) / 1e3);
        p99.push_back(quantile(durations, 0.99) / 1e3);
    }
    progress("recommend", "on roads");
    dispatch::Roads roads(county_roads(options.quick ? 40 : 250));
    std::vector<double> road_p50, road_p99;
    for (std::size_t i = 0; i < sizes.rounds; ++i) {
        const auto took =
            recommend_on_roads(roads, sizes.recommend_units, sizes.recommend_calls, i + 1);
        road_p50.push_back(quantile(took, 0.5));
        road_p99.push_back(quantile(took, 0.99));
    }
    return {
        {"recommend_5000_roads_p99_ms",
         "ms",
         spread_of(road_p99),
         {},
         {},
         "",
         "the same needs by road: 62,500 crossings, 20 new fixes before each, the rule alone"},
        {"recommend_5000_roads_p50_ms", "ms", spread_of(road_p50), {}, {}, "", "the same"},
        {"recommend_5000_p99_ms",
         "ms",
         spread_of(p99),
         at_most(1),
         {},
         "",
         "RecommendUnits, two needs among 5,000 units, in the server: arrival to answer, as "
         "logged"},
        {"recommend_5000_p50_ms", "ms", spread_of(p50), {}, {}, "", "the same"},
        {"recommend_redis_calls",
         "calls",
         spread_of(redis_calls),
         at_most(0),
         {},
         "",
         "commands that redis got in a whole block of recommendations, heartbeat aside"},
    };
}

}  // namespace liandong::bench
