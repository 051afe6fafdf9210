#include "services/dispatch/policy/send_units.h"

#include "tests/unit/dispatch/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

namespace liandong::dispatch {
namespace {

using namespace domain;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Sending sending(ConflictRule rule = ConflictRule::kSendWhatIsFree) {
    return {rule, "go", "dispatcher-1", "gongan", kNow};
}

/// Units that are wanted, each under the order id "O-<unit>".
class Wanted {
public:
    Wanted(std::initializer_list<Unit> units) : units_(units) {
        for (const Unit& unit : units_) list_.push_back({&unit, "O-" + unit.id});
    }
    operator std::span<const WantedUnit>() const { return list_; }

private:
    std::deque<Unit> units_;
    std::vector<WantedUnit> list_;
};

Incident with_order(Incident incident, std::string order_id, std::string unit_id,
                    OrderState state) {
    incident.orders.push_back(
        {std::move(order_id), std::move(unit_id), static_cast<std::uint8_t>(state)});
    return incident;
}

// D2: a report of which nothing is known may be answered with units at once.
TEST(SendUnits, SendsToAnIncidentOfWhichNothingIsKnown) {
    const Wanted wanted{free_unit("u1"), free_unit("u2")};
    const auto sent = send_units(new_incident("I1"), wanted, sending());
    ASSERT_TRUE(sent);
    EXPECT_THAT(sent->lost, IsEmpty());
    ASSERT_THAT(sent->orders, SizeIs(2));
    ASSERT_THAT(sent->units, SizeIs(2));
    const Order& order = sent->orders[1];
    EXPECT_EQ(order.id, "O-u2");
    EXPECT_EQ(order.incident_id, "I1");
    EXPECT_EQ(order.state, OrderState::kSent);
    EXPECT_EQ(order.ordered_by, "dispatcher-1");
    EXPECT_EQ(order.note, "go");
    EXPECT_EQ(order.sent_at, kNow);
    EXPECT_TRUE(order.exclusive);
    EXPECT_EQ(sent->units[1].active_order_id, "O-u2");
    EXPECT_EQ(sent->units[1].active_incident_id, "I1");
    EXPECT_EQ(sent->units[1].status, UnitStatus::kDispatched);
    EXPECT_EQ(sent->incident.state, IncidentState::kDispatched);
    EXPECT_EQ(sent->incident.dispatched_at, kNow);
    EXPECT_THAT(sent->incident.orders, SizeIs(2));
}

// D4: every free unit goes, the lost one is named with who holds it, and its slot stays open.
TEST(SendUnits, SendsWhatIsFreeAndNamesTheRest) {
    Unit off = free_unit("off"), army = free_unit("army");
    off.status = UnitStatus::kOutOfService;
    army.relation = CommandRelation::kApproval;
    const Wanted wanted{free_unit("free"), busy_unit("busy", "O9", "I9"), off, army};
    const auto sent = send_units(new_incident("I1"), wanted, sending());
    ASSERT_TRUE(sent);
    ASSERT_THAT(sent->orders, SizeIs(1));
    EXPECT_EQ(sent->orders[0].unit_id, "free");
    EXPECT_THAT(sent->lost, ElementsAre(LostUnit{"busy", "UNIT_TAKEN", "O9", "I9"},
                                        LostUnit{"off", "UNIT_UNAVAILABLE", "", ""},
                                        LostUnit{"army", "NEEDS_APPROVAL", "", ""}));
    EXPECT_THAT(sent->incident.open_demand,
                ElementsAre(OpenDemand{"busy", "UNIT_TAKEN", "O9", kNow},
                            OpenDemand{"off", "UNIT_UNAVAILABLE", "", kNow},
                            OpenDemand{"army", "NEEDS_APPROVAL", "", kNow}));
}

// Nobody free is no refusal: the demand is what is kept.
TEST(SendUnits, KeepsTheDemandWhenNobodyIsFree) {
    const Wanted wanted{busy_unit("busy", "O9", "I9")};
    const auto sent = send_units(new_incident("I1"), wanted, sending());
    ASSERT_TRUE(sent);
    EXPECT_THAT(sent->orders, IsEmpty());
    EXPECT_THAT(sent->incident.open_demand, SizeIs(1));
    EXPECT_EQ(sent->incident.state, IncidentState::kReceived);
    // Asked again, it is the same demand still.
    const auto again = send_units(sent->incident, wanted, sending());
    ASSERT_TRUE(again);
    EXPECT_THAT(again->incident.open_demand, SizeIs(1));
}

// A unit that serves the incident already is named, and leaves no gap: it is on its way.
TEST(SendUnits, AUnitOfThisIncidentLeavesNoDemand) {
    const Wanted wanted{busy_unit("u2", "O9", "I1")};
    const auto sent = send_units(new_incident("I1"), wanted, sending());
    ASSERT_TRUE(sent);
    ASSERT_THAT(sent->lost, SizeIs(1));
    EXPECT_EQ(sent->lost[0].reason, "UNIT_TAKEN");
    EXPECT_THAT(sent->incident.open_demand, IsEmpty());
}

// ALL_OR_NONE sends all, or nobody and says who was not free.
TEST(SendUnits, AllOrNoneSendsNobodyUnlessAllAreFree) {
    const Wanted wanted{free_unit("free"), busy_unit("busy", "O9", "I9")};
    const auto refused = send_units(new_incident("I1"), wanted, sending(ConflictRule::kAllOrNone));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kFailedPrecondition);
    EXPECT_EQ(refused.error().reason, "UNITS_NOT_FREE");
    EXPECT_THAT(refused.error().metadata,
                ElementsAre(std::pair<std::string, std::string>{"unit", "busy"}));
    const Wanted both{free_unit("u1"), free_unit("u2")};
    const auto sent = send_units(new_incident("I1"), both, sending(ConflictRule::kAllOrNone));
    ASSERT_TRUE(sent);
    EXPECT_THAT(sent->orders, SizeIs(2));
}

// A unit that is sent fills the demand for itself; any other unit fills the oldest.
TEST(SendUnits, FillsOpenDemand) {
    Incident incident = new_incident("I1");
    incident.open_demand = {{"boat", "DECLINED", "", kNow},
                            {"u2", "UNIT_TAKEN", "O9", kNow},
                            {"u3", "UNIT_TAKEN", "", kNow}};
    const auto own = send_units(incident, Wanted{free_unit("u2")}, sending());
    ASSERT_TRUE(own);
    ASSERT_THAT(own->incident.open_demand, SizeIs(2));
    EXPECT_EQ(own->incident.open_demand[0].wanted, "boat");
    EXPECT_EQ(own->incident.open_demand[1].wanted, "u3");
    const auto other = send_units(incident, Wanted{free_unit("u7")}, sending());
    ASSERT_TRUE(other);
    ASSERT_THAT(other->incident.open_demand, SizeIs(2));
    EXPECT_EQ(other->incident.open_demand[0].wanted, "u2");
}

// Nobody is sent to what is closed.
TEST(SendUnits, RefusesAClosedIncident) {
    Incident incident = new_incident("I1");
    incident.state = IncidentState::kClosed;
    incident.closed_at = kNow;
    const auto sent = send_units(incident, Wanted{free_unit("u1")}, sending());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, Code::kFailedPrecondition);
    EXPECT_EQ(sent.error().reason, "INCIDENT_CLOSED");
}

// Ended orders make room for new ones; what is open is never dropped, and a full list refuses.
TEST(SendUnits, DropsEndedOrdersForRoomAndRefusesWhenAllAreOpen) {
    Incident incident = new_incident("I1");
    for (std::size_t i = 0; i + 1 < kIncidentOrders_max; ++i) {
        incident = with_order(incident, fmt::format("open{}", i), "x", OrderState::kArrived);
    }
    const auto refused = send_units(incident, Wanted{free_unit("u1"), free_unit("u2")}, sending());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kResourceExhausted);
    EXPECT_EQ(refused.error().reason, "TOO_MANY_ORDERS");

    const Incident full = with_order(incident, "over", "y", OrderState::kDeclined);
    const auto sent = send_units(full, Wanted{free_unit("u1")}, sending());
    ASSERT_TRUE(sent);
    EXPECT_THAT(sent->incident.orders, SizeIs(kIncidentOrders_max));
    EXPECT_EQ(std::ranges::count(sent->incident.orders, "over", &IncidentOrder::order_id), 0);
    EXPECT_EQ(sent->incident.orders.back().order_id, "O-u1");
}

// That somebody was there is the last thing to be forgotten: the incident stays HANDLED at the end.
TEST(SendUnits, DropsClearedOrdersLast) {
    Incident incident = with_order(new_incident("I1"), "cleared", "a", OrderState::kCleared);
    while (incident.orders.size() < kIncidentOrders_max) {
        incident = with_order(incident, fmt::format("declined{}", incident.orders.size()), "b",
                              OrderState::kDeclined);
    }
    const auto sent = send_units(incident, Wanted{free_unit("u1")}, sending());
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->incident.orders.front().order_id, "cleared");
    EXPECT_EQ(std::ranges::count(sent->incident.orders, "declined1", &IncidentOrder::order_id), 0);
}

}  // namespace
}  // namespace liandong::dispatch
