#include "tests/bench/clients.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"
#include "tests/bench/reference_call.h"

#include <fmt/format.h>

namespace liandong::bench {
namespace {

constexpr std::size_t kUnitsTogether = 3;

/// Dispatches of three free units each to an incident of its own, one in flight; between rounds,
/// untimed, the orders are cleared.
class DispatchRounds {
public:
    explicit DispatchRounds(const Options& options)
        : sizes_(options.sizes()),
          platform_(options),
          reference_((platform_.start_echo(), platform_.redis().unix_endpoint())),
          server_((platform_.start_server(), platform_.server_channel())),
          echo_(platform_.echo_channel()) {
        progress("dispatch", "importing units");
        import_units(server_, messages_, messages_.imports(0, kUnitsTogether * sizes_.dispatches));
    }

    struct Rounds {
        std::vector<double> floor_p50, p50, ratio;
    };
    Rounds run() {
        progress("dispatch", "warming up");
        subject_p50();
        Rounds rounds;
        for (std::size_t i = 0; i < sizes_.rounds; ++i) {
            progress("dispatch", fmt::format("round {}/{}", i + 1, sizes_.rounds));
            rounds.floor_p50.push_back(floor_p50());
            rounds.p50.push_back(subject_p50());
            rounds.ratio.push_back(rounds.p50.back() / rounds.floor_p50.back());
        }
        return rounds;
    }

private:
    std::vector<dispatch_pb::DispatchUnitsRequest> requests(
        const std::vector<std::string>& incidents) {
        std::vector<dispatch_pb::DispatchUnitsRequest> requests;
        for (std::size_t i = 0; i < incidents.size(); ++i) {
            const std::string units[kUnitsTogether] = {Messages::unit_id(kUnitsTogether * i),
                                                       Messages::unit_id(kUnitsTogether * i + 1),
                                                       Messages::unit_id(kUnitsTogether * i + 2)};
            requests.push_back(messages_.dispatch(incidents[i], units));
        }
        return requests;
    }

    double floor_p50() {
        const std::vector<std::string> nobody(sizes_.latency_calls, "018f3a5c");
        const auto echo = run_closed(echo_.dispatch, requests(nobody), 1);
        const auto calls = reference_.measure(sizes_.latency_calls);
        return echo.p50_micros() + quantile(micros(calls), 0.5);
    }

    double subject_p50() {
        const auto incidents = report_incidents(server_, messages_, sizes_.dispatches);
        const auto load = run_closed(server_.dispatch, requests(incidents), 1);
        std::vector<std::string> orders;
        for (const auto& response : load.responses) {
            LIANDONG_CHECK(response.orders_size() == kUnitsTogether);
            for (const auto& order : response.orders()) orders.push_back(order.id());
        }
        clear_orders(server_, messages_, orders);
        return load.p50_micros();
    }

    Sizes sizes_;
    Messages messages_{2};
    Platform platform_;
    ReferenceCall reference_;
    Clients server_;
    Clients echo_;
};

}  // namespace

Metrics measure_dispatch(const Options& options) {
    const auto rounds = DispatchRounds(options).run();
    return {
        {"dispatch_p50_over_floor", "ratio", spread_of(rounds.ratio), at_most(1.7),
         spread_of(rounds.floor_p50), "µs, echo p50 + FCALL p50",
         "durable DispatchUnits of three units, one in flight; the FCALL is the same constant one"},
        {"dispatch_p50_us",
         "µs",
         spread_of(rounds.p50),
         {},
         {},
         "",
         "durable DispatchUnits of three units, one in flight"},
    };
}

}  // namespace liandong::bench
