#pragma once

#include "simulator/matrix/model.h"
#include "simulator/matrix/policy.h"

#include <limits>
#include <vector>

namespace liandong::simulator::matrix {

inline constexpr Index kNoUnit = std::numeric_limits<Index>::max();

/// What became of one call.
struct CallOutcome {
    Index unit = kNoUnit;    ///< kNoUnit: lost, and no time below is set
    Duration dispatched{0};  ///< since the start; ≥ the call's `at`
    Duration arrived{0};
    Duration cleared{0};

    bool lost() const { return unit == kNoUnit; }
};

struct RunRules {
    bool queue = true;  ///< false: a call that finds no unit is lost
};

/// Plays the calls, event by event, and gives their outcomes in the order of `model.calls`. A
/// function of its arguments.
///
/// A unit that is sent leaves at once, arrives after its travel time, is clear `on_scene` later,
/// and then takes the oldest waiting call from that scene, or else goes back to its base.
///
/// At equal times: units that clear or get back come before calls, so a call finds the unit that
/// clears at its very moment; of units, the lowest index first; of calls, the first in
/// `model.calls`, also in the queue.
std::vector<CallOutcome> run(const Model& model, const Policy& policy, RunRules rules = {});

}  // namespace liandong::simulator::matrix
