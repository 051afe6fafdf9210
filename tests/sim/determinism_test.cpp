#include "common/base/id.h"
#include "simulator/agents/replay.h"
#include "simulator/audit/log_replay.h"
#include "simulator/generate/random_incidents.h"
#include "simulator/virtual/in_process_client.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace liandong::simulator {
namespace {

using testing::IsEmpty;

constexpr std::size_t kIncidents = 1'000;

/// Chance that is drawn once too often: what an unordered container or a clock read in passing
/// would do to a run.
class StumblingRandom final : public Random {
public:
    StumblingRandom(SeededRandom inner, std::uint64_t stumble_at)
        : inner_(inner), left_(stumble_at) {}
    std::uint64_t next() override {
        if (left_ > 0 && --left_ == 0) inner_.next();
        return inner_.next();
    }

private:
    SeededRandom inner_;
    std::uint64_t left_;  ///< draws until it happens; 0: never
};

struct Played {
    std::string log;
    std::vector<std::string> faults;
    std::map<std::string, std::uint64_t> kinds;
    Record record;
    Duration virtual_time{};
    double wall_seconds = 0;
};

/// `incidents` generated reports from the call to the closed incident, by the agents of the live
/// replay, on two server processes. `stumble_at`: the draw of the reaction times at which one is
/// drawn too many; 0: none.
Played play(std::uint64_t seed, std::size_t incidents, std::uint64_t stumble_at = 0) {
    const auto began = std::chrono::steady_clock::now();
    const Scenario scenario = random_incidents(seed, incidents);
    VirtualWorld world({.scope = {"drill-1", scenario.header.district},
                        .seed = seed,
                        .processes = 2,
                        .start = scenario.header.start});
    SeededRandom network = world.draw_random(), ids = world.draw_random();
    StumblingRandom reactions(world.draw_random(), stumble_at);
    InProcessClient client(world, network);
    Played played;
    Replay replay(client, world.callers().timers(), reactions, ids, played.record,
                  world.callers().executor(), scenario, world.scope(), {.speed = 1});
    const Status status = world.run(replay.run());
    EXPECT_TRUE(status.has_value());
    simulator::LogReplay judge;
    judge.compare(world.state());
    played.faults = judge.faults();
    played.kinds = judge.kinds();
    played.log = log_bytes(world.state().log());
    played.virtual_time = replay.wall();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    played.wall_seconds = wall.count();
    return played;
}

void print(const char* name, const Played& played, std::size_t incidents) {
    const double simulated = std::chrono::duration<double>(played.virtual_time).count();
    fmt::print("{}: {:.0f} incidents/s, {:.0f} times real time, log {} bytes, sha256 {}\n", name,
               static_cast<double>(incidents) / played.wall_seconds,
               simulated / played.wall_seconds, played.log.size(),
               sha256_hex_of(played.log).substr(0, 16));
}

/// Every report became an incident that was worked on to its end, and nothing was refused or lost.
void expect_all_done(const Played& played, std::size_t incidents) {
    const auto counted = [&](Counter counter) { return played.record.counter(counter); };
    EXPECT_THAT(played.faults, IsEmpty());
    EXPECT_EQ(counted(Counter::kReportsAcknowledged), incidents);
    EXPECT_EQ(counted(Counter::kIncidentsClosed), incidents);
    EXPECT_EQ(counted(Counter::kIncidentsUnresolved), 0U);
    EXPECT_EQ(counted(Counter::kVerifiedReports), incidents);
    EXPECT_GE(counted(Counter::kOrdersAcknowledged), incidents);
    EXPECT_EQ(counted(Counter::kOrdersDelivered), counted(Counter::kOrdersAcknowledged));
    EXPECT_EQ(counted(Counter::kOrdersCleared), counted(Counter::kOrdersAcknowledged));
    EXPECT_EQ(counted(Counter::kVerifiedOrders), counted(Counter::kOrdersAcknowledged));
    EXPECT_EQ(counted(Counter::kMessagesRepeated), 0U);
    EXPECT_EQ(counted(Counter::kOrdersUnexpected), 0U);
    EXPECT_EQ(counted(Counter::kOutcomesUnknown), 0U);
    EXPECT_THAT(played.record.refusals(), IsEmpty());
    const auto events = [&](const char* kind) {
        const auto found = played.kinds.find(kind);
        return found == played.kinds.end() ? 0U : found->second;
    };
    EXPECT_EQ(events("incident_reported"), incidents);
    EXPECT_EQ(events("incident_closed"), incidents);
    for (const char* kind :
         {"order_delivered", "order_signed", "order_departed", "order_arrived", "order_cleared"}) {
        EXPECT_EQ(events(kind), counted(Counter::kOrdersAcknowledged)) << kind;
    }
}

// A thousand incidents through the production handlers, twice from one seed, leave the same log
// byte for byte.
TEST(Determinism, OneSeedMakesOneLog) {
    const Played first = play(1, kIncidents);
    print("first", first, kIncidents);
    expect_all_done(first, kIncidents);
    const Played second = play(1, kIncidents);
    print("second", second, kIncidents);
    EXPECT_TRUE(first.log == second.log);
}

// The comparison sees one draw too many, even when it happens late: the canary.
TEST(Determinism, OneDrawTooManyMakesAnotherLog) {
    const Played sound = play(3, 100);
    const Played stumbling = play(3, 100, 200);
    expect_all_done(stumbling, 100);
    EXPECT_FALSE(sound.log == stumbling.log);
    EXPECT_TRUE(sound.log == play(3, 100).log);
}

// Another seed is another evening.
TEST(Determinism, AnotherSeedMakesAnotherLog) {
    const Played other = play(4, 100);
    expect_all_done(other, 100);
    EXPECT_FALSE(other.log == play(5, 100).log);
}

}  // namespace
}  // namespace liandong::simulator
