#include "services/server/scope_stack.h"

#include "common/async/spawn.h"
#include "common/store/system.h"

#include <array>

namespace liandong::server {

using namespace std::chrono_literals;

ScopeStack::ScopeStack(domain::Scope scope, Ports ports, redis::RedisStore::Options redis)
    : ports_(ports),
      clock_(ports.wall, {ports.wall.now(), ports.wall.now(), 1.0}),
      store_(scope, ports.executor, ports.timers, ports.random, ports.log,
             with_epoch(std::move(redis))),
      context_{std::move(scope), store_, mirror_, clock_, ports.timers, ports.log, ports.executor},
      loader_(context_),
      epochs_(context_, loader_),
      intake_(context_, ports.sealer, ports.known.of(context_.scope.district)),
      desk_(context_),
      clock_keeper_(desk_, ports.random.next()),
      travel_(ports.travel.model()),
      dispatch_(context_, *travel_),
      publicinfo_(context_),
      intake_handlers_(intake_),
      desk_handlers_(desk_),
      dispatch_handlers_(dispatch_),
      publicinfo_handlers_(publicinfo_) {
    register_metrics(ports.metrics);
}

redis::RedisStore::Options ScopeStack::with_epoch(redis::RedisStore::Options redis) {
    // Called through the executor: never before this object is complete.
    redis.on_ready = [this](const std::string& master_replid) { epochs_.connected(master_replid); };
    return redis;
}

Task<void> ScopeStack::open(double rate, std::optional<Timestamp> epoch, bool with_clocks) {
    const std::string tag = context_.scope.tag();
    while (!co_await store_.wait_until_ready(ports_.timers.now() + 5s)) {
        const std::string why = store_.last_error();
        ports_.log.warn("waiting_for_store",
                        {{"scope", std::string_view(tag)}, {"why", std::string_view(why)}});
    }
    const auto rate_millionths = static_cast<std::int64_t>(rate * 1e6);
    for (;;) {
        const auto setting =
            co_await store::settle_world(context_, rate_millionths, epoch, ports_.wall.now());
        if (setting) {
            clock_.set({setting->epoch, setting->anchor,
                        static_cast<double>(setting->rate_millionths) / 1e6});
            break;
        }
        ports_.log.warn("clock_not_settled",
                        {{"scope", std::string_view(tag)},
                         {"reason", std::string_view(setting.error().reason)}});
        co_await sleep_for(ports_.timers, 500ms);
    }
    co_await epochs_.open();
    spawn_forever(ports_.executor, loader_.run(), "mirror_loader");
    while (!co_await store::reach(context_, {}, ports_.timers.now() + 5s)) {
        ports_.log.warn("waiting_for_mirror", {{"scope", std::string_view(tag)}});
    }
    if (with_clocks) {
        spawn_forever(ports_.executor, clock_keeper_.run(), "clock_keeper");
        spawn_forever(ports_.executor, intake_.keep_board(), "incident_board");
    }
    ports_.log.info("scope_open", {{"scope", std::string_view(tag)},
                                   {"seq", static_cast<std::int64_t>(mirror_.revision().seq)},
                                   {"rate", clock_.setting().rate}});
}

void ScopeStack::register_metrics(Metrics& metrics) {
    const MetricLabels labels{{"scope", context_.scope.tag()}};
    const auto read = [&](const char* name, const char* help, std::function<double()> value) {
        metrics.gauge_read(name, help, labels, std::move(value));
    };
    read("liandong_mirror_ready", "1 when the mirror is loaded",
         [this] { return mirror_.is_ready() ? 1.0 : 0.0; });
    read("liandong_mirror_seq", "Number of the last event that the mirror shows",
         [this] { return static_cast<double>(mirror_.revision().seq); });
    read("liandong_mirror_epoch", "Epoch that the mirror shows",
         [this] { return static_cast<double>(mirror_.revision().epoch); });
    read("liandong_mirror_silence_seconds", "Time since the log last answered", [this] {
        return std::chrono::duration<double>(ports_.timers.now() - loader_.last_contact()).count();
    });
    read("liandong_mirror_incidents", "Incidents in the mirror, open and ended within 72 h",
         [this] { return static_cast<double>(mirror_.table<domain::Incident>().size()); });
    read("liandong_clocks_waiting", "Incidents and transfers with a clock that will ring",
         [this] { return static_cast<double>(clock_keeper_.waiting()); });
    read("liandong_clocks_rung", "Clocks that this process let ring since start",
         [this] { return static_cast<double>(clock_keeper_.rung()); });
    read("liandong_units", "Units in the mirror",
         [this] { return static_cast<double>(mirror_.table<domain::Unit>().size()); });
    constexpr std::array<const char*, dispatch::kRungs> kRungNames = {
        "none", "straight_line", "road_class_speeds", "road_calibrated"};
    for (std::size_t i = 0; i < kRungNames.size(); ++i) {
        metrics.gauge_read("liandong_recommended_candidates",
                           "Candidates recommended since start, by how their ETA was found",
                           {{"scope", context_.scope.tag()}, {"model", kRungNames[i]}},
                           [this, i] { return static_cast<double>(dispatch_.rung_counts()[i]); });
    }
    read("liandong_store_ready", "1 when the store is connected",
         [this] { return store_.is_ready() ? 1.0 : 0.0; });
    read("liandong_store_in_flight", "Commands to the store without a reply",
         [this] { return static_cast<double>(store_.stats().in_flight); });
    read("liandong_store_reconnects", "Connections to the store that were lost since start",
         [this] { return static_cast<double>(store_.stats().reconnects); });
    read("liandong_store_commits", "Commits sent since start",
         [this] { return static_cast<double>(store_.stats().commits); });
    read("liandong_store_commit_calls", "Calls that carried them",
         [this] { return static_cast<double>(store_.stats().commit_calls); });
    read("liandong_store_unknown_outcomes", "Commits whose reply was lost since start",
         [this] { return static_cast<double>(store_.stats().unknown); });
}

}  // namespace liandong::server
