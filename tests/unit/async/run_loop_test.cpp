#include "common/async/run_loop.h"

#include "common/async/asio_timers.h"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <thread>

namespace liandong {
namespace {

class RunLoop : public testing::TestWithParam<int> {};

// It ends when there is nothing left to do, whether it slept or looked on meanwhile.
TEST_P(RunLoop, EndsOutOfWork) {
    boost::asio::io_context io(1);
    AsioTimers timers(io);
    int fired = 0;
    timers.at(timers.now() + std::chrono::milliseconds(3), [&] { ++fired; });
    run_loop(io, std::chrono::microseconds(GetParam()));
    EXPECT_EQ(fired, 1);
}

// What another thread hands over is done, and a stop from there ends it.
TEST_P(RunLoop, TakesWhatOtherThreadsHandOver) {
    boost::asio::io_context io(1);
    const auto work = boost::asio::make_work_guard(io);
    int done = 0;
    std::thread other([&] {
        for (int i = 0; i < 100; ++i) boost::asio::post(io, [&] { ++done; });
        boost::asio::post(io, [&] { io.stop(); });
    });
    run_loop(io, std::chrono::microseconds(GetParam()));
    other.join();
    EXPECT_EQ(done, 100);
}

INSTANTIATE_TEST_SUITE_P(SleepsOrLooksOn, RunLoop, testing::Values(0, 100, 1'000'000));

}  // namespace
}  // namespace liandong
