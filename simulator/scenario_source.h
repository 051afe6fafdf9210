#pragma once

#include "common/base/error.h"
#include "simulator/import/san_francisco.h"
#include "simulator/scenario/scenario.h"

#include <cstdint>
#include <string>

namespace liandong::simulator {

/// The scenario that a word on the command line names: "yingcheng-flood" (generated from `seed`), a
/// .csv of San Francisco calls with sf_fire_stations.csv beside it, or a .jsonl in our format.
/// INVALID_ARGUMENT / SCENARIO_UNKNOWN, NOT_FOUND / FILE_UNREADABLE, and the reasons of the
/// readers.
Result<Scenario> load_scenario(const std::string& name, std::uint64_t seed);

/// NOT_FOUND / FILE_UNREADABLE and the reasons of `import_san_francisco`.
Result<Imported> import_csv(const std::string& path);

/// NOT_FOUND / FILE_UNREADABLE, INTERNAL / FILE_UNWRITABLE.
Status write_text(const std::string& path, const std::string& text);

}  // namespace liandong::simulator
