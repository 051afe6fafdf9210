#include "common/api/convert.h"
#include "simulator/generate/yingcheng.h"
#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"

#include <fmt/format.h>

namespace liandong::bench {
namespace {

/// Starts of one block; the median counts.
constexpr std::size_t kStarts = 5;

std::vector<dispatch_pb::Unit> yingcheng_units() {
    std::vector<dispatch_pb::Unit> units;
    for (const domain::Unit& unit : simulator::build_yingcheng().units) {
        // Importing sets what is output only.
        dispatch_pb::Unit message = api::unit(unit, 0);
        message.clear_version();
        units.push_back(std::move(message));
    }
    return units;
}

/// A quarter each: reports, reads of them, recommendations, dispatches of one unit.
void serve(Clients& server, Messages& messages, const std::vector<dispatch_pb::Unit>& units,
           std::size_t calls) {
    const std::size_t each = calls / 4;
    const auto incidents = report_incidents(server, messages, each);
    std::vector<intake_pb::GetIncidentRequest> reads(each);
    for (std::size_t i = 0; i < each; ++i) {
        *reads[i].mutable_header() = messages.read_header({});
        reads[i].set_incident_id(incidents[i]);
    }
    run_closed(server.get_incident, reads, 8);
    run_closed(server.recommend, messages.recommends(each), 8);
    std::vector<dispatch_pb::DispatchUnitsRequest> dispatches;
    for (std::size_t i = 0; i < each; ++i) {
        const std::string unit = units[i % units.size()].id();
        auto& request = dispatches.emplace_back(messages.dispatch(incidents[i], {&unit, 1}));
        // Some of them are not to be had: those answers are served too.
        request.set_conflict_rule(dispatch_pb::CONFLICT_RULE_SEND_WHAT_IS_FREE);
    }
    run_closed(server.dispatch, dispatches, 8);
}

Metric idle_memory(const Options& options) {
    progress("process", "resident size after Yingcheng and 1,000 calls");
    Messages messages(5);
    Platform platform(options);
    platform.start_server();
    Clients server(platform.server_channel());
    const auto units = yingcheng_units();
    import_units(server, messages, messages.imports(units));
    serve(server, messages, units, options.sizes().served_calls);
    const double resident = resident_mib(platform.server_pid());
    return {"idle_rss_mib",
            "MiB",
            spread_of({resident}),
            at_most(60),
            {},
            "",
            fmt::format("all roles, {} units of Yingcheng, {} calls served", units.size(),
                        options.sizes().served_calls)};
}

Spread starts(Platform& platform, const Options& options) {
    std::vector<double> seconds;
    for (std::size_t i = 0; i < (options.quick ? 1 : kStarts); ++i) {
        seconds.push_back(platform.start_server());
        platform.stop_server();
    }
    return spread_of(seconds);
}

void fill(Platform& platform, const Sizes& sizes) {
    Messages messages(6);
    platform.start_server();
    {
        Clients server(platform.server_channel());
        import_units(server, messages, messages.imports(0, sizes.full_units));
        report_incidents(server, messages, sizes.full_incidents);
    }
    platform.stop_server();
}

}  // namespace

Metrics measure_process(const Options& options) {
    const Sizes& sizes = options.sizes();
    Metrics metrics{idle_memory(options)};
    Platform platform(options);
    progress("process", "starts on an empty store");
    metrics.push_back({"start_empty_s",
                       "s",
                       starts(platform, options),
                       at_most(1),
                       {},
                       "",
                       "from exec to the ready file, nothing stored"});
    progress("process", fmt::format("filling: {} units, {} incidents", sizes.full_units,
                                    sizes.full_incidents));
    fill(platform, sizes);
    progress("process", "starts on a full store");
    metrics.push_back({"start_full_s",
                       "s",
                       starts(platform, options),
                       at_most(5),
                       {},
                       "",
                       fmt::format("the same with {} open incidents and {} units",
                                   sizes.full_incidents, sizes.full_units)});
    return metrics;
}

}  // namespace liandong::bench
