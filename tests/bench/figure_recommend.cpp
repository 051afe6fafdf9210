#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"
#include "tests/bench/server_facts.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

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
    return {
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
