#include "common/store/fault_store.h"

#include "common/async/asio_timers.h"
#include "common/store/memory_store.h"
#include "tests/contract/store_rig.h"
#include "tests/support/run_task.h"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::test {
namespace {

using store::FaultKind;
using ::testing::ElementsAre;

class FaultStoreTest : public ::testing::Test {
protected:
    Result<store::CommitOutcome> commit(const char* id) {
        store::Batch batch;
        batch.expectations = {{incident(id), 0}};
        batch.writes = {{incident(id), "bytes"}};
        batch.request = request(id);
        return run(io_, faults_.commit(batch, MonotonicTime::max()));
    }

    boost::asio::io_context io_;
    AsioTimers timers_{io_};
    store::MemoryState state_;
    store::MemoryStore memory_{state_, io_.get_executor(), timers_};
    store::FaultStore faults_{memory_, timers_};
};

// A commit that fails before the store says so, and nothing was done.
TEST_F(FaultStoreTest, AFailedCommitIsNotDone) {
    faults_.script_commit({FaultKind::kFail, {}});
    EXPECT_EQ(commit("a").error().reason, "STORE_UNAVAILABLE");
    EXPECT_EQ(state_.last_seq(), 0U);
    EXPECT_TRUE(std::holds_alternative<store::Committed>(commit("a").value()));
}

// A lost commit and a lost reply look alike to the caller; only one was done, and the same request
// id tells which.
TEST_F(FaultStoreTest, UnknownHidesWhetherItWasDone) {
    faults_.script_commit({FaultKind::kLost, {}});
    EXPECT_TRUE(std::holds_alternative<store::Unknown>(commit("a").value()));
    EXPECT_EQ(state_.last_seq(), 0U);
    EXPECT_TRUE(std::holds_alternative<store::Committed>(commit("a").value()));

    faults_.script_commit({FaultKind::kLostReply, {}});
    EXPECT_TRUE(std::holds_alternative<store::Unknown>(commit("b").value()));
    EXPECT_EQ(state_.last_seq(), 2U);
    EXPECT_TRUE(std::holds_alternative<store::Seen>(commit("b").value()));
}

// A delayed commit takes at least as long as the script says.
TEST_F(FaultStoreTest, ADelayIsWaited) {
    faults_.script_commit({FaultKind::kNone, std::chrono::milliseconds{20}});
    const MonotonicTime start = timers_.now();
    EXPECT_TRUE(commit("a").has_value());
    EXPECT_GE(timers_.now() - start, Duration{std::chrono::milliseconds{20}});
}

// Every kind of read can fail, once for each scripted fault.
TEST_F(FaultStoreTest, ReadsFail) {
    for (int i = 0; i < 4; ++i) faults_.script_read({FaultKind::kFail, {}});
    const auto never = MonotonicTime::max();
    EXPECT_EQ(run(io_, faults_.read({incident("a")}, {}, never)).error().reason,
              "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, faults_.list("open.incident", "", 1, never)).error().reason,
              "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, faults_.tail(0, 1, {})).error().reason, "STORE_UNAVAILABLE");
    EXPECT_EQ(run(io_, faults_.last_seq(never)).error().reason, "STORE_UNAVAILABLE");
    EXPECT_TRUE(run(io_, faults_.last_seq(never)).has_value());
    EXPECT_EQ(faults_.faults(), 4U);
}

// The hook hears each fault at the moment it strikes: a lost reply after the commit was done.
TEST_F(FaultStoreTest, TheHookHearsTheFault) {
    std::vector<std::pair<FaultKind, std::uint64_t>> heard;
    faults_.on_fault([&](FaultKind kind) { heard.emplace_back(kind, state_.last_seq()); });
    faults_.script_commit({FaultKind::kLostReply, {}});
    faults_.script_commit({FaultKind::kFail, {}});
    EXPECT_TRUE(commit("a").has_value());
    EXPECT_FALSE(commit("b").has_value());
    EXPECT_THAT(heard,
                ElementsAre(std::pair(FaultKind::kLostReply, 1U), std::pair(FaultKind::kFail, 1U)));
}

// One seed gives one sequence of faults; healed, there are none.
TEST_F(FaultStoreTest, SeededFaultsRepeat) {
    const auto play = [this](std::uint64_t seed) {
        SeededRandom random(seed);
        faults_.seed(
            random, {.fail = 0.2, .lost = 0.2, .lost_reply = 0.2, .delay = 0, .delay_max = {}}, {});
        std::string outcomes;
        for (int i = 0; i < 40; ++i) {
            const auto outcome = commit("never");  // committed once, then Seen
            outcomes += !outcome                                           ? 'E'
                        : std::holds_alternative<store::Unknown>(*outcome) ? 'U'
                                                                           : '.';
        }
        faults_.heal();
        return outcomes;
    };
    const std::string first = play(7);
    EXPECT_EQ(play(7), first);
    EXPECT_NE(play(8), first);
    EXPECT_NE(first.find('E'), std::string::npos);
    EXPECT_NE(first.find('U'), std::string::npos);
    const std::uint64_t before = faults_.faults();
    EXPECT_TRUE(commit("never").has_value());
    EXPECT_EQ(faults_.faults(), before);
}

}  // namespace
}  // namespace liandong::test
