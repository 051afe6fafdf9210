#include "common/store/mirror.h"

#include "tests/unit/store/events.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace liandong::store {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr Timestamp kNow{Duration{1'784'368'800'000'000}};

Key unit_key(std::string_view id) { return key_of<Unit>(id); }
Key incident_key(std::string_view id) { return key_of<Incident>(id); }

class MirrorTest : public ::testing::Test {
protected:
    /// Loads these, as read at log end `seq`.
    void load(std::uint64_t seq, const std::vector<std::pair<Entity, std::uint64_t>>& values,
              bool ended_left_out = false) {
        mirror_.begin_load(seq);
        for (const auto& [entity, version] : values) {
            ASSERT_TRUE(mirror_.load(key_of(entity), {version, encode(entity)}));
        }
        mirror_.finish_load(ended_left_out);
    }
    void apply(std::uint64_t seq, const std::vector<Entity>& entities, Timestamp at = kNow) {
        const Status status = mirror_.apply(event(seq, at, entities));
        ASSERT_TRUE(status) << status.error().reason;
    }
    std::int32_t crew(std::string_view id) const {
        const auto* held = mirror_.find<Unit>(id);
        return held ? held->value->crew : -1;
    }

    Mirror mirror_;
};

// It is ready when its load is complete, and shows what was loaded at the revision it was read.
TEST_F(MirrorTest, Loads) {
    EXPECT_FALSE(mirror_.is_ready());
    mirror_.begin_load(7);
    ASSERT_TRUE(mirror_.load(unit_key("a"), {3, encode(Entity(unit_named("a", 2)))}));
    ASSERT_TRUE(mirror_.load(unit_key("gone"), {0, ""}));
    EXPECT_FALSE(mirror_.is_ready());
    mirror_.finish_load(false);
    EXPECT_TRUE(mirror_.is_ready());
    EXPECT_EQ(mirror_.revision(), (Revision{1, 7}));
    EXPECT_EQ(crew("a"), 2);
    EXPECT_EQ(mirror_.find<Unit>("a")->version, 3U);
    EXPECT_EQ(mirror_.find<Unit>("gone"), nullptr);
}

// Events are applied in order, whole.
TEST_F(MirrorTest, AppliesEvents) {
    load(7, {});
    apply(8, {unit_named("a", 1), unit_named("b", 2), incident_named("i")});
    apply(9, {unit_named("a", 3)});
    EXPECT_EQ(crew("a"), 3);
    EXPECT_EQ(crew("b"), 2);
    EXPECT_EQ(mirror_.find<Unit>("b")->version, 8U);
    EXPECT_EQ(mirror_.revision().seq, 9U);
}

// A process's own event shows before the log brings it, which then changes nothing; one that is not
// the next, or that comes while the mirror is useless, is left to the log.
TEST_F(MirrorTest, AppliesItsOwnEventOnce) {
    mirror_.apply_own(1, kNow, {unit_named("a", 1)});
    EXPECT_EQ(crew("a"), -1);
    load(7, {});
    mirror_.apply_own(9, kNow, {unit_named("a", 1)});
    EXPECT_EQ(crew("a"), -1);
    mirror_.apply_own(8, kNow, {unit_named("a", 2)});
    EXPECT_EQ(crew("a"), 2);
    EXPECT_EQ(mirror_.find<Unit>("a")->version, 8U);
    EXPECT_EQ(mirror_.revision().seq, 8U);
    EXPECT_THAT(mirror_.changes_since({1, 7}), Optional(ElementsAre(unit_key("a"))));
    apply(8, {unit_named("a", 5)});
    EXPECT_EQ(crew("a"), 2);
}

// What was read while loading may be newer than the log's end noted before: the event that wrote it
// does not take it back, nor does an older one.
TEST_F(MirrorTest, NeverGoesBack) {
    load(7, {{unit_named("a", 9), 9}});
    apply(8, {unit_named("a", 8)});
    EXPECT_EQ(crew("a"), 9);
    apply(9, {unit_named("a", 9)});
    EXPECT_EQ(mirror_.find<Unit>("a")->version, 9U);
    ASSERT_TRUE(mirror_.apply(event(9, kNow, {unit_named("a", 1)})));  // heard twice
    EXPECT_EQ(crew("a"), 9);
    EXPECT_EQ(mirror_.revision().seq, 9U);
}

// A missing event is noticed, and nothing of the one behind it is shown.
TEST_F(MirrorTest, NoticesAGap) {
    load(7, {});
    const Status status = mirror_.apply(event(9, kNow, {unit_named("a", 1)}));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Code::kAborted);
    EXPECT_EQ(status.error().reason, "LOG_GAP");
    EXPECT_EQ(crew("a"), -1);
    EXPECT_EQ(mirror_.revision().seq, 7U);
}

TEST_F(MirrorTest, NoticesCorruptBytes) {
    load(0, {});
    LogEntry entry = event(1, kNow, {unit_named("a")});
    entry.writes[0].bytes = "\xff";
    EXPECT_EQ(mirror_.apply(entry).error().reason, "STORE_CORRUPT");
    EXPECT_EQ(mirror_.load(unit_key("a"), {1, "\xff"}).error().reason, "STORE_CORRUPT");
}

// Reports are read by key: a mirror holds none and tells of none.
TEST_F(MirrorTest, HoldsNoReports) {
    load(0, {});
    Report report;
    report.id = "r";
    apply(1, {report, incident_named("i")});
    EXPECT_EQ(mirror_.find<Report>("r"), nullptr);
    EXPECT_THAT(mirror_.changes_since({1, 0}), Optional(ElementsAre(incident_key("i"))));
}

// What changed since is told from the list of changes, each key once.
TEST_F(MirrorTest, TellsChangesFromTheList) {
    load(7, {{unit_named("old"), 3}});
    apply(8, {unit_named("b"), unit_named("a")});
    apply(9, {unit_named("a"), incident_named("i")});
    EXPECT_THAT(mirror_.changes_since({1, 7}),
                Optional(ElementsAre(incident_key("i"), unit_key("a"), unit_key("b"))));
    EXPECT_THAT(mirror_.changes_since({1, 8}),
                Optional(ElementsAre(incident_key("i"), unit_key("a"))));
    EXPECT_THAT(mirror_.changes_since({1, 9}), Optional(IsEmpty()));
}

// For a revision older than the list the versions tell, so a watcher survives a restart of its
// server.
TEST_F(MirrorTest, TellsChangesFromVersions) {
    load(7, {{unit_named("a"), 3}, {unit_named("b"), 5}, {incident_named("i"), 6}});
    apply(8, {unit_named("c")});
    EXPECT_THAT(mirror_.changes_since({1, 4}),
                Optional(ElementsAre(incident_key("i"), unit_key("b"), unit_key("c"))));
    EXPECT_THAT(
        mirror_.changes_since({1, 0}),
        Optional(ElementsAre(incident_key("i"), unit_key("a"), unit_key("b"), unit_key("c"))));
}

// The list is bounded; behind its beginning the versions tell, and nothing is lost.
TEST_F(MirrorTest, TheListIsBounded) {
    load(0, {});
    apply(1, {unit_named("first")});
    constexpr std::uint64_t kMany = 70'000;
    for (std::uint64_t seq = 2; seq <= kMany; ++seq) {
        apply(seq, {unit_named(fmt::format("unit-{}", seq % 3))});
    }
    EXPECT_THAT(mirror_.changes_since({1, 0}),
                Optional(ElementsAre(unit_key("first"), unit_key("unit-0"), unit_key("unit-1"),
                                     unit_key("unit-2"))));
    EXPECT_THAT(mirror_.changes_since({1, kMany - 1}),
                Optional(ElementsAre(unit_key(fmt::format("unit-{}", kMany % 3)))));
}

// Nothing can be told across epochs, nor of the future.
TEST_F(MirrorTest, TellsNothingOfOtherEpochsOrTheFuture) {
    load(7, {});
    EXPECT_EQ(mirror_.changes_since({2, 7}), std::nullopt);
    EXPECT_EQ(mirror_.changes_since({0, 0}), std::nullopt);
    EXPECT_EQ(mirror_.changes_since({1, 8}), std::nullopt);
}

// The commit that raises the epoch moves the mirror into it; older revisions start over.
TEST_F(MirrorTest, FollowsTheEpoch) {
    load(7, {});
    apply(8, {Epoch{2, "replid"}});
    EXPECT_EQ(mirror_.revision(), (Revision{2, 8}));
    EXPECT_EQ(mirror_.changes_since({1, 7}), std::nullopt);
    apply(9, {unit_named("a")});
    EXPECT_THAT(mirror_.changes_since({2, 8}), Optional(ElementsAre(unit_key("a"))));
}

// What ended is kept for 72 hours of world time, to the microsecond, then forgotten.
TEST_F(MirrorTest, ForgetsWhatEndedLongAgo) {
    load(0, {});
    apply(1, {incident_named("i")});
    apply(2, {incident_named("i", kNow)});
    apply(3, {unit_named("a")}, kNow + 72h);
    ASSERT_NE(mirror_.find<Incident>("i"), nullptr);
    EXPECT_TRUE(mirror_.changes_since({1, 1}));
    apply(4, {unit_named("a")}, kNow + 72h + 1us);
    EXPECT_EQ(mirror_.find<Incident>("i"), nullptr);
    // Who has not seen it end can no longer be told.
    EXPECT_EQ(mirror_.changes_since({1, 1}), std::nullopt);
    EXPECT_THAT(mirror_.changes_since({1, 2}), Optional(ElementsAre(unit_key("a"))));
}

// An end that is written again (a late fact) does not leave a second entry behind.
TEST_F(MirrorTest, ForgetsOnceAfterALateFact) {
    load(0, {});
    apply(1, {incident_named("i", kNow)});
    apply(2, {incident_named("i", kNow)});
    apply(3, {incident_named("i", kNow + 1h)});
    apply(4, {}, kNow + 72h + 1min);
    EXPECT_NE(mirror_.find<Incident>("i"), nullptr);
    apply(5, {}, kNow + 73h + 1min);
    EXPECT_EQ(mirror_.find<Incident>("i"), nullptr);
}

// A load that left ended things out cannot tell of removals from before the oldest it has.
TEST_F(MirrorTest, KnowsWhatALoadLeftOut) {
    load(20, {{incident_named("open"), 3}, {incident_named("ended", kNow), 9}}, true);
    EXPECT_EQ(mirror_.changes_since({1, 8}), std::nullopt);
    EXPECT_THAT(mirror_.changes_since({1, 9}), Optional(IsEmpty()));
    load(20, {{incident_named("open"), 3}}, true);
    EXPECT_EQ(mirror_.changes_since({1, 19}), std::nullopt);
    load(20, {{incident_named("open"), 3}}, false);
    EXPECT_THAT(mirror_.changes_since({1, 0}), Optional(ElementsAre(incident_key("open"))));
}

// What is forgotten while a load catches up counts too, also when something with a lower number
// that ended later is still held.
TEST_F(MirrorTest, KnowsWhatItForgotWhileLoading) {
    mirror_.begin_load(5);
    ASSERT_TRUE(mirror_.load(incident_key("lately"), {2, encode(incident_named("lately", kNow))}));
    ASSERT_TRUE(
        mirror_.load(incident_key("early"), {4, encode(incident_named("early", kNow - 71h))}));
    apply(6, {unit_named("a")}, kNow + 2h);
    ASSERT_EQ(mirror_.find<Incident>("early"), nullptr);
    mirror_.finish_load(true);
    EXPECT_EQ(mirror_.changes_since({1, 3}), std::nullopt);
    EXPECT_THAT(mirror_.changes_since({1, 4}), Optional(ElementsAre(unit_key("a"))));
}

}  // namespace
}  // namespace liandong::store
