#include "services/dispatch/service/unit_board.h"

#include "common/base/random.h"
#include "common/store/codec.h"
#include "tests/unit/dispatch/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace liandong::dispatch {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class UnitBoardTest : public testing::Test {
protected:
    UnitBoardTest() {
        mirror_.begin_load(0);
        mirror_.finish_load(false);
    }

    /// The next event writes these units.
    void write(const std::vector<Unit>& units) {
        store::LogEntry entry;
        entry.seq = mirror_.revision().seq + 1;
        EventHeader header;
        header.recorded_at = kNow;
        entry.header = store::encode(header);
        for (const Unit& unit : units)
            entry.writes.push_back({key_of<Unit>(unit.id), store::encode(Entity(unit))});
        ASSERT_TRUE(mirror_.apply(entry));
    }
    /// The mirror starts over at `seq` with these units, up to where it is complete.
    void begin_load(std::uint64_t seq, const std::vector<Unit>& units) {
        mirror_.begin_load(seq);
        for (const Unit& unit : units) {
            ASSERT_TRUE(mirror_.load(key_of<Unit>(unit.id), {seq, store::encode(Entity(unit))}));
        }
    }
    std::vector<std::string> ids() {
        std::vector<std::string> out;
        for (const UnitRow& row : board_.rows()) out.push_back(row.unit->id);
        return out;
    }
    const UnitRow& row(const std::string& id) {
        return *std::ranges::find(board_.rows(), id,
                                  [](const UnitRow& row) { return row.unit->id; });
    }

    store::Mirror mirror_;
    UnitBoard board_{mirror_};
};

// Rows are in id order and follow the mirror.
TEST_F(UnitBoardTest, FollowsTheMirror) {
    EXPECT_THAT(ids(), IsEmpty());
    write({free_unit("b")});
    EXPECT_THAT(ids(), ElementsAre("b"));
    write({free_unit("c"), free_unit("a")});
    EXPECT_THAT(ids(), ElementsAre("a", "b", "c"));
    write({busy_unit("b", "O1", "I1")});
    EXPECT_EQ(row("b").availability, Availability::kNotAvailable);
    EXPECT_EQ(row("b").version, 3U);
}

// A live fix lives on when the unit's state changes, until the state brings a newer one.
TEST_F(UnitBoardTest, AFixSurvivesWhatIsOlder) {
    write({free_unit("a")});
    EXPECT_TRUE(board_.note_position("a", at(31, 113), kNow + 1min));
    write({busy_unit("a", "O1", "I1")});
    EXPECT_EQ(row("a").position, at(31, 113));
    EXPECT_EQ(row("a").position_at, kNow + 1min);
    Unit moved = free_unit("a", at(32, 112));
    moved.position_at = kNow + 2min;
    write({moved});
    EXPECT_EQ(row("a").position, at(32, 112));
}

// D23: a unit that was set in station is there, wherever it was last seen, until a newer fix.
TEST_F(UnitBoardTest, InStationIsAPlace) {
    Unit back = free_unit("a", at(32, 112));
    back.home = at(30, 113);
    back.position_at = kNow;
    back.status_since = kNow + 1min;
    write({back});
    EXPECT_EQ(row("a").position, back.home);
    EXPECT_EQ(row("a").position_at, kNow + 1min);
    EXPECT_TRUE(board_.note_position("a", at(31, 113), kNow + 2min));
    EXPECT_EQ(row("a").position, at(31, 113));

    Unit patrol = back;
    patrol.id = "b";
    patrol.status = UnitStatus::kOnPatrol;
    write({patrol});
    EXPECT_EQ(row("b").position, at(32, 112));
}

// An older fix is ignored, and one of a unit that nobody knows is refused.
TEST_F(UnitBoardTest, IgnoresOldFixesAndUnknownUnits) {
    write({free_unit("a"), free_unit("c")});
    EXPECT_TRUE(board_.note_position("a", at(31, 113), kNow + 1min));
    EXPECT_TRUE(board_.note_position("a", at(32, 112), kNow + 30s));
    EXPECT_EQ(row("a").position, at(31, 113));
    EXPECT_FALSE(board_.note_position("b", at(31, 113), kNow));
    EXPECT_FALSE(board_.note_position("z", at(31, 113), kNow));
}

// A mirror that starts over takes no fix away, and units that are no longer there go.
TEST_F(UnitBoardTest, AFixSurvivesAReload) {
    write({free_unit("a"), free_unit("b")});
    EXPECT_TRUE(board_.note_position("b", at(31, 113), kNow + 1min));
    mirror_.begin_load(0);
    ASSERT_TRUE(mirror_.load(key_of<Unit>("b"), {1, store::encode(Entity(free_unit("b")))}));
    mirror_.finish_load(false);
    EXPECT_THAT(ids(), ElementsAre("b"));
    EXPECT_EQ(row("b").position, at(31, 113));
}

// Asked while the mirror is half loaded, the board shows what it had, and all of it afterwards.
TEST_F(UnitBoardTest, IsNotFooledByAMirrorThatIsLoading) {
    EXPECT_THAT(ids(), IsEmpty());
    begin_load(7, {free_unit("a")});
    EXPECT_FALSE(board_.note_position("a", at(31, 113), kNow));
    EXPECT_THAT(ids(), IsEmpty());
    ASSERT_TRUE(mirror_.load(key_of<Unit>("b"), {7, store::encode(Entity(free_unit("b")))}));
    mirror_.finish_load(false);
    EXPECT_THAT(ids(), ElementsAre("a", "b"));
}

// Kept current step by step or made anew, the board is the same.
TEST_F(UnitBoardTest, EqualsABoardMadeAnew) {
    SeededRandom random(5);
    for (int step = 0; step < 300; ++step) {
        std::vector<Unit> units;
        for (std::uint64_t i = 0, first = random.below(10), count = random.below(4); i < count;
             ++i) {
            Unit unit = free_unit(fmt::format("u{}", first + i));
            unit.position_at = kNow + std::chrono::seconds{step};
            unit.crew = step;
            units.push_back(unit);
        }
        write(units);
        if (random.below(3) == 0) continue;
        UnitBoard anew(mirror_);
        const auto expected = anew.rows();
        const auto rows = board_.rows();
        ASSERT_EQ(rows.size(), expected.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            ASSERT_EQ(*rows[i].unit, *expected[i].unit);
            ASSERT_EQ(rows[i].version, expected[i].version);
            ASSERT_EQ(rows[i].position_at, expected[i].position_at);
        }
    }
}

}  // namespace
}  // namespace liandong::dispatch
