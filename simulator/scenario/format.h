#pragma once

#include "common/base/error.h"
#include "simulator/scenario/scenario.h"

#include <istream>
#include <ostream>
#include <string>

namespace liandong::simulator {

inline constexpr std::string_view kScenarioFormat = "liandong-scenario";
inline constexpr int kScenarioVersion = 1;
inline constexpr std::size_t kScenarioLine_max = 64 * 1024;

/// Reads a scenario in JSON Lines (docs/scenario-format.md).
/// INVALID_ARGUMENT, with metadata "line" (1 is the first) and, where one is at fault, "field":
/// LINE_TOO_LONG (more than kScenarioLine_max bytes), JSON_MALFORMED, HEADER_MISSING,
/// FORMAT_UNKNOWN, VERSION_UNKNOWN, KIND_UNKNOWN, ID_MALFORMED, ID_REPEATED, OUT_OF_ORDER (reports
/// and bulletins come in order of time), UNIT_UNKNOWN, REPORT_UNKNOWN (a duplicate of nothing),
/// TOO_MANY, and the reasons of `ObjectReader`.
Result<Scenario> read_scenario(std::istream& in);

/// Writes what `read_scenario` reads back as an equal scenario.
void write_scenario(const Scenario& scenario, std::ostream& out);

}  // namespace liandong::simulator
