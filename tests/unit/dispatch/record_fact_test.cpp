#include "services/dispatch/policy/record_fact.h"

#include "tests/unit/dispatch/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace liandong::dispatch {
namespace {

using namespace domain;
using namespace std::chrono_literals;
using testing::IsEmpty;
using testing::SizeIs;

/// One unit just sent to one incident.
OrderSet sent() {
    OrderSet set{sent_order("O1", "I1", "u1"), new_incident("I1"), busy_unit("u1", "O1", "I1")};
    note_order(set.incident, set.order);
    follow_orders(set.incident, kNow);
    return set;
}

FactReport fact(OrderFact what, Timestamp occurred_at = {}) {
    return {.order_id = "O1",
            .fact = what,
            .occurred_at = occurred_at,
            .source = FactSource::kButton,
            .position = {},
            .reason = {}};
}

OrderSet record(OrderSet set, OrderFact what, Timestamp now = kNow + 1min) {
    return record_fact(std::move(set), fact(what), "crew", now);
}

void expect_agreement(const OrderSet& set, OrderState order, UnitStatus unit,
                      IncidentState incident) {
    EXPECT_EQ(set.order.state, order);
    EXPECT_EQ(set.unit.status, unit);
    EXPECT_EQ(set.incident.state, incident);
    const bool is_held = set.unit.active_order_id == set.order.id;
    EXPECT_EQ(is_held, !is_ended(order));
    ASSERT_THAT(set.incident.orders, SizeIs(1));
    EXPECT_EQ(static_cast<OrderState>(set.incident.orders[0].progress), order);
}

// Every fact in its turn moves order, unit and incident together.
TEST(RecordFact, OrderUnitAndIncidentGoTogether) {
    OrderSet set = record(sent(), OrderFact::kDelivered);
    expect_agreement(set, OrderState::kDelivered, UnitStatus::kDispatched,
                     IncidentState::kDispatched);
    set = record(set, OrderFact::kSigned);
    expect_agreement(set, OrderState::kSigned, UnitStatus::kAcknowledged,
                     IncidentState::kAcknowledged);
    set = record(set, OrderFact::kDeparted);
    expect_agreement(set, OrderState::kDeparted, UnitStatus::kEnRoute, IncidentState::kEnRoute);
    set = record(set, OrderFact::kArrived);
    expect_agreement(set, OrderState::kArrived, UnitStatus::kOnScene, IncidentState::kOnScene);
    set = record(set, OrderFact::kCleared, kNow + 2h);
    expect_agreement(set, OrderState::kCleared, UnitStatus::kReturning, IncidentState::kHandled);
    EXPECT_EQ(set.incident.handled_at, kNow + 2h);
    EXPECT_THAT(set.order.entries, SizeIs(5));
}

// D3: whatever is pressed whenever is kept with its times and source, and order, unit and incident
// agree.
TEST(RecordFact, KeepsEveryFactInEveryState) {
    for (OrderFact first : kAllOrderFacts) {
        for (OrderFact second : kAllOrderFacts) {
            SCOPED_TRACE(fmt::format("{} {}", to_string(first), to_string(second)));
            const OrderSet before = record(sent(), first);
            const OrderSet after =
                record_fact(before, fact(second, kNow - 1h), "crew", kNow + 2min);
            ASSERT_THAT(after.order.entries, SizeIs(2));
            const OrderEntry& entry = after.order.entries[1];
            EXPECT_EQ(entry.fact, second);
            EXPECT_EQ(entry.occurred_at, kNow - 1h);
            EXPECT_EQ(entry.recorded_at, kNow + 2min);
            EXPECT_EQ(entry.source, FactSource::kButton);
            EXPECT_EQ(entry.by, "crew");
            EXPECT_EQ(entry.moved_state, after.order.state != before.order.state);
            EXPECT_EQ(static_cast<OrderState>(after.incident.orders[0].progress),
                      after.order.state);
            EXPECT_EQ(after.unit.active_order_id.empty(), is_ended(after.order.state));
            if (!entry.moved_state) {
                EXPECT_EQ(after.unit, before.unit);
                EXPECT_EQ(after.incident, before.incident);
            }
        }
    }
}

// A crew that gives an order back leaves its slot open; giving it back twice leaves one.
TEST(RecordFact, ADeclinedOrderLeavesDemand) {
    OrderSet set = record(sent(), OrderFact::kDeclined);
    expect_agreement(set, OrderState::kDeclined, UnitStatus::kInStation, IncidentState::kReceived);
    ASSERT_THAT(set.incident.open_demand, SizeIs(1));
    EXPECT_EQ(set.incident.open_demand[0], (OpenDemand{"u1", "DECLINED", "", kNow + 1min}));
    set = record(set, OrderFact::kDeclined, kNow + 2min);
    EXPECT_THAT(set.incident.open_demand, SizeIs(1));
    EXPECT_THAT(record(sent(), OrderFact::kCancelled).incident.open_demand, IsEmpty());
}

// A late press about an old order is kept there and does not touch what the unit is doing now.
TEST(RecordFact, AnEndedOrderNeverMovesTheUnitsNewOne) {
    OrderSet set = record(sent(), OrderFact::kCleared);
    set.unit = busy_unit("u1", "O2", "I2");
    for (OrderFact what : kAllOrderFacts) {
        const OrderSet after = record(set, what);
        EXPECT_EQ(after.unit, set.unit) << to_string(what);
        EXPECT_EQ(after.incident, set.incident) << to_string(what);
        EXPECT_THAT(after.order.entries, SizeIs(2));
    }
}

// An ended order may have been dropped from a full incident: a late press about it is kept all the
// same.
TEST(RecordFact, AFactAboutADroppedOrderOfAFullIncidentIsKept) {
    OrderSet set = record(sent(), OrderFact::kCleared);
    set.incident.orders.clear();
    while (set.incident.orders.size() < kIncidentOrders_max) {
        set.incident.orders.push_back({fmt::format("o{}", set.incident.orders.size()), "x", 4});
    }
    follow_orders(set.incident, kNow);
    const OrderSet after = record(set, OrderFact::kArrived);
    EXPECT_THAT(after.order.entries, SizeIs(2));
    EXPECT_EQ(after.incident, set.incident);
}

// Without a time the fact is of now; a position is where the unit is now.
TEST(RecordFact, FillsInTheTimeAndTakesThePosition) {
    FactReport report = fact(OrderFact::kArrived);
    report.position = at(31, 113);
    const OrderSet set = record_fact(sent(), report, "crew", kNow + 5min);
    EXPECT_EQ(set.order.entries[0].occurred_at, kNow + 5min);
    EXPECT_EQ(set.unit.position, at(31, 113));
    EXPECT_EQ(set.unit.position_at, kNow + 5min);
}

}  // namespace
}  // namespace liandong::dispatch
