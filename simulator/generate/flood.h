#pragma once

#include "simulator/scenario/scenario.h"

#include <cstdint>

namespace liandong::simulator {

/// Reports that the flood evening holds.
inline constexpr std::size_t kFloodReports = 300;

/// "yingcheng-flood": an invented evening of heavy rain in Yingcheng, 300 reports within 60
/// minutes: rising water, trapped people, seeping dykes, accidents, power failures, patients,
/// cameras and water-level sensors, about 30 repeats of what was reported before, 12 faulty reports
/// that must be taken all the same (D1), and 2 bulletins. A function of the seed.
Scenario generate_flood(std::uint64_t seed);

}  // namespace liandong::simulator
