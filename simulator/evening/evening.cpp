#include "simulator/evening/evening.h"

#include "simulator/agents/replay.h"
#include "simulator/generate/random_incidents.h"
#include "simulator/virtual/in_process_client.h"

namespace liandong::simulator {

Result<Evening> play_evening(std::uint64_t seed, std::size_t incidents) {
    const Scenario scenario = random_incidents(seed, incidents, kGapOfBusyDay);
    VirtualWorld world({.scope = {"drill-1", scenario.header.district},
                        .seed = seed,
                        .processes = 2,
                        .start = scenario.header.start,
                        .turn = Turn::kAllReady});
    SeededRandom network = world.draw_random(), reactions = world.draw_random(),
                 ids = world.draw_random();
    InProcessClient client(world, network);
    Record record;
    Replay replay(client, world.callers().timers(), reactions, ids, record,
                  world.callers().executor(), scenario, world.scope(), {.speed = 1, .consoles = 1});
    if (Status status = world.run(replay.run()); !status) return fail(std::move(status.error()));
    return Evening{world.take_state(), record.counter(Counter::kIncidentsClosed),
                   record.counter(Counter::kOrdersCleared), replay.wall()};
}

}  // namespace liandong::simulator
