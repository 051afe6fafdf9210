#include "simulator/evening/troubled_evening.h"

#include "simulator/agents/replay.h"
#include "simulator/check/audited_client.h"
#include "simulator/check/nemesis.h"
#include "simulator/generate/random_incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;

/// Not the clocks, which the agents' own times are held against, nor a full store.
Troubles troubles() {
    return Troubles::all().without(Trouble::kClockJumps).without(Trouble::kStoreFull);
}

VirtualWorld::Setting world_of(std::uint64_t seed, const Scenario& scenario) {
    VirtualWorld::Setting setting;
    setting.scope = {"drill-1", scenario.header.district};
    setting.seed = seed;
    setting.start = scenario.header.start;
    setting.epochs = true;
    return setting;
}

std::size_t open_in(const LogReplay& log) {
    const auto is_open = [](const auto& held) {
        const auto* order = std::get_if<domain::Order>(&held.second);
        const auto* incident = std::get_if<domain::Incident>(&held.second);
        return (order && order->state < domain::OrderState::kCleared) ||
               (incident && incident->state != domain::IncidentState::kClosed);
    };
    return static_cast<std::size_t>(std::ranges::count_if(log.entities(), is_open));
}

/// The replay, with the nemesis about until it has ended.
Task<Status> play(Scene* scene, Nemesis* nemesis, Replay* replay, Desk* desk) {
    TaskGroup raging(scene->world.callers().executor());
    nemesis->begin();
    raging.start(nemesis->rage());
    Status status = co_await replay->run();
    nemesis->rest();
    co_await raging.join();
    co_await desk->client.join_copies();
    nemesis->heal();
    co_return status;
}

}  // namespace

TroubledEvening play_troubled_evening(std::uint64_t seed, std::size_t incidents, bool trace) {
    const Scenario scenario = random_incidents(seed, incidents);
    Mistake none(Mutant::kNone, SeededRandom(seed));
    Auditor auditor;
    VirtualWorld world(world_of(seed, scenario));
    Chronicle chronicle(world, trace);
    Scene scene{world, auditor, none, chronicle, troubles()};
    std::deque<Desk> desks;
    Desk& desk = desks.emplace_back(world);
    Nemesis nemesis(scene, desks, {.pause_max = 20s, .loses_acknowledged = false});
    AuditedClient client(scene, desk.client);
    SeededRandom reactions = world.draw_random(), ids = world.draw_random();
    TroubledEvening evening;
    Replay replay(client, world.callers().timers(), reactions, ids, evening.record,
                  world.callers().executor(), scenario, world.scope(),
                  {.speed = 1, .consoles = 1, .stalled_max = 5min});
    const Status status = world.run(play(&scene, &nemesis, &replay, &desk));
    if (!status) auditor.fault("the evening did not begin: " + status.error().reason);
    auditor.compare(world.state());
    evening.faults = auditor.faults();
    evening.struck = chronicle.struck();
    evening.trace = chronicle.lines();
    evening.open = open_in(auditor.log());
    return evening;
}

}  // namespace liandong::simulator
