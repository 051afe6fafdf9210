#include "cli/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Lines = std::vector<std::string>;

constexpr std::int64_t kTime = 1'784'368'805'000'000;

intake::v1::Incident incident(std::uint64_t version) {
    intake::v1::Incident result;
    result.set_id("id-1");
    result.set_number("420981-20260718-000001");
    result.set_version(version);
    result.set_state(intake::v1::INCIDENT_STATE_RECEIVED);
    result.set_received_at_micros(kTime);
    result.set_summary("落水");
    return result;
}

dispatch::v1::Unit unit(std::string id, std::uint64_t version, dispatch::v1::UnitStatus status) {
    dispatch::v1::Unit result;
    result.set_id(std::move(id));
    result.set_version(version);
    result.set_status(status);
    result.set_status_since_micros(kTime);
    return result;
}

// A change names time, thing, and what is different, nothing else.
TEST(ChangeLine, NamesTheDifference) {
    auto before = incident(1), after = incident(2);
    after.set_state(intake::v1::INCIDENT_STATE_DISPATCHED);
    after.set_dispatched_at_micros(kTime + 60'000'000);
    after.add_orders();
    EXPECT_EQ(change_line(&before, after),
              "07-18 18:01:05  incident 420981-20260718-000001  接警 received → 派警 dispatched, "
              "units 0 → 1");
    EXPECT_EQ(change_line(&before, before),
              "07-18 18:00:05  incident 420981-20260718-000001  updated");
    EXPECT_EQ(change_line(nullptr, before),
              "07-18 18:00:05  incident 420981-20260718-000001  new: 落水");
}

// A fact that an order kept without moving is told too (D3).
TEST(ChangeLine, TellsKeptFacts) {
    dispatch::v1::Order before;
    before.set_id("order-1");
    before.set_state(dispatch::v1::ORDER_STATE_CLEARED);
    auto after = before;
    auto& entry = *after.add_entries();
    entry.set_fact(dispatch::v1::ORDER_FACT_ARRIVED);
    entry.set_recorded_at_micros(kTime);
    EXPECT_THAT(change_line(&before, after), HasSubstr("kept without moving: 到场 arrived"));
}

// The first snapshot gives no lines (it is shown as a table); afterwards each newer version gives
// one.
TEST(Tracker, GivesLinesAfterTheSnapshot) {
    Tracker<dispatch::v1::Unit> tracker;
    tracker.begin_snapshot();
    EXPECT_THAT(tracker.upsert(unit("a", 1, dispatch::v1::UNIT_STATUS_IN_STATION)), IsEmpty());
    EXPECT_FALSE(tracker.has_snapshot());
    EXPECT_THAT(tracker.end_snapshot(), IsEmpty());
    EXPECT_EQ(tracker.held().size(), 1U);
    EXPECT_THAT(tracker.upsert(unit("a", 1, dispatch::v1::UNIT_STATUS_IN_STATION)), IsEmpty())
        << "seen before";
    EXPECT_THAT(tracker.upsert(unit("a", 2, dispatch::v1::UNIT_STATUS_ON_PATROL)),
                ElementsAre("07-18 18:00:05  unit a  在站 in station → 巡逻 on patrol"));
    EXPECT_THAT(tracker.remove("a"), ElementsAre("unit a: left the view"));
    EXPECT_THAT(tracker.remove("a"), IsEmpty());
}

// A later snapshot, after the server started the view again, tells what was missed and nothing
// twice.
TEST(Tracker, ComparesALaterSnapshot) {
    Tracker<dispatch::v1::Unit> tracker;
    tracker.begin_snapshot();
    for (const char* id : {"a", "b", "c"})
        tracker.upsert(unit(id, 1, dispatch::v1::UNIT_STATUS_IN_STATION));
    tracker.end_snapshot();
    tracker.begin_snapshot();
    tracker.upsert(unit("a", 1, dispatch::v1::UNIT_STATUS_IN_STATION));
    tracker.upsert(unit("b", 5, dispatch::v1::UNIT_STATUS_OFF_DUTY));
    tracker.upsert(unit("d", 6, dispatch::v1::UNIT_STATUS_IN_STATION));
    EXPECT_THAT(tracker.end_snapshot(),
                ElementsAre(HasSubstr("unit b  在站 in station → 离岗 off duty"),
                            HasSubstr("unit d  new"), "unit c: left the view"));
    EXPECT_EQ(tracker.held().size(), 3U);
}

}  // namespace
}  // namespace liandong::cli
