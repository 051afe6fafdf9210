#include "common/store/feed.h"

#include "tests/support/replica.h"
#include "tests/unit/store/events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Timestamp kNow = test::kDeskOpens;

/// A mirror fed by hand.
class FeedTest : public ::testing::Test {
protected:
    FeedTest() { load(3); }
    ~FeedTest() override {
        cancellation_.cancel();
        loop_.settle();
    }

    void load(std::uint64_t seq) {
        replica_.mirror.begin_load(seq);
        replica_.mirror.finish_load(false);
    }
    void apply(std::uint64_t seq, const std::vector<Entity>& entities, Timestamp at = kNow) {
        ASSERT_TRUE(replica_.mirror.apply(event(seq, at, entities)));
    }
    FeedStep next(Feed& feed) {
        auto step = loop_.run(feed.next());
        EXPECT_TRUE(step);
        return step.value_or(FeedStep{});
    }

    test::VirtualLoop loop_;
    test::VirtualClock clock_{loop_.timers(), kNow};
    MemoryState state_;
    test::Replica replica_{loop_, state_, clock_, {"drill-1", "420981"}};
    Cancellation cancellation_;
};

// A new watcher gets a snapshot, then what changes, each key once however often it changed.
TEST_F(FeedTest, SnapshotThenChanges) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    FeedStep step = next(feed);
    EXPECT_TRUE(step.snapshot && step.first && step.starts_view());
    EXPECT_EQ(step.reason, "FIRST");
    EXPECT_EQ(step.revision, (Revision{1, 3}));
    apply(4, {unit_named("b"), unit_named("a")});
    apply(5, {unit_named("a")});
    step = next(feed);
    EXPECT_FALSE(step.snapshot || step.first || step.starts_view());
    EXPECT_THAT(step.changed, ElementsAre(key_of<Unit>("a"), key_of<Unit>("b")));
    EXPECT_EQ(step.revision, (Revision{1, 5}));
}

// A console that has just written is shown nothing that lacks its write.
TEST_F(FeedTest, StartsNoEarlierThanAsked) {
    Feed feed(replica_.context, std::nullopt, cancellation_, Revision{1, 4});
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(4, {unit_named("a")});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ((*waiting->value)->revision, (Revision{1, 4}));
}

// Nothing is told twice: without a change the feed waits.
TEST_F(FeedTest, WaitsForChanges) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    next(feed);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(4, {unit_named("a")});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_THAT((*waiting->value)->changed, ElementsAre(key_of<Unit>("a")));
}

// A watcher that resumes is told where it stands at once, also when it missed nothing.
TEST_F(FeedTest, Resumes) {
    apply(4, {unit_named("a")});
    Feed behind(replica_.context, Revision{1, 3}, cancellation_);
    FeedStep step = next(behind);
    EXPECT_FALSE(step.snapshot);
    EXPECT_TRUE(step.first && step.starts_view());
    EXPECT_THAT(step.changed, ElementsAre(key_of<Unit>("a")));
    Feed current(replica_.context, Revision{1, 4}, cancellation_);
    step = next(current);
    EXPECT_TRUE(step.first);
    EXPECT_FALSE(step.snapshot);
    EXPECT_THAT(step.changed, IsEmpty());
}

// On a replica that lags behind what the watcher holds, nothing is taken back: it waits.
TEST_F(FeedTest, NeverTakesBack) {
    Feed feed(replica_.context, Revision{1, 5}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    apply(4, {unit_named("a")});
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(5, {unit_named("b")});
    apply(6, {unit_named("c")});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_FALSE((*waiting->value)->snapshot);
    EXPECT_THAT((*waiting->value)->changed, ElementsAre(key_of<Unit>("c")));
}

// A new epoch starts every watcher over, also one whose seq is ahead (after a failover it may be).
TEST_F(FeedTest, ANewEpochStartsOver) {
    Feed feed(replica_.context, Revision{1, 9'000}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(4, {Epoch{2, "replid"}});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_TRUE((*waiting->value)->snapshot);
    EXPECT_EQ((*waiting->value)->reason, "NEW_EPOCH");
    EXPECT_EQ((*waiting->value)->revision, (Revision{2, 4}));
}

// Where a clock was wrong the next epoch may have a lower number: a view that is held starts over
// at once all the same.
TEST_F(FeedTest, ALowerEpochStartsAHeldViewOver) {
    apply(4, {Epoch{9, "ahead of time"}});
    Feed feed(replica_.context, std::nullopt, cancellation_);
    EXPECT_EQ(next(feed).revision, (Revision{9, 4}));
    const auto waiting = loop_.start(feed.next());
    replica_.mirror.begin_load(3);
    ASSERT_TRUE(replica_.mirror.load(key_of(Epoch{}), {3, encode(Epoch{5, "in time"})}));
    replica_.mirror.finish_load(false);
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ((*waiting->value)->reason, "NEW_EPOCH");
    EXPECT_EQ((*waiting->value)->revision, (Revision{5, 3}));
}

// A feed of some keys sleeps through everything else, and does not tell it afterwards either.
TEST_F(FeedTest, OnlyWhatWasSelected) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    next(feed);
    feed.only({key_of<Unit>("a")});
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    apply(4, {unit_named("b")});
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(5, {unit_named("a"), unit_named("c")});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ((*waiting->value)->revision, (Revision{1, 5}));
    EXPECT_THAT((*waiting->value)->changed, ElementsAre(key_of<Unit>("a"), key_of<Unit>("c")));
}

// Another epoch starts it over all the same.
TEST_F(FeedTest, ASelectiveFeedHearsOfANewEpoch) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    next(feed);
    feed.only({key_of<Unit>("a")});
    apply(4, {Epoch{2, "replid"}});
    EXPECT_EQ(next(feed).reason, "NEW_EPOCH");
}

// A replica that has not heard of the new epoch yet does not take a view of it back.
TEST_F(FeedTest, AViewOfANewerEpochWaits) {
    Feed feed(replica_.context, Revision{2, 2}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    apply(4, {unit_named("a")});
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    apply(5, {Epoch{2, "replid"}});
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ((*waiting->value)->revision, (Revision{2, 5}));
}

// A view of a log that nobody has any more (a store restored from elsewhere) starts over.
TEST_F(FeedTest, AViewOfALostLogStartsOver) {
    Feed feed(replica_.context, Revision{7, 9'000}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    loop_.advance(4s);
    EXPECT_FALSE(waiting->value);
    loop_.advance(2s);
    ASSERT_TRUE(waiting->value);
    EXPECT_TRUE((*waiting->value)->snapshot);
    EXPECT_EQ((*waiting->value)->reason, "NEW_EPOCH");
}

// While it is being asked whether this process has the whole log, the mirror may be found useless:
// then nothing is told from it.
TEST_F(FeedTest, ALostViewWaitsForTheMirrorToo) {
    Feed feed(replica_.context, Revision{7, 9'000}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    replica_.faults.script_read({FaultKind::kNone, 1s});
    loop_.advance(5'500ms);  // looked into after 5 s; the store takes a second to answer
    replica_.mirror.invalidate();
    loop_.advance(20s);
    EXPECT_FALSE(waiting->value);
    load(3);
    loop_.advance(6s);
    ASSERT_TRUE(waiting->value);
    EXPECT_EQ((*waiting->value)->reason, "NEW_EPOCH");
}

// What ended before the watcher's revision and is forgotten needs no telling; what ended after it
// does.
TEST_F(FeedTest, StartsOverWhenRemovalsAreForgotten) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    next(feed);
    apply(4, {incident_named("i")});
    apply(5, {incident_named("i", kNow)});
    apply(6, {unit_named("a")}, kNow + 73h);
    FeedStep step = next(feed);
    EXPECT_TRUE(step.snapshot);
    EXPECT_EQ(step.reason, "TOO_FAR_BEHIND");
    Feed resumed(replica_.context, Revision{1, 4}, cancellation_);
    step = next(resumed);
    EXPECT_TRUE(step.snapshot);
    EXPECT_EQ(step.reason, "TOO_OLD");
    Feed in_time(replica_.context, Revision{1, 5}, cancellation_);
    EXPECT_FALSE(next(in_time).snapshot);
}

// While the mirror starts over, a watcher waits for it.
TEST_F(FeedTest, WaitsForTheMirror) {
    replica_.mirror.begin_load(7);
    Feed feed(replica_.context, Revision{1, 3}, cancellation_);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    EXPECT_FALSE(waiting->value);
    replica_.mirror.finish_load(false);
    loop_.settle();
    EXPECT_TRUE(waiting->value);
}

// A cancelled watcher ends, whether it waits or asks.
TEST_F(FeedTest, EndsWhenCancelled) {
    Feed feed(replica_.context, std::nullopt, cancellation_);
    next(feed);
    const auto waiting = loop_.start(feed.next());
    loop_.settle();
    cancellation_.cancel();
    loop_.settle();
    ASSERT_TRUE(waiting->value);
    EXPECT_FALSE(waiting->value->has_value());
    EXPECT_FALSE(loop_.run(feed.next()));
}

}  // namespace
}  // namespace liandong::store
