#pragma once

#include "simulator/virtual/in_process_client.h"

namespace liandong::simulator {

/// Where a person sits, and perhaps a watcher beside: its own way to the processes.
struct Desk {
    /// `world` must outlive it.
    explicit Desk(VirtualWorld& world) : random(world.draw_random()), client(world, random) {}

    SeededRandom random;  ///< of the way, and of the person's patience
    InProcessClient client;
};

}  // namespace liandong::simulator
