#include "tests/bench/delivery_desk.h"
#include "tests/bench/figures.h"
#include "tests/bench/platform.h"
#include "tests/bench/reference_call.h"

#include <fmt/format.h>

namespace liandong::bench {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(10);  // 100 dispatches/s

double millis(const std::vector<Nanos>& latencies, double share) {
    return quantile(micros(latencies), share) / 1e3;
}

}  // namespace

Metrics measure_delivery(const Options& options) {
    const Sizes& sizes = options.sizes();
    Messages messages(4);
    Platform platform(options);
    platform.start_server();
    Clients unary(platform.server_channel());
    Clients streams(platform.server_channel());
    progress("delivery", "importing units");
    import_units(unary, messages, messages.imports(0, sizes.delivery_streams));
    ReferenceCall reference(platform.redis().unix_endpoint());
    std::vector<double> fcall;
    const auto measure_fcall = [&] {
        fcall.push_back(millis(reference.measure(sizes.latency_calls), 0.5));
    };
    DeliveryDesk desk(unary, streams, messages, sizes.delivery_streams);

    // Two blocks: the first warms up.
    desk.run(report_incidents(unary, messages, sizes.deliveries / 10), kInterval);
    progress("delivery", fmt::format("{} dispatches at 100/s", sizes.deliveries));
    const auto incidents = report_incidents(unary, messages, sizes.deliveries);
    measure_fcall();
    const auto outcome = desk.run(incidents, kInterval);
    measure_fcall();
    const auto once = [](double value) { return Spread{value, value, value, 1}; };
    const std::string streams_open = fmt::format("{} unit streams open", sizes.delivery_streams);
    return {
        {"order_delivery_p50_ms", "ms", once(millis(outcome.latencies, 0.5)), at_most(2),
         spread_of(fcall), "ms, FCALL p50: the disk's part",
         "intended time of DispatchUnits to the order on its unit's stream, open loop at 100/s, " +
             streams_open},
        {"order_delivery_p99_ms",
         "ms",
         once(millis(outcome.latencies, 0.99)),
         {},
         {},
         "",
         fmt::format("the same, {} deliveries", outcome.latencies.size())},
        {"order_delivery_send_lag_p99_ms",
         "ms",
         once(millis(outcome.send_lags, 0.99)),
         {},
         {},
         "",
         "how late the client itself sent; in the figures above"},
        {"order_delivery_dropped",
         "dispatches",
         once(static_cast<double>(outcome.dropped)),
         at_most(0),
         {},
         "",
         "not sent, since no unit was free at the intended time"},
    };
}

}  // namespace liandong::bench
