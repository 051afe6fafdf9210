#include "common/async/keyed_gate.h"

#include "tests/support/virtual_loop.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <vector>

namespace liandong {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;

struct Hall {
    test::VirtualLoop loop;
    KeyedGate gate{loop.executor()};
    std::vector<std::string> seen;

    Task<Status> visit(std::string key, std::string name, Duration stay) {
        const auto pass = co_await gate.enter(std::move(key));
        seen.push_back(name + " in");
        co_await sleep_for(loop.timers(), stay);
        seen.push_back(name + " out");
        co_return Status();
    }
};

// One key lets one in at a time, in the order they came; another key waits for nobody.
TEST(KeyedGate, OneAtATime) {
    Hall hall;
    hall.loop.start(hall.visit("a", "1", 10ms));
    hall.loop.start(hall.visit("a", "2", 10ms));
    hall.loop.start(hall.visit("b", "3", 1ms));
    hall.loop.start(hall.visit("a", "4", 10ms));
    hall.loop.advance(100ms);
    EXPECT_THAT(hall.seen,
                ElementsAre("1 in", "3 in", "3 out", "1 out", "2 in", "2 out", "4 in", "4 out"));
}

// Beyond the bound nobody waits.
TEST(KeyedGate, IsBounded) {
    Hall hall;
    for (std::size_t i = 0; i < KeyedGate::kWaiters_max + 2; ++i)
        hall.loop.start(hall.visit("a", std::to_string(i), 1ms));
    hall.loop.settle();
    EXPECT_THAT(hall.seen,
                ElementsAre("0 in", std::to_string(KeyedGate::kWaiters_max + 1) + " in"));
    hall.loop.advance(2s);
    EXPECT_EQ(hall.seen.size(), 2 * (KeyedGate::kWaiters_max + 2));
}

}  // namespace
}  // namespace liandong
