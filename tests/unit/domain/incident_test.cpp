#include "common/domain/incident.h"

#include "common/base/random.h"
#include "common/domain/order.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::domain {
namespace {

using State = IncidentState;

constexpr Timestamp at(std::int64_t seconds) { return Timestamp{std::chrono::seconds{seconds}}; }

Incident an_incident() {
    Incident incident;
    incident.id = "incident-1";
    incident.agency = "gongan";
    incident.received_at = at(100);
    return incident;
}

Order an_order(std::string id, OrderState state) {
    Order order;
    order.id = std::move(id);
    order.incident_id = "incident-1";
    order.unit_id = "unit-" + order.id;
    order.state = state;
    return order;
}

Incident with_orders(std::initializer_list<OrderState> states) {
    Incident incident = an_incident();
    int number = 0;
    for (OrderState state : states) note_order(incident, an_order(std::to_string(++number), state));
    follow_orders(incident, at(200));
    return incident;
}

/// The rule said a second way, for the tests.
State expected_state(const std::vector<OrderState>& orders) {
    bool cleared = false;
    int furthest = -1;
    for (OrderState state : orders) {
        cleared = cleared || state == OrderState::kCleared;
        if (state <= OrderState::kArrived) furthest = std::max(furthest, static_cast<int>(state));
    }
    constexpr State kOpen[] = {State::kDispatched, State::kDispatched, State::kAcknowledged,
                               State::kEnRoute, State::kOnScene};
    if (furthest >= 0) return kOpen[furthest];
    return cleared ? State::kHandled : State::kReceived;
}

// Without orders an incident is RECEIVED, with one it is where the order is.
TEST(FollowOrders, OneOrder) {
    EXPECT_EQ(with_orders({}).state, State::kReceived);
    for (OrderState state : kAllOrderStates) {
        EXPECT_EQ(with_orders({state}).state, expected_state({state})) << to_string(state);
    }
}

// Every combination of three orders: the furthest open one counts; when all have ended, a cleared
// one means HANDLED, and without one the incident waits for a unit again.
TEST(FollowOrders, EveryCombinationOfThree) {
    for (OrderState a : kAllOrderStates) {
        for (OrderState b : kAllOrderStates) {
            for (OrderState c : kAllOrderStates) {
                EXPECT_EQ(with_orders({a, b, c}).state, expected_state({a, b, c}))
                    << to_string(a) << ' ' << to_string(b) << ' ' << to_string(c);
            }
        }
    }
}

// A declined only order makes the incident RECEIVED again, but that somebody was sent stays on
// record.
TEST(FollowOrders, DeclinedGoesBackToReceivedWithItsStamps) {
    Incident incident = with_orders({OrderState::kSigned});
    EXPECT_EQ(incident.acknowledged_at, at(200));
    note_order(incident, an_order("1", OrderState::kDeclined));
    follow_orders(incident, at(300));
    EXPECT_EQ(incident.state, State::kReceived);
    EXPECT_EQ(incident.dispatched_at, at(200));
    EXPECT_EQ(incident.acknowledged_at, at(200));
    EXPECT_FALSE(is_set(incident.handled_at));
}

// The first unit's stamps stay when a second one comes later; the last to finish sets HANDLED.
TEST(FollowOrders, FirstStampsStayLastEndCounts) {
    Incident incident = with_orders({OrderState::kArrived});
    note_order(incident, an_order("2", OrderState::kSent));
    follow_orders(incident, at(300));
    note_order(incident, an_order("2", OrderState::kArrived));
    follow_orders(incident, at(400));
    EXPECT_EQ(incident.dispatched_at, at(200));
    EXPECT_EQ(incident.arrived_at, at(200));
    note_order(incident, an_order("1", OrderState::kCleared));
    follow_orders(incident, at(500));
    EXPECT_EQ(incident.state, State::kOnScene);
    EXPECT_FALSE(is_set(incident.handled_at));
    note_order(incident, an_order("2", OrderState::kCleared));
    follow_orders(incident, at(600));
    EXPECT_EQ(incident.state, State::kHandled);
    EXPECT_EQ(incident.handled_at, at(600));
}

// Reinforcement after HANDLED opens it again; the end that counts is the last one, and no clock
// sets it back.
TEST(FollowOrders, ReinforcementAfterHandled) {
    Incident incident = with_orders({OrderState::kCleared});
    note_order(incident, an_order("2", OrderState::kSent));
    follow_orders(incident, at(300));
    EXPECT_EQ(incident.state, State::kDispatched);
    note_order(incident, an_order("2", OrderState::kCleared));
    follow_orders(incident, at(150));
    EXPECT_EQ(incident.handled_at, at(200));
}

// Milestones that no order stood at are missing, not filled in (D3).
TEST(FollowOrders, SkippedMilestonesStayMissing) {
    const Incident incident = with_orders({OrderState::kArrived});
    EXPECT_EQ(incident.dispatched_at, at(200));
    EXPECT_FALSE(is_set(incident.acknowledged_at));
    EXPECT_FALSE(is_set(incident.departed_at));
    EXPECT_EQ(incident.arrived_at, at(200));
}

// Following again without news changes nothing.
TEST(FollowOrders, IsIdempotent) {
    for (OrderState a : kAllOrderStates) {
        for (OrderState b : kAllOrderStates) {
            Incident incident = with_orders({a, b});
            const Incident before = incident;
            follow_orders(incident, at(900));
            EXPECT_EQ(incident, before);
        }
    }
}

// An order is entered once and updated in place; another incident's is ignored.
TEST(NoteOrder, EntersOnceAndOnlyItsOwn) {
    Incident incident = an_incident();
    note_order(incident, an_order("1", OrderState::kSent));
    note_order(incident, an_order("2", OrderState::kSent));
    note_order(incident, an_order("1", OrderState::kArrived));
    Order foreign = an_order("3", OrderState::kSent);
    foreign.incident_id = "incident-2";
    note_order(incident, foreign);
    const std::vector<IncidentOrder> expected = {{"1", "unit-1", 4}, {"2", "unit-2", 0}};
    EXPECT_EQ(incident.orders, expected);
}

// More orders than an incident may hold is a caller's mistake.
TEST(NoteOrderDeathTest, BeyondTheLimit) {
    Incident incident = an_incident();
    for (std::size_t i = 0; i < kIncidentOrders_max; ++i) {
        note_order(incident, an_order(std::to_string(i), OrderState::kSent));
    }
    note_order(incident, an_order("0", OrderState::kSigned));
    EXPECT_DEATH(note_order(incident, an_order("one more", OrderState::kSent)),
                 "kIncidentOrders_max");
}

// Closing needs ended orders and a disposition; it happens once and says who and why.
TEST(Close, NeedsEndedOrdersAndADisposition) {
    Incident incident =
        with_orders({OrderState::kArrived, OrderState::kCleared, OrderState::kSent});
    const Incident before = incident;
    const Status open = close(incident, Disposition::kResolved, "li", "", at(300));
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, Code::kFailedPrecondition);
    EXPECT_EQ(open.error().reason, "ORDERS_STILL_OPEN");
    const std::vector<std::pair<std::string, std::string>> named = {{"order", "1"}, {"order", "3"}};
    EXPECT_EQ(open.error().metadata, named);
    EXPECT_EQ(incident, before);

    incident = with_orders({OrderState::kCleared, OrderState::kCancelled});
    const Status unsaid = close(incident, Disposition::kUnspecified, "li", "", at(300));
    EXPECT_EQ(unsaid.error().reason, "DISPOSITION_REQUIRED");
    EXPECT_EQ(unsaid.error().find("field"), "disposition");
    EXPECT_EQ(close(incident, Disposition::kResolved, "li", std::string(501, 'x'), at(300))
                  .error()
                  .reason,
              "TEXT_TOO_LONG");

    ASSERT_TRUE(close(incident, Disposition::kFalseAlarm, "li", "烟囱", at(300)));
    EXPECT_EQ(incident.state, State::kClosed);
    EXPECT_FALSE(is_open(incident));
    EXPECT_EQ(incident.closed_at, at(300));
    EXPECT_EQ(incident.closed_by, "li");
    EXPECT_EQ(incident.closing_note, "烟囱");
    EXPECT_EQ(close(incident, Disposition::kResolved, "wang", "", at(400)).error().reason,
              "INCIDENT_CLOSED");
}

// Every state without open orders can be closed, also one to which nobody was sent (D14).
TEST(Close, IsLegalWithoutAnyOrder) {
    Incident incident = an_incident();
    EXPECT_TRUE(close(incident, Disposition::kNuisance, "li", "", at(300)));
}

// A late fact on an ended order never opens a closed incident again.
TEST(Close, IsFinal) {
    Incident incident = with_orders({OrderState::kCleared});
    ASSERT_TRUE(close(incident, Disposition::kResolved, "li", "", at(300)));
    const Incident before = incident;
    follow_orders(incident, at(400));
    EXPECT_EQ(incident, before);
}

// What people say on the radio: district, civil date, six digits and more when a day needs them.
TEST(ReadableNumber, IsPaddedToSixDigits) {
    EXPECT_EQ(readable_number("420981", "20260718", 123), "420981-20260718-000123");
    EXPECT_EQ(readable_number("420981", "20260718", 1'234'567), "420981-20260718-1234567");
}

// The words of the API.
TEST(IncidentNames, AreTheWordsOfTheApi) {
    EXPECT_EQ(to_string(State::kReceived), "RECEIVED");
    EXPECT_EQ(to_string(State::kClosed), "CLOSED");
    EXPECT_EQ(to_string(Channel::kUnspecified), "UNSPECIFIED");
    EXPECT_EQ(to_string(Channel::kText12110), "TEXT_12110");
    EXPECT_EQ(to_string(Channel::kUpperCentre), "UPPER_CENTRE");
    EXPECT_EQ(to_string(Disposition::kTransferred), "TRANSFERRED");
}

}  // namespace
}  // namespace liandong::domain
