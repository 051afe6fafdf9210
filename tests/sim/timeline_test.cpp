#include "simulator/virtual/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class TimelineTest : public testing::Test {
protected:
    Timers::Callback say(std::string word) {
        return [this, word] { said_.push_back(word); };
    }
    MonotonicTime in(Duration wait) const { return timeline_.now() + wait; }
    void run() {
        while (timeline_.fire_next()) {
        }
    }

    Timeline timeline_;
    std::vector<std::string> said_;
};

// Equal times fire in the order in which they were set, whichever process set them.
TEST_F(TimelineTest, FirstSetFiresFirst) {
    ProcessTimers one(timeline_), other(timeline_);
    one.at(in(1us), say("a"));
    other.at(in(1us), say("b"));
    one.at(in(1us), say("c"));
    other.at(MonotonicTime{}, say("now"));
    run();
    EXPECT_THAT(said_, ElementsAre("now", "a", "b", "c"));
    EXPECT_EQ(timeline_.now().time_since_epoch(), 1us);
}

// What falls due while another fires comes behind what was due already.
TEST_F(TimelineTest, WhatIsSetWhileFiringComesLast) {
    ProcessTimers timers(timeline_);
    timers.at(in(1us), [&] { timers.at(timeline_.now(), say("c")); });
    timers.at(in(1us), say("a"));
    timers.at(in(1us), say("b"));
    run();
    EXPECT_THAT(said_, ElementsAre("a", "b", "c"));
}

// What a process has set goes with it, and what was cancelled does not fire.
TEST_F(TimelineTest, DeadProcessesAreSilent) {
    ProcessTimers living(timeline_);
    std::optional<ProcessTimers> dying(std::in_place, timeline_);
    dying->at(in(1us), say("dead"));
    living.at(in(2us), say("alive"));
    const Timers::Id cancelled = living.at(in(1us), say("cancelled"));
    EXPECT_TRUE(living.cancel(cancelled));
    EXPECT_FALSE(living.cancel(cancelled));
    dying.reset();
    run();
    EXPECT_THAT(said_, ElementsAre("alive"));
}

}  // namespace
}  // namespace liandong::simulator
