#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace liandong {

/// Counts up. Any thread, without a lock.
class Counter {
public:
    void add(std::uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down. Any thread, without a lock.
class Gauge {
public:
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::int64_t> value_{0};
};

/// Counts observations by size. Any thread, without a lock.
class Histogram {
public:
    /// Upper bounds of the buckets, inclusive, ascending; one more bucket takes what is above the
    /// last.
    explicit Histogram(std::vector<double> bounds)
        : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}

    void observe(double value) {
        const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value);
        const auto index = static_cast<std::size_t>(bucket - bounds_.begin());
        counts_[index].fetch_add(1, std::memory_order_relaxed);
        sum_.fetch_add(value, std::memory_order_relaxed);
    }

    const std::vector<double>& bounds() const { return bounds_; }
    /// Observations in bucket `index` alone, [0, bounds().size()].
    std::uint64_t count(std::size_t index) const {
        return counts_[index].load(std::memory_order_relaxed);
    }
    double sum() const { return sum_.load(std::memory_order_relaxed); }

private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;
    std::atomic<double> sum_{0.0};
};

using MetricLabels = std::vector<std::pair<std::string, std::string>>;

/// Where the figures of a process are kept. Everything is made once, at start; the references live
/// as long as the port. Names and units follow Prometheus (base units; counters end in `_total`);
/// `promtool check metrics` is the judge. Asking again for the same name and labels gives the same
/// object.
class Metrics {
public:
    virtual ~Metrics() = default;
    virtual Counter& counter(std::string name, std::string help, MetricLabels labels = {}) = 0;
    virtual Gauge& gauge(std::string name, std::string help, MetricLabels labels = {}) = 0;
    virtual Histogram& histogram(std::string name, std::string help, std::vector<double> bounds,
                                 MetricLabels labels = {}) = 0;
    /// A gauge whose value is asked for when the figures are read, on the process's own thread (its
    /// io_context), so that `read` may look at the process's state. `read` and what it looks at
    /// must outlive the io_context's run.
    virtual void gauge_read(std::string name, std::string help, MetricLabels labels,
                            std::function<double()> read) = 0;
};

}  // namespace liandong
