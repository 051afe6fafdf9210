#pragma once

#include "simulator/check/siege.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liandong::simulator {

/// What one seed came to.
struct Verdict {
    std::vector<std::string> faults;  ///< empty: nothing was found
    std::vector<std::string> trace;
    std::map<std::string, int> outcomes;
    Struck struck{};
    std::uint64_t events = 0;
    std::string state;  ///< sha256 over every key, version and bytes at the end
};
Verdict run_plan(const SiegePlan& plan);

/// The shortest plan found that still fails, of a plan that does: fewer operations first (by
/// halving), then one kind of trouble less at a time. At most ~40 runs.
SiegePlan shrink(SiegePlan failing);

}  // namespace liandong::simulator
