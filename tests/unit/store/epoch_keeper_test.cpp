#include "common/store/epoch_keeper.h"

#include "tests/support/replica.h"
#include "tests/unit/store/events.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;

class EpochKeeperTest : public ::testing::Test {
protected:
    /// As the composition root does: the epoch first, then the mirror.
    void open() {
        spawn_forever(loop_.executor(), settle_then_follow(this), "open");
        loop_.settle();
    }
    static Task<void> settle_then_follow(EpochKeeperTest* test) {
        co_await test->keeper_.open();
        co_await test->replica_.loader.run();
    }
    void commit(const std::string& unit_id) {
        const LogEntry entry = event(0, clock_.now(), {unit_named(unit_id)});
        Batch batch;
        batch.writes = entry.writes;
        batch.index_changes = {{{open_index(Kind::kUnit), unit_id}, true}};
        batch.event_header = entry.header;
        ASSERT_TRUE(state_.commit(std::move(batch)));
    }
    Epoch stored() const {
        const auto found = state_.values().find(key_of(Epoch{}));
        if (found == state_.values().end()) return {};
        return std::get<Epoch>(decode(Kind::kEpoch, found->second.bytes).value().entity);
    }
    bool shows(const std::string& unit_id) const {
        return replica_.mirror.is_ready() && replica_.mirror.find<Unit>(unit_id) != nullptr;
    }

    test::VirtualLoop loop_;
    test::VirtualClock clock_{loop_.timers(), test::kDeskOpens};
    MemoryState state_;
    test::Replica replica_{loop_, state_, clock_, {"drill-1", "420981"}};
    EpochKeeper keeper_{replica_.context, replica_.loader};
};

// The first process of a scope names the master that the log is of, and serves.
TEST_F(EpochKeeperTest, NamesTheFirstMaster) {
    keeper_.connected("one");
    open();
    EXPECT_EQ(stored().master_replid, "one");
    EXPECT_TRUE(replica_.mirror.is_ready());
    EXPECT_EQ(replica_.mirror.revision().epoch, static_cast<std::uint64_t>(stored().number));
}

// A lost connection to the same master changes nothing: no event, and the mirror serves on.
TEST_F(EpochKeeperTest, TheSameMasterAgainIsNothing) {
    keeper_.connected("one");
    open();
    commit("a");
    loop_.settle();
    keeper_.connected("one");
    EXPECT_TRUE(shows("a"));
    loop_.advance(10s);
    EXPECT_EQ(state_.last_seq(), 2U);
}

// Another master makes the mirror useless at once, before anything is sent there, and it serves
// again only when the log says another epoch.
TEST_F(EpochKeeperTest, AnotherMasterRaisesTheEpochBeforeTheMirrorServes) {
    keeper_.connected("one");
    open();
    commit("kept");
    const MemoryState replica = state_.replica();
    commit("lost");
    loop_.settle();
    ASSERT_TRUE(shows("lost"));
    const Revision before = replica_.mirror.revision();
    state_.fail_over_to(replica);
    replica_.faults.script_commit({FaultKind::kFail, 2s});
    keeper_.connected("two");
    EXPECT_FALSE(replica_.mirror.is_ready());
    loop_.advance(1'900ms);
    EXPECT_FALSE(replica_.mirror.is_ready());
    EXPECT_EQ(stored().master_replid, "one");
    loop_.advance(5s);
    EXPECT_EQ(stored().master_replid, "two");
    EXPECT_TRUE(shows("kept"));
    EXPECT_FALSE(shows("lost"));
    EXPECT_GT(replica_.mirror.revision(), before);
}

// Two masters of which neither knew what the other's log came to have different epochs: a watcher
// of the one must not go on in the other as if nothing had happened.
TEST_F(EpochKeeperTest, AnEpochThatWasLostIsNotGivenAgain) {
    keeper_.connected("one");
    open();
    commit("kept");
    const MemoryState replica = state_.replica();
    state_.fail_over_to(replica);
    keeper_.connected("two");
    loop_.advance(3s);
    const Epoch lost = stored();
    ASSERT_EQ(lost.master_replid, "two");
    state_.fail_over_to(replica);
    keeper_.connected("three");
    loop_.advance(3s);
    ASSERT_EQ(stored().master_replid, "three");
    EXPECT_GT(stored().number, lost.number);
}

// Nor are those shared that follow a number which a clock ahead of time has given.
TEST_F(EpochKeeperTest, AnEpochOfTheFutureIsFollowedByDifferentOnes) {
    clock_.jump(1h);
    keeper_.connected("one");
    open();
    clock_.jump(-1h);
    const MemoryState replica = state_.replica();
    keeper_.connected("two");
    loop_.advance(3s);
    const Epoch lost = stored();
    state_.fail_over_to(replica);
    keeper_.connected("three");
    loop_.advance(3s);
    EXPECT_NE(stored().number, lost.number);
}

// A clock that went back does not take the epoch back.
TEST_F(EpochKeeperTest, TheEpochRisesAgainstTheClock) {
    keeper_.connected("one");
    open();
    const Epoch before = stored();
    clock_.jump(-1h);
    keeper_.connected("two");
    loop_.advance(3s);
    EXPECT_GT(stored().number, before.number);
}

// A store that is away is asked again until it answers.
TEST_F(EpochKeeperTest, TriesAgain) {
    keeper_.connected("one");
    for (int i = 0; i < 7; ++i) replica_.faults.script_commit({FaultKind::kFail, {}});
    open();
    EXPECT_EQ(state_.last_seq(), 0U);
    loop_.advance(10s);
    EXPECT_EQ(stored().master_replid, "one");
    EXPECT_TRUE(replica_.mirror.is_ready());
}

// A master that goes before its epoch was settled is forgotten: the one behind it is named, once.
TEST_F(EpochKeeperTest, TheLastMasterWins) {
    keeper_.connected("one");
    open();
    for (int i = 0; i < 3; ++i) replica_.faults.script_commit({FaultKind::kFail, {}});
    keeper_.connected("two");
    loop_.advance(200ms);
    ASSERT_EQ(stored().master_replid, "one");
    keeper_.connected("three");
    loop_.advance(10s);
    EXPECT_EQ(stored().master_replid, "three");
    EXPECT_EQ(state_.last_seq(), 2U);
    EXPECT_TRUE(replica_.mirror.is_ready());
}

// Another master may come while the process still opens the scope.
TEST_F(EpochKeeperTest, AMasterThatComesWhileItOpens) {
    keeper_.connected("one");
    for (int i = 0; i < 3; ++i) replica_.faults.script_commit({FaultKind::kFail, {}});
    open();
    keeper_.connected("two");
    loop_.advance(10s);
    EXPECT_EQ(stored().master_replid, "two");
    EXPECT_TRUE(replica_.mirror.is_ready());
}

// Where the master's name may not be asked no epoch is kept, and the mirror serves all the same.
TEST_F(EpochKeeperTest, WithoutANameNothingIsKept) {
    keeper_.connected("");
    open();
    EXPECT_EQ(state_.last_seq(), 0U);
    EXPECT_TRUE(replica_.mirror.is_ready());
}

}  // namespace
}  // namespace liandong::store
