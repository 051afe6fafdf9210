#pragma once

#include "simulator/agents/exercise.h"
#include "simulator/agents/ledger.h"

namespace liandong::simulator {

inline constexpr std::size_t kUnitsAnImport_max = 200;
inline constexpr std::size_t kVerifiers = 16;

/// Loads the units of a scenario, kUnitsAnImport_max a call. The first refusal.
Task<Status> import_units(Exercise& exercise, const std::vector<domain::Unit>& units);

/// Reads back every acknowledged report and order, kVerifiers incidents at a time, and counts what
/// is there and what is not.
Task<void> verify(Exercise& exercise, const Ledger& ledger);

}  // namespace liandong::simulator
