#pragma once

#include "simulator/report/record.h"

#include <string>
#include <vector>

namespace liandong::simulator {

/// What is wrong with a replay, in words; empty: everything that was acknowledged is there and
/// everything that was asked for was answered. Lost, dropped, unknown, unresolved or unexpected
/// work and refused calls are failures.
std::vector<std::string> failures_of(const Record& record);

/// What makes the figures doubtful, in words: a send lag of p99 > 1 ms or > 5 % of the median
/// acknowledgement.
std::vector<std::string> warnings_of(const Record& record);

}  // namespace liandong::simulator
