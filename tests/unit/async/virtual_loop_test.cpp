#include "tests/support/virtual_loop.h"

#include "common/async/signal.h"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;

Task<int> sleep_and_return(Timers& timers, Duration duration, int value) {
    co_await sleep_for(timers, duration);
    co_return value;
}

Task<int> throws() {
    throw std::logic_error("a bug");
    co_return 0;
}

// An hour passes at once, and exactly.
TEST(VirtualLoop, TimeMovesWhenNothingIsLeftToRun) {
    VirtualLoop loop;
    EXPECT_EQ(loop.run(sleep_and_return(loop.timers(), 59min, 7)), 7);
    EXPECT_EQ(loop.timers().now().time_since_epoch(), 59min);
}

// Time stands still while something can run, and stops where it is told to.
TEST(VirtualLoop, AdvanceStopsAtItsEnd) {
    VirtualLoop loop;
    const auto first = loop.start(sleep_and_return(loop.timers(), 1s, 1));
    const auto second = loop.start(sleep_and_return(loop.timers(), 3s, 2));
    loop.settle();
    EXPECT_EQ(loop.timers().now().time_since_epoch(), 0s);
    loop.advance(2s);
    EXPECT_EQ(loop.timers().now().time_since_epoch(), 2s);
    EXPECT_TRUE(first->value);
    EXPECT_FALSE(second->value);
    loop.advance(1s);
    EXPECT_TRUE(second->value);
}

// Equal times fire in the order they were set; a time that has passed does not turn back the clock.
TEST(VirtualLoop, EqualTimesFireInOrder) {
    VirtualLoop loop;
    std::string fired;
    loop.advance(10s);
    const MonotonicTime now = loop.timers().now();
    loop.timers().at(now + 1s, [&] { fired += 'a'; });
    const Timers::Id doomed = loop.timers().at(now + 1s, [&] { fired += 'x'; });
    loop.timers().at(now + 1s, [&] { fired += 'b'; });
    loop.timers().at(now - 5s, [&] { fired += '0'; });
    EXPECT_TRUE(loop.timers().cancel(doomed));
    loop.advance(1s);
    EXPECT_EQ(fired, "0ab");
    EXPECT_EQ(loop.timers().now(), now + 1s);
}

// A task that waits for nothing that can come fails loudly, and one that throws is heard.
TEST(VirtualLoop, FailsLoudly) {
    VirtualLoop loop;
    Signal never(loop.executor());
    EXPECT_THROW(loop.run(never.wait()), std::runtime_error);
    EXPECT_THROW(loop.run(throws()), std::logic_error);
    EXPECT_THROW(loop.run(sleep_and_return(loop.timers(), 2h, 1)), std::runtime_error);
}

}  // namespace
}  // namespace liandong::test
