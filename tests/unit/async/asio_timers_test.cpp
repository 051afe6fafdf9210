#include "common/async/asio_timers.h"

#include "common/async/spawn.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace liandong {
namespace {

using namespace std::chrono_literals;

class AsioTimersTest : public ::testing::Test {
protected:
    Timers::Callback note(char letter) {
        return [this, letter] { fired_ += letter; };
    }
    /// Runs until nothing is armed any more; bounded, so that a hang is a failure.
    void run() {
        io_.restart();
        io_.run_for(10s);
    }

    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    std::string fired_;
};

// Callbacks fire in the order of their times, and equal times in the order they were set.
TEST_F(AsioTimersTest, FireInOrder) {
    const MonotonicTime start = timers_.now();
    timers_.at(start + 3ms, note('c'));
    timers_.at(start + 1ms, note('a'));
    timers_.at(start + 3ms, note('d'));
    timers_.at(start + 2ms, note('b'));
    run();
    EXPECT_EQ(fired_, "abcd");
}

// Never early; a time that has passed fires from the io_context, not from inside `at`.
TEST_F(AsioTimersTest, NeverFireEarlyNorInside) {
    const MonotonicTime start = timers_.now();
    std::optional<MonotonicTime> at;
    timers_.at(start + 5ms, [&] { at = timers_.now(); });
    timers_.at(start - 1s, note('p'));
    EXPECT_EQ(fired_, "");
    run();
    EXPECT_EQ(fired_, "p");
    ASSERT_TRUE(at);
    EXPECT_GE(*at, start + 5ms);
}

// A cancelled callback never fires; cancelling says whether it still could have.
TEST_F(AsioTimersTest, Cancel) {
    const MonotonicTime start = timers_.now();
    const Timers::Id first = timers_.at(start + 1ms, note('a'));
    const Timers::Id second = timers_.at(start + 2ms, note('b'));
    EXPECT_TRUE(timers_.cancel(first));
    EXPECT_FALSE(timers_.cancel(first));
    run();
    EXPECT_EQ(fired_, "b");
    EXPECT_FALSE(timers_.cancel(second));
    EXPECT_FALSE(timers_.cancel(12'345));
}

// A callback may set and cancel others.
TEST_F(AsioTimersTest, CallbacksMaySetAndCancel) {
    const MonotonicTime start = timers_.now();
    const Timers::Id doomed = timers_.at(start + 2ms, note('x'));
    timers_.at(start + 1ms, [&] {
        EXPECT_TRUE(timers_.cancel(doomed));
        timers_.at(timers_.now(), note('n'));
    });
    run();
    EXPECT_EQ(fired_, "n");
}

// An earlier time set later is not held up by the one already armed.
TEST_F(AsioTimersTest, EarlierTimeRearms) {
    const MonotonicTime start = timers_.now();
    const Timers::Id late = timers_.at(start + 1h, note('z'));
    timers_.at(start + 1ms, [&] {
        fired_ += 'a';
        timers_.cancel(late);
        io_.stop();
    });
    run();
    EXPECT_EQ(fired_, "a");
}

Task<void> sleep_and_note(Timers& timers, Duration duration, std::string& log, char letter) {
    co_await sleep_for(timers, duration);
    log += letter;
}

// A sleep ends, and no earlier than it says.
TEST_F(AsioTimersTest, SleepFor) {
    const MonotonicTime start = timers_.now();
    spawn(io_.get_executor(), sleep_and_note(timers_, 2ms, fired_, 'a'),
          [](std::exception_ptr failure) { EXPECT_FALSE(failure); });
    run();
    EXPECT_EQ(fired_, "a");
    EXPECT_GE(timers_.now() - start, Duration(2ms));
}

// A sleeper dies with its io_context: nothing of it is left behind (the leak check would see it).
TEST(AsioTimers, SleeperDiesWithItsContext) {
    std::string log;
    {
        boost::asio::io_context io;
        AsioTimers timers(io);
        spawn(io.get_executor(), sleep_and_note(timers, 1h, log, 'x'), [](std::exception_ptr) {});
        io.poll();
    }
    EXPECT_EQ(log, "");
}

}  // namespace
}  // namespace liandong
