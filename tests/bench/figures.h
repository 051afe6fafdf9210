#pragma once

#include "tests/bench/metric.h"
#include "tests/bench/options.h"

#include <string_view>

namespace liandong::bench {

/// One line on standard error: which figure is being measured.
void progress(std::string_view area, std::string_view step);

/// One function an area; each but `sim`, `roads` and `duplicates` runs on a platform of its own; it
/// gives its figures.
Metrics measure_report(const Options& options);
Metrics measure_dispatch(const Options& options);
Metrics measure_recommend(const Options& options);
Metrics measure_delivery(const Options& options);
Metrics measure_process(const Options& options);
Metrics measure_sim(const Options& options);
Metrics measure_duplicates(const Options& options);
Metrics measure_roads(const Options& options);
Metrics measure_surge(const Options& options);

}  // namespace liandong::bench
