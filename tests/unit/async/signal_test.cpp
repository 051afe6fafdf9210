#include "common/async/signal.h"

#include "tests/support/virtual_loop.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

Task<void> count_wakes(Signal& signal, int& woken, int wanted) {
    while (woken < wanted) {
        co_await signal.wait();
        ++woken;
    }
}

Task<bool> wait_twice(Signal& signal, int& woken) {
    co_await count_wakes(signal, woken, 2);
    co_return true;
}

// A notification before the wait is kept: none is lost between looking and waiting.
TEST(Signal, KeepsAnEarlyNotification) {
    test::VirtualLoop loop;
    Signal signal(loop.executor());
    signal.notify();
    loop.run(signal.wait());
}

// Many early notifications are one: the waiter looks at the state, it does not count.
TEST(Signal, KeepsOnlyOne) {
    test::VirtualLoop loop;
    Signal signal(loop.executor());
    for (int i = 0; i < 3; ++i) signal.notify();
    int woken = 0;
    const auto waiting = loop.start(wait_twice(signal, woken));
    loop.settle();
    EXPECT_EQ(woken, 1);
    signal.notify();
    loop.settle();
    EXPECT_EQ(woken, 2);
    EXPECT_TRUE(waiting->value);
}

// A waiter is resumed through the executor; a second notification meanwhile is kept for later.
TEST(Signal, ResumesThroughTheExecutor) {
    test::VirtualLoop loop;
    Signal signal(loop.executor());
    int woken = 0;
    const auto waiting = loop.start(wait_twice(signal, woken));
    loop.settle();
    signal.notify();
    EXPECT_EQ(woken, 0);
    signal.notify();
    loop.settle();
    EXPECT_EQ(woken, 2);
    EXPECT_TRUE(waiting->value);
}

// One waiter only: a second one is a bug, and stops the process.
TEST(SignalDeathTest, HasOneWaiter) {
    EXPECT_DEATH(
        {
            test::VirtualLoop loop;
            Signal signal(loop.executor());
            int woken = 0;
            loop.start(wait_twice(signal, woken));
            loop.start(wait_twice(signal, woken));
            loop.settle();
        },
        "waiter_");
}

}  // namespace
}  // namespace liandong
