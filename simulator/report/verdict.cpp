#include "simulator/report/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::simulator {

std::vector<std::string> failures_of(const Record& record) {
    struct Rule {
        Counter counter;
        std::string_view words;
    };
    constexpr Rule kRules[] = {
        {Counter::kMissingReports, "acknowledged reports are not there afterwards"},
        {Counter::kMissingOrders, "acknowledged orders are not there afterwards"},
        {Counter::kReportsDropped, "reports were not sent: too many calls in flight"},
        {Counter::kOutcomesUnknown, "calls have an unknown outcome after all resends"},
        {Counter::kIncidentsUnresolved, "incidents were not closed in time"},
        {Counter::kOrdersUnexpected, "orders reached units to which nobody had sent them"},
    };
    std::vector<std::string> failures;
    for (const Rule& rule : kRules) {
        if (record.counter(rule.counter) > 0) {
            failures.push_back(fmt::format("{} {}", record.counter(rule.counter), rule.words));
        }
    }
    for (const auto& [call, count] : record.refusals()) {
        failures.push_back(fmt::format("{} calls were refused: {}", count, call));
    }
    if (record.counter(Counter::kReportsAcknowledged) < record.counter(Counter::kReportsSent)) {
        failures.push_back(fmt::format(
            "{} reports were sent and not acknowledged",
            record.counter(Counter::kReportsSent) - record.counter(Counter::kReportsAcknowledged)));
    }
    return failures;
}

std::vector<std::string> warnings_of(const Record& record) {
    const Histogram& lag = record.stage(Stage::kSendLag);
    if (lag.count() == 0) return {};
    const Duration p99 = lag.quantile(0.99);
    const Duration median = record.stage(Stage::kReportAcknowledged).quantile(0.5);
    if (p99 <= std::chrono::milliseconds{1} && p99 * 20 <= median) return {};
    return {
        fmt::format("latencies are doubtful: the simulator itself sent its reports {} µs late "
                    "(p99); more than 1 ms "
                    "or 5 % of the median acknowledgement ({} µs)",
                    p99.count(), median.count())};
}

}  // namespace liandong::simulator
