#pragma once

#include "common/base/error.h"
#include "common/telemetry/metrics_registry.h"

#include <memory>
#include <string>

namespace liandong::telemetry {

/// Serves a registry's figures, and the process's own (`process_metrics.h`), at `GET /metrics` in
/// Prometheus's text format, on threads of its own.
class MetricsServer {
public:
    /// `listen` is "host:port"; port 0 takes a free one. UNAVAILABLE / METRICS_LISTEN_FAILED.
    /// The registry must outlive the server.
    static Result<std::unique_ptr<MetricsServer>> start(const std::string& listen,
                                                        const MetricsRegistry& registry);
    ~MetricsServer();

    /// The port that is bound.
    int port() const;

private:
    struct Parts;
    explicit MetricsServer(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace liandong::telemetry
