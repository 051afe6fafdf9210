#include "common/telemetry/metrics_server.h"

#include "common/base/check.h"
#include "common/telemetry/process_metrics.h"

#include <prometheus/collectable.h>
#include <prometheus/exposer.h>
#include <prometheus/metric_family.h>

#include <exception>
#include <limits>

namespace liandong::telemetry {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

MetricType type_of(MetricsRegistry::Kind kind) {
    switch (kind) {
    case MetricsRegistry::Kind::kCounter: return MetricType::Counter;
    case MetricsRegistry::Kind::kGauge: return MetricType::Gauge;
    case MetricsRegistry::Kind::kHistogram: return MetricType::Histogram;
    }
    LIANDONG_UNREACHABLE();
}

void fill(ClientMetric& metric, const MetricsRegistry::HistogramValue& value) {
    for (const auto& bucket : value.buckets) {
        metric.histogram.bucket.push_back(
            {bucket.cumulative_count,
             bucket.upper_bound.value_or(std::numeric_limits<double>::infinity())});
    }
    metric.histogram.sample_count = value.buckets.back().cumulative_count;
    metric.histogram.sample_sum = value.sum;
}

ClientMetric to_metric(const MetricsRegistry::Sample& sample) {
    ClientMetric metric;
    for (const auto& [name, value] : sample.labels) metric.label.push_back({name, value});
    if (const double* number = std::get_if<double>(&sample.value)) {
        metric.counter.value = metric.gauge.value = *number;
    } else {
        fill(metric, std::get<MetricsRegistry::HistogramValue>(sample.value));
    }
    return metric;
}

/// How long a scrape waits for the io_context: well below a scraper's own patience (10 s).
constexpr std::chrono::milliseconds kPatience{1000};

class Source final : public prometheus::Collectable {
public:
    explicit Source(const MetricsRegistry& registry) : registry_(registry) {}

    std::vector<MetricFamily> Collect() const override {
        std::vector<MetricFamily> families;
        auto all = registry_.snapshot(kPatience);
        for (auto& own : read_process_metrics()) all.push_back(std::move(own));
        for (const auto& family : all) {
            auto& out = families.emplace_back();
            out.name = family.name;
            out.help = family.help;
            out.type = type_of(family.kind);
            for (const auto& sample : family.samples) out.metric.push_back(to_metric(sample));
        }
        return families;
    }

private:
    const MetricsRegistry& registry_;
};

}  // namespace

struct MetricsServer::Parts {
    Parts(const std::string& listen, const MetricsRegistry& registry)
        : source(std::make_shared<Source>(registry)), exposer(listen, 1) {
        exposer.RegisterCollectable(source);
    }
    std::shared_ptr<Source> source;
    prometheus::Exposer exposer;
};

MetricsServer::MetricsServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
MetricsServer::~MetricsServer() = default;

Result<std::unique_ptr<MetricsServer>> MetricsServer::start(const std::string& listen,
                                                            const MetricsRegistry& registry) {
    try {
        return std::unique_ptr<MetricsServer>(
            new MetricsServer(std::make_unique<Parts>(listen, registry)));
    } catch (const std::exception& error) {
        // The library reports a taken port by an exception.
        return fail(Code::kUnavailable, "METRICS_LISTEN_FAILED",
                    "cannot serve metrics on " + listen + ": " + error.what());
    }
}

int MetricsServer::port() const {
    const auto ports = parts_->exposer.GetListeningPorts();
    LIANDONG_CHECK(!ports.empty());
    return ports.front();
}

}  // namespace liandong::telemetry
