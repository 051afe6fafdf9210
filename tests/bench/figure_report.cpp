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
    std::vector<double> floor_p50, report_p50, p50_ratio;
};

/// One round: floor, subject; each over its own one channel, with the same client.
class ReportRounds {
public:
    explicit ReportRounds(const Options& options)
        : sizes_(options.sizes()),
          platform_(options),
          reference_((platform_.start_echo(), platform_.redis().unix_endpoint())),
          server_((platform_.start_server(), platform_.server_channel())),
          echo_(platform_.echo_channel()) {}

    Rounds run() {
        progress("report", "warming up");
        throughput(echo_);
        throughput(server_);
        Rounds rounds;
        for (std::size_t i = 0; i < sizes_.rounds; ++i) {
            progress("report", fmt::format("round {}/{}", i + 1, sizes_.rounds));
            const double echo = throughput(echo_), report = throughput(server_);
            rounds.echo_per_second.push_back(echo);
            rounds.report_per_second.push_back(report);
            rounds.throughput_ratio.push_back(report / echo);
            const double floor = p50(echo_) + fcall_p50(), subject = p50(server_);
            rounds.floor_p50.push_back(floor);
            rounds.report_p50.push_back(subject);
            rounds.p50_ratio.push_back(subject / floor);
        }
        return rounds;
    }

private:
    double throughput(Clients& clients) {
        return run_closed(clients.report, messages_.reports(sizes_.throughput_calls), kInFlight)
            .per_second();
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
    const Rounds rounds = ReportRounds(options).run();
    return {
        {"report_throughput_over_echo", "ratio", spread_of(rounds.throughput_ratio), at_least(0.30),
         spread_of(rounds.echo_per_second), "echo calls/s",
         "durable ReportIncident over bare echo, 64 in flight on one channel; 0.40 is excellent"},
        {"report_throughput",
         "1/s",
         spread_of(rounds.report_per_second),
         {},
         {},
         "",
         "durable ReportIncident, 64 in flight on one channel"},
        {"report_p50_over_floor", "ratio", spread_of(rounds.p50_ratio), at_most(1.7),
         spread_of(rounds.floor_p50), "µs, echo p50 + FCALL p50",
         "durable ReportIncident, one in flight"},
        {"report_p50_us",
         "µs",
         spread_of(rounds.report_p50),
         {},
         {},
         "",
         "durable ReportIncident, one in flight"},
    };
}

}  // namespace liandong::bench
