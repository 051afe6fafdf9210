#pragma once

#include "common/telemetry/metrics_registry.h"

#include <vector>

namespace liandong::telemetry {

/// The names every Prometheus client uses: process_resident_memory_bytes, process_open_fds,
/// process_max_fds, process_cpu_seconds_total, process_start_time_seconds. Read from /proc; what
/// cannot be read is left out.
std::vector<MetricsRegistry::FamilySnapshot> read_process_metrics();

}  // namespace liandong::telemetry
