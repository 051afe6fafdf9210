#pragma once

#include "tests/bench/metric.h"
#include "tests/bench/options.h"

#include <string>
#include <utility>
#include <vector>

namespace liandong::bench {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// A table for people: figure, range, bar, PASS or MISS, floor.
std::string to_table(const Metrics& metrics, bool judged);

/// {"metrics": [{"name", "value", "unit", "floor", "command", …}], "environment": {…}}.
std::string to_json(const Metrics& metrics, const Options& options, const Environment& environment);

}  // namespace liandong::bench
