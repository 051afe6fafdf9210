#pragma once

#include "common/async/task.h"
#include "common/base/metrics.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace liandong::telemetry {

/// The figures of one process. Recording touches atomics only; `snapshot` may be called from any
/// thread, and asks the `gauge_read` callbacks on the io_context.
class MetricsRegistry final : public Metrics {
public:
    explicit MetricsRegistry(Executor executor);
    ~MetricsRegistry() override;

    Counter& counter(std::string name, std::string help, MetricLabels labels = {}) override;
    Gauge& gauge(std::string name, std::string help, MetricLabels labels = {}) override;
    Histogram& histogram(std::string name, std::string help, std::vector<double> bounds,
                         MetricLabels labels = {}) override;
    void gauge_read(std::string name, std::string help, MetricLabels labels,
                    std::function<double()> read) override;

    struct Bucket {
        std::optional<double> upper_bound;  ///< none: +Inf
        std::uint64_t cumulative_count = 0;
    };
    struct HistogramValue {
        std::vector<Bucket> buckets;
        double sum = 0;
    };
    enum class Kind : std::uint8_t { kCounter, kGauge, kHistogram };
    struct Sample {
        MetricLabels labels;
        std::variant<double, HistogramValue> value;
    };
    struct FamilySnapshot {
        std::string name;
        std::string help;
        Kind kind;
        std::vector<Sample> samples;
    };
    /// All families in the order of their names. Waits ≤ `patience` for the io_context; when it
    /// does not answer, the families read there are left out (a process that is stuck or ends still
    /// shows the rest). Never call it on the io_context's own thread.
    std::vector<FamilySnapshot> snapshot(std::chrono::milliseconds patience) const;

private:
    struct Family;
    struct Reads;
    Family& family(std::string name, std::string help, Kind kind);

    Executor executor_;
    mutable std::mutex mutex_;  // of the map's shape; recording never takes it
    std::map<std::string, std::unique_ptr<Family>> families_;
    std::shared_ptr<Reads> reads_;
};

}  // namespace liandong::telemetry
