#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"
#include "tests/bench/reference_call.h"

#include <fmt/format.h>

namespace liandong::bench {
namespace {

constexpr std::size_t kInFlight = 64;

struct Rounds {
    std::vector<double> echo_per_second, report_per_second, throughput_ratio;
    std::vector<double> echo_p50, fcall_p50, floor_p50, report_p50, p50_ratio;
    std::vector<double> echo_cpu, server_cpu, redis_cpu;  ///< µs a call
};

/// One round, on a platform of its own, so that no round inherits the state of those before: at
/// its end 10,000 incidents are open, which is the size a city is designed for. Floor and subject
/// each have one channel, and the same client.
class ReportRound {
public:
    explicit ReportRound(const Options& options)
        : sizes_(options.sizes()),
          platform_(options),
          reference_((platform_.start_echo(), platform_.redis().unix_endpoint())),
          server_((platform_.start_server(), platform_.server_channel())),
          echo_(platform_.echo_channel()) {}

    void run(Rounds& rounds) {
        throughput(echo_, sizes_.latency_calls);
        throughput(server_, sizes_.latency_calls);
        const Cpu before = cpu();
        const double echo = throughput(echo_, sizes_.throughput_calls);
        const double report = throughput(server_, sizes_.throughput_calls);
        add_cpu(rounds, before);
        rounds.echo_per_second.push_back(echo);
        rounds.report_per_second.push_back(report);
        rounds.throughput_ratio.push_back(report / echo);
        rounds.echo_p50.push_back(p50(echo_));
        rounds.fcall_p50.push_back(fcall_p50());
        rounds.floor_p50.push_back(rounds.echo_p50.back() + rounds.fcall_p50.back());
        rounds.report_p50.push_back(p50(server_));
        rounds.p50_ratio.push_back(rounds.report_p50.back() / rounds.floor_p50.back());
    }

private:
    struct Cpu {
        double echo, server, redis;  ///< seconds
    };
    Cpu cpu() const {
        return {cpu_seconds(platform_.echo_pid()), cpu_seconds(platform_.server_pid()),
                cpu_seconds(platform_.redis().pid())};
    }
    void add_cpu(Rounds& rounds, const Cpu& before) const {
        const Cpu after = cpu();
        const double calls = static_cast<double>(sizes_.throughput_calls) / 1e6;
        rounds.echo_cpu.push_back((after.echo - before.echo) / calls);
        rounds.server_cpu.push_back((after.server - before.server) / calls);
        rounds.redis_cpu.push_back((after.redis - before.redis) / calls);
    }

    double throughput(Clients& clients, std::size_t calls) {
        return run_closed(clients.report, messages_.reports(calls), kInFlight).per_second();
    }
    double p50(Clients& clients) {
        return run_closed(clients.report, messages_.reports(sizes_.latency_calls), 1).p50_micros();
    }
    double fcall_p50() { return quantile(micros(reference_.measure(sizes_.latency_calls)), 0.5); }

    Sizes sizes_;
    Messages messages_{1};
    Platform platform_;
    ReferenceCall reference_;
    Clients server_;
    Clients echo_;
};

}  // namespace

Metrics measure_report(const Options& options) {
    Rounds rounds;
    const std::size_t count = options.sizes().rounds;
    for (std::size_t i = 0; i < count; ++i) {
        progress("report", fmt::format("round {}/{}", i + 1, count));
        ReportRound(options).run(rounds);
    }
    const auto shown = [](const char* name, const char* unit, const std::vector<double>& values,
                          const char* note) {
        return Metric{name, unit, spread_of(values), {}, {}, "", note};
    };
    return {
        {"report_throughput_over_echo", "ratio", spread_of(rounds.throughput_ratio), at_least(0.30),
         spread_of(rounds.echo_per_second), "echo calls/s",
         "durable ReportIncident over bare echo, 64 in flight on one channel; 0.40 is excellent"},
        {"report_p50_over_floor", "ratio", spread_of(rounds.p50_ratio), at_most(1.7),
         spread_of(rounds.floor_p50), "µs, echo p50 + FCALL p50",
         "durable ReportIncident, one in flight"},
        shown("report_throughput", "1/s", rounds.report_per_second, "64 in flight on one channel"),
        shown("report_p50_us", "µs", rounds.report_p50, "one in flight"),
        shown("echo_p50_us", "µs", rounds.echo_p50, "the bare echo, one in flight"),
        shown("fcall_p50_us", "µs", rounds.fcall_p50, "the reference FCALL, one in flight"),
        // Of all figures these depend least on what else the machine does.
        shown("echo_cpu_us", "µs", rounds.echo_cpu, "the echo's processor time a call"),
        shown("report_server_cpu_us", "µs", rounds.server_cpu, "liandong-server's, a report"),
        shown("report_redis_cpu_us", "µs", rounds.redis_cpu, "redis-server's, a report"),
    };
}

}  // namespace liandong::bench
