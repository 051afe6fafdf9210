#include "common/base/cancellation.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

// Cancelling wakes every registered waiter once, through any copy.
TEST(Cancellation, CallsBackOnce) {
    Cancellation cancellation;
    Cancellation copy = cancellation;
    int calls = 0;
    const auto one = cancellation.on_cancel([&] { ++calls; });
    const auto other = copy.on_cancel([&] { ++calls; });
    copy.cancel();
    cancellation.cancel();
    EXPECT_TRUE(cancellation.is_cancelled());
    EXPECT_EQ(calls, 2);
}

// A registration that has ended is not called, wherever it was moved to in between.
TEST(Cancellation, ForgetsEndedRegistrations) {
    Cancellation cancellation;
    int calls = 0;
    {
        Cancellation::Registration kept;
        kept = cancellation.on_cancel([&] { ++calls; });
    }
    cancellation.cancel();
    EXPECT_EQ(calls, 0);
}

// Who registers after the end is told at once.
TEST(Cancellation, CallsLateRegistrationsAtOnce) {
    Cancellation cancellation;
    cancellation.cancel();
    int calls = 0;
    const auto late = cancellation.on_cancel([&] { ++calls; });
    EXPECT_EQ(calls, 1);
}

// A callback may end its own registration and others'.
TEST(Cancellation, CallbackMayEndRegistrations) {
    Cancellation cancellation;
    int calls = 0;
    Cancellation::Registration one, two;
    one = cancellation.on_cancel([&] {
        ++calls;
        one = {};
    });
    two = cancellation.on_cancel([&] { ++calls; });
    cancellation.cancel();
    EXPECT_EQ(calls, 2);
}

}  // namespace
}  // namespace liandong
