#pragma once

#include "common/base/random.h"
#include "simulator/scenario/scenario.h"

namespace liandong::simulator {

/// What people report on a flood evening: type, channel, words, danger, needs, time at the scene.
/// No id, time or place.
ScenarioReport draw_flood_happening(Random& random);

/// What a camera (two of three) or a water-level sensor reports: to be looked at by a grid worker.
ScenarioReport machine_alarm(Random& random);

}  // namespace liandong::simulator
