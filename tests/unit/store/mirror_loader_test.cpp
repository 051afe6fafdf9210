#include "common/store/mirror_loader.h"

#include "tests/support/replica.h"
#include "tests/unit/store/events.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using test::Replica;

class MirrorLoaderTest : public ::testing::Test {
protected:
    /// Commits as another process would, deriving index changes as `transact` does.
    void commit(const Entity& entity) {
        const LogEntry entry = event(0, clock_.now(), {entity});
        Batch batch;
        batch.writes = entry.writes;
        batch.event_header = entry.header;
        const Key key = key_of(entity);
        batch.index_changes.push_back({{open_index(key.kind), key.id}, false});
        for (const IndexEntry& index : index_entries(entity))
            batch.index_changes.push_back({index, true});
        ASSERT_TRUE(state_.commit(std::move(batch)));
    }

    test::VirtualLoop loop_;
    test::VirtualClock clock_{loop_.timers(), test::kDeskOpens};
    MemoryState state_;
    Replica replica_{loop_, state_, clock_, {"drill-1", "420981"}};
};

// It loads everything open and what ended within 72 hours, over as many pages as that takes.
TEST_F(MirrorLoaderTest, LoadsWhatIsOpenOrEndedLately) {
    for (int i = 0; i < 1'234; ++i) commit(unit_named(fmt::format("unit-{}", i)));
    commit(incident_named("open"));
    commit(incident_named("lately", clock_.now() - 71h));
    commit(incident_named("long-ago", clock_.now() - 73h));
    replica_.follow();
    loop_.settle();
    ASSERT_TRUE(replica_.mirror.is_ready());
    EXPECT_EQ(replica_.mirror.table<Unit>().size(), 1'234U);
    EXPECT_NE(replica_.mirror.find<Incident>("open"), nullptr);
    EXPECT_NE(replica_.mirror.find<Incident>("lately"), nullptr);
    EXPECT_EQ(replica_.mirror.find<Incident>("long-ago"), nullptr);
    EXPECT_EQ(replica_.mirror.revision().seq, state_.last_seq());
}

// It follows the log without time passing.
TEST_F(MirrorLoaderTest, FollowsTheLog) {
    replica_.follow();
    loop_.settle();
    commit(unit_named("a", 4));
    loop_.settle();
    ASSERT_NE(replica_.mirror.find<Unit>("a"), nullptr);
    EXPECT_EQ(loop_.timers().now().time_since_epoch(), 0s);
}

// A process that starts after a failover knows the epoch: it is a stored number.
TEST_F(MirrorLoaderTest, KnowsTheEpochFromTheStart) {
    commit(unit_named("a"));
    commit(Epoch{3, "replid"});
    commit(unit_named("b"));
    replica_.follow();
    loop_.settle();
    EXPECT_EQ(replica_.mirror.revision(), (Revision{3, 3}));
}

// And it knows the world's clock setting.
TEST_F(MirrorLoaderTest, KnowsTheWorldSetting) {
    const WorldSetting setting{clock_.now(), clock_.now(), 60'000'000};
    commit(setting);
    replica_.follow();
    loop_.settle();
    ASSERT_NE(replica_.mirror.find<WorldSetting>("1"), nullptr);
    EXPECT_EQ(*replica_.mirror.find<WorldSetting>("1")->value, setting);
}

// A store that is away delays the load; it is tried again until it comes back.
TEST_F(MirrorLoaderTest, TriesAgain) {
    commit(unit_named("a"));
    for (int i = 0; i < 5; ++i) replica_.faults.script_read({FaultKind::kFail, {}});
    replica_.follow();
    loop_.settle();
    EXPECT_FALSE(replica_.mirror.is_ready());
    loop_.advance(10s);
    EXPECT_TRUE(replica_.mirror.is_ready());
    EXPECT_NE(replica_.mirror.find<Unit>("a"), nullptr);
}

// While the store is away what is held stays; afterwards the mirror catches up.
TEST_F(MirrorLoaderTest, KeepsWhatItHoldsWhileTheStoreIsAway) {
    commit(unit_named("a"));
    replica_.follow();
    loop_.settle();
    for (int i = 0; i < 5; ++i) replica_.faults.script_read({FaultKind::kFail, {}});
    commit(unit_named("b"));  // ends the tail under way; the next five fail
    commit(unit_named("c"));
    loop_.settle();
    EXPECT_TRUE(replica_.mirror.is_ready());
    EXPECT_NE(replica_.mirror.find<Unit>("a"), nullptr);
    commit(unit_named("d"));
    loop_.settle();
    EXPECT_EQ(replica_.mirror.find<Unit>("d"), nullptr);
    loop_.advance(10s);
    EXPECT_NE(replica_.mirror.find<Unit>("d"), nullptr);
    EXPECT_EQ(replica_.mirror.revision().seq, 4U);
}

// A load that catches up with a log that is gone ends when it is told so: the new master's log may
// never come to the end that was noted of the old one's.
TEST_F(MirrorLoaderTest, ALoadEndsWhenTheStoreIsAnotherOne) {
    commit(unit_named("a"));
    for (int i = 0; i < 40; ++i) replica_.faults.script_read({FaultKind::kNone, 100ms});
    replica_.follow();
    loop_.advance(150ms);  // the log's end is noted: 1
    for (int i = 0; i < 600; ++i) commit(unit_named(fmt::format("unit-{}", i % 3)));
    const MemoryState replica = state_.replica();
    for (int i = 0; i < 600; ++i) commit(unit_named(fmt::format("unit-{}", i % 3)));
    // One page of what came meanwhile is applied, to an end of 1,201.
    for (int i = 0; i < 40 && replica_.mirror.revision().seq < 2; ++i) loop_.advance(100ms);
    ASSERT_EQ(replica_.mirror.revision().seq, 501U);
    ASSERT_FALSE(replica_.mirror.is_ready());
    state_.fail_over_to(replica);
    replica_.loader.start_over();
    loop_.advance(5s);
    EXPECT_FALSE(replica_.mirror.is_ready());
    replica_.loader.go_on();
    loop_.advance(10s);
    EXPECT_TRUE(replica_.mirror.is_ready());
    EXPECT_EQ(replica_.mirror.revision().seq, 601U);
}

// Who asks for a revision waits until the mirror shows it, and no longer than the deadline.
TEST_F(MirrorLoaderTest, Reach) {
    const auto deadline = loop_.timers().now() + 5s;
    EXPECT_EQ(loop_.run(reach(replica_.context, {}, deadline)).error().reason, "MIRROR_NOT_READY");
    EXPECT_EQ(loop_.timers().now(), deadline);
    replica_.follow();
    commit(unit_named("a"));
    EXPECT_TRUE(loop_.run(reach(replica_.context, {1, 1}, loop_.timers().now() + 5s)));
    EXPECT_EQ(loop_.run(reach(replica_.context, {1, 2}, loop_.timers().now() + 5s)).error().reason,
              "REVISION_NOT_REACHED");
    const auto waiting = loop_.start(reach(replica_.context, {1, 2}, loop_.timers().now() + 5s));
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    commit(unit_named("b"));
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_TRUE(*waiting->value);
}

// Who has written reads its own write also when the epoch rises in between: the answer to the write
// carried the epoch of a mirror that had not heard of it, and a later epoch alone shows nothing.
TEST_F(MirrorLoaderTest, ReachAsksForTheSeqInALaterEpochToo) {
    replica_.follow();
    commit(Epoch{2, "another master"});
    loop_.settle();
    ASSERT_EQ(replica_.mirror.revision(), (Revision{2, 1}));
    const auto waiting = loop_.start(reach(replica_.context, {1, 2}, loop_.timers().now() + 5s));
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    commit(unit_named("a"));
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_TRUE(*waiting->value);
}

}  // namespace
}  // namespace liandong::store
