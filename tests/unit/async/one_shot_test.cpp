#include "common/async/one_shot.h"

#include "tests/support/virtual_loop.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace liandong {
namespace {

Task<std::string> take(OneShot<std::string>& shot, std::string& log) {
    log += "waits ";
    std::string value = co_await shot.wait();
    log += value;
    co_return value;
}

// A value that was set before anybody waited is there at once.
TEST(OneShot, KeepsAValueSetEarly) {
    test::VirtualLoop loop;
    OneShot<std::string> shot(loop.executor());
    EXPECT_FALSE(shot.is_set());
    shot.set("early");
    EXPECT_TRUE(shot.is_set());
    std::string log;
    EXPECT_EQ(loop.run(take(shot, log)), "early");
}

// A waiter is resumed through the executor: whoever sets is never re-entered.
TEST(OneShot, ResumesItsWaiterThroughTheExecutor) {
    test::VirtualLoop loop;
    OneShot<std::string> shot(loop.executor());
    std::string log;
    const auto waiting = loop.start(take(shot, log));
    loop.settle();
    EXPECT_EQ(log, "waits ");
    shot.set("late");
    EXPECT_EQ(log, "waits ");
    loop.settle();
    EXPECT_EQ(log, "waits late");
    EXPECT_EQ(waiting->value, "late");
}

// It carries what can only be moved.
TEST(OneShot, MovesItsValue) {
    test::VirtualLoop loop;
    OneShot<std::unique_ptr<int>> shot(loop.executor());
    const auto waiting = loop.start(shot.wait());
    loop.settle();
    shot.set(std::make_unique<int>(7));
    loop.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ(**waiting->value, 7);
}

// Setting twice is a bug, and stops the process.
TEST(OneShotDeathTest, IsSetOnce) {
    test::VirtualLoop loop;
    OneShot<int> shot(loop.executor());
    shot.set(1);
    EXPECT_DEATH(shot.set(2), "set_");
}

}  // namespace
}  // namespace liandong
