#include "common/telemetry/metrics_registry.h"

#include "common/base/check.h"

#include <boost/asio/post.hpp>

#include <future>

namespace liandong::telemetry {

struct MetricsRegistry::Family {
    std::string help;
    Kind kind;
    std::map<MetricLabels, std::unique_ptr<Counter>> counters;
    std::map<MetricLabels, std::unique_ptr<Gauge>> gauges;
    std::map<MetricLabels, std::unique_ptr<Histogram>> histograms;
};

/// The callbacks, shared with a question that is still on its way to the io_context when the
/// registry ends.
struct MetricsRegistry::Reads {
    struct Read {
        std::string name;
        std::string help;
        MetricLabels labels;
        std::function<double()> read;
    };
    std::mutex mutex;
    std::vector<Read> all;
};

namespace {

using Registry = MetricsRegistry;

Registry::HistogramValue value_of(const Histogram& histogram) {
    Registry::HistogramValue value;
    std::uint64_t cumulative = 0;
    for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
        cumulative += histogram.count(i);
        value.buckets.push_back({histogram.bounds()[i], cumulative});
    }
    value.buckets.push_back(
        {std::nullopt, cumulative + histogram.count(histogram.bounds().size())});
    value.sum = histogram.sum();
    return value;
}

template <class T>
T& find_or_make(std::map<MetricLabels, std::unique_ptr<T>>& members, MetricLabels labels,
                auto make) {
    auto& slot = members[std::move(labels)];
    if (!slot) slot = make();
    return *slot;
}

}  // namespace

MetricsRegistry::MetricsRegistry(Executor executor)
    : executor_(std::move(executor)), reads_(std::make_shared<Reads>()) {}
MetricsRegistry::~MetricsRegistry() = default;

MetricsRegistry::Family& MetricsRegistry::family(std::string name, std::string help, Kind kind) {
    auto& slot = families_[std::move(name)];
    if (!slot) slot = std::make_unique<Family>(Family{std::move(help), kind, {}, {}, {}});
    LIANDONG_CHECK(slot->kind == kind);
    return *slot;
}

Counter& MetricsRegistry::counter(std::string name, std::string help, MetricLabels labels) {
    const std::scoped_lock lock(mutex_);
    return find_or_make(family(std::move(name), std::move(help), Kind::kCounter).counters,
                        std::move(labels), [] { return std::make_unique<Counter>(); });
}

Gauge& MetricsRegistry::gauge(std::string name, std::string help, MetricLabels labels) {
    const std::scoped_lock lock(mutex_);
    return find_or_make(family(std::move(name), std::move(help), Kind::kGauge).gauges,
                        std::move(labels), [] { return std::make_unique<Gauge>(); });
}

Histogram& MetricsRegistry::histogram(std::string name, std::string help,
                                      std::vector<double> bounds, MetricLabels labels) {
    const std::scoped_lock lock(mutex_);
    return find_or_make(family(std::move(name), std::move(help), Kind::kHistogram).histograms,
                        std::move(labels),
                        [&bounds] { return std::make_unique<Histogram>(std::move(bounds)); });
}

void MetricsRegistry::gauge_read(std::string name, std::string help, MetricLabels labels,
                                 std::function<double()> read) {
    const std::scoped_lock lock(reads_->mutex);
    reads_->all.push_back({std::move(name), std::move(help), std::move(labels), std::move(read)});
}

std::vector<MetricsRegistry::FamilySnapshot> MetricsRegistry::snapshot(
    std::chrono::milliseconds patience) const {
    using Sampled = std::map<std::string, FamilySnapshot>;
    auto promise = std::make_shared<std::promise<Sampled>>();
    auto answer = promise->get_future();
    boost::asio::post(executor_, [promise, reads = reads_] {
        Sampled sampled;
        const std::scoped_lock lock(reads->mutex);
        for (const auto& read : reads->all) {
            FamilySnapshot& family = sampled[read.name];
            family.name = read.name;
            family.help = read.help;
            family.kind = Kind::kGauge;
            family.samples.push_back({read.labels, read.read()});
        }
        promise->set_value(std::move(sampled));
    });
    Sampled all;
    if (answer.wait_for(patience) == std::future_status::ready) all = answer.get();

    const std::scoped_lock lock(mutex_);
    for (const auto& [name, family] : families_) {
        FamilySnapshot& out = all[name];
        out.name = name;
        out.help = family->help;
        out.kind = family->kind;
        for (const auto& [labels, counter] : family->counters) {
            out.samples.push_back({labels, static_cast<double>(counter->value())});
        }
        for (const auto& [labels, gauge] : family->gauges) {
            out.samples.push_back({labels, static_cast<double>(gauge->value())});
        }
        for (const auto& [labels, histogram] : family->histograms) {
            out.samples.push_back({labels, value_of(*histogram)});
        }
    }
    std::vector<FamilySnapshot> list;
    for (auto& [name, family] : all) list.push_back(std::move(family));
    return list;
}

}  // namespace liandong::telemetry
