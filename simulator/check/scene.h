#pragma once

#include "simulator/audit/auditor.h"
#include "simulator/check/chronicle.h"
#include "simulator/check/mutant.h"
#include "simulator/check/trouble.h"
#include "simulator/virtual/virtual_world.h"

namespace liandong::simulator {

/// What the parts of a check share. All references outlive it.
struct Scene {
    VirtualWorld& world;
    Auditor& auditor;
    Mistake& mistake;
    Chronicle& chronicle;
    Troubles troubles;    ///< what the seed drew
    bool healed = false;  ///< nothing goes wrong any more
    bool over = false;    ///< watchers leave

    bool has(Trouble trouble) const { return !healed && troubles.has(trouble); }
    Timers& timers() { return world.callers().timers(); }
};

/// Uniform over [0, most].
inline Duration up_to(Random& random, Duration most) {
    return Duration{
        static_cast<Duration::rep>(random.below(static_cast<std::uint64_t>(most.count()) + 1))};
}

}  // namespace liandong::simulator
