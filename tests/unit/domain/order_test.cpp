#include "common/domain/order.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::domain {
namespace {

using enum OrderFact;
using State = OrderState;

constexpr Timestamp at(std::int64_t seconds) { return Timestamp{std::chrono::seconds{seconds}}; }

Order an_order(State state = State::kSent) {
    Order order;
    order.id = "order-1";
    order.incident_id = "incident-1";
    order.unit_id = "unit-1";
    order.state = state;
    order.sent_at = at(1'000);
    return order;
}

OrderEntry entry(OrderFact fact, std::int64_t occurred, std::int64_t recorded) {
    return {.fact = fact,
            .occurred_at = at(occurred),
            .recorded_at = at(recorded),
            .source = FactSource::kButton,
            .by = "crew",
            .reason = "",
            .moved_state = false};
}

/// One letter a state: s(ent) d(elivered) S(igned) D(eparted) A(rrived) C(leared) declined
/// x(cancelled); '.': stays.
char letter(std::optional<State> state) {
    return state ? "sdSDACRX"[static_cast<int>(*state)] : '.';
}

// The whole state table, cell by cell: 8 states × 7 facts, in the order delivered, signed,
// departed, arrived, cleared, declined (R), cancelled (X). Milestones are skipped forward, never
// run back; nothing moves an ended order.
TEST(OrderTable, IsThis) {
    struct Row {
        State state;
        std::string_view next;
    };
    constexpr Row kRows[] = {
        {State::kSent, "dSDACRX"},     {State::kDelivered, ".SDACRX"}, {State::kSigned, "..DACRX"},
        {State::kDeparted, "...ACRX"}, {State::kArrived, "....CRX"},   {State::kCleared, "......."},
        {State::kDeclined, "......."}, {State::kCancelled, "......."},
    };
    ASSERT_EQ(std::size(kRows), std::size(kAllOrderStates));
    for (const Row& row : kRows) {
        for (std::size_t i = 0; i < std::size(kAllOrderFacts); ++i) {
            EXPECT_EQ(letter(next_state(row.state, kAllOrderFacts[i])), row.next[i])
                << to_string(row.state) << " + " << to_string(kAllOrderFacts[i]);
        }
    }
}

// A fact in any state is kept with its times, source and author, and says whether it moved the
// order (D3).
TEST(RecordFact, KeepsEverythingFromTheField) {
    for (State state : kAllOrderStates) {
        for (OrderFact fact : kAllOrderFacts) {
            Order order = an_order(state);
            const bool moved = record_fact(order, entry(fact, 2'000, 2'005));
            EXPECT_EQ(moved, next_state(state, fact).has_value());
            EXPECT_EQ(order.state, next_state(state, fact).value_or(state));
            ASSERT_EQ(order.entries.size(), 1U);
            EXPECT_EQ(order.entries[0].moved_state, moved);
            EXPECT_EQ(order.entries[0].occurred_at, at(2'000));
            EXPECT_EQ(order.entries[0].recorded_at, at(2'005));
            EXPECT_EQ(order.entries[0].by, "crew");
        }
    }
}

// A crew that presses only "arrived" has arrived: the skipped milestones are missing, not invented.
TEST(RecordFact, SkippedMilestonesStayMissing) {
    Order order = an_order();
    EXPECT_TRUE(record_fact(order, entry(kArrived, 1'300, 1'301)));
    EXPECT_EQ(order.state, State::kArrived);
    EXPECT_EQ(milestone(order, kArrived), at(1'300));
    for (OrderFact skipped : {kDelivered, kSigned, kDeparted}) {
        EXPECT_FALSE(is_set(milestone(order, skipped)));
    }
    EXPECT_TRUE(has_departed(order));
}

// A late "delivered" after "signed" is kept, moves nothing and is no milestone.
TEST(RecordFact, LateDeliveryIsKeptWithoutMoving) {
    Order order = an_order();
    record_fact(order, entry(kSigned, 1'010, 1'010));
    EXPECT_FALSE(record_fact(order, entry(kDelivered, 1'005, 1'020)));
    EXPECT_EQ(order.state, State::kSigned);
    EXPECT_EQ(order.entries.size(), 2U);
    EXPECT_FALSE(is_set(milestone(order, kDelivered)));
}

// After the end an order takes every fact and never moves.
TEST(RecordFact, EndedOrderKeepsFactsAndStays) {
    for (State ended : {State::kCleared, State::kDeclined, State::kCancelled}) {
        Order order = an_order(ended);
        for (OrderFact fact : kAllOrderFacts) EXPECT_FALSE(record_fact(order, entry(fact, 1, 2)));
        EXPECT_EQ(order.state, ended);
        EXPECT_EQ(order.entries.size(), std::size(kAllOrderFacts));
    }
}

// Pressing the same key again and again fills the record to its limit, is counted beyond it, and
// never costs a fact that moves the order.
TEST(RecordFact, LimitNeverCostsAMilestone) {
    Order order = an_order();
    record_fact(order, entry(kDelivered, 1'001, 1'001));
    for (int i = 0; i < 100; ++i) record_fact(order, entry(kDelivered, 1'002, 1'002));
    EXPECT_GT(order.entries_dropped, 0);
    for (OrderFact fact : {kSigned, kDeparted, kArrived, kCleared}) {
        EXPECT_TRUE(record_fact(order, entry(fact, 2'000, 2'000)));
        EXPECT_EQ(milestone(order, fact), at(2'000));
    }
    EXPECT_LE(order.entries.size(), kOrderEntries_max);
    EXPECT_EQ(order.entries.size() + static_cast<std::size_t>(order.entries_dropped), 105U);
}

// Whatever comes in whatever order: the state follows the table, the record is bounded and
// complete, one end only.
TEST(RecordFact, RandomFactsKeepTheRules) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        SeededRandom random(seed);
        Order order = an_order();
        State expected = order.state;
        const std::uint64_t facts = random.below(60);
        for (std::uint64_t i = 0; i < facts; ++i) {
            const OrderFact fact = kAllOrderFacts[random.below(std::size(kAllOrderFacts))];
            expected = next_state(expected, fact).value_or(expected);
            record_fact(order, entry(fact, 1, static_cast<std::int64_t>(i) + 1));
        }
        EXPECT_EQ(order.state, expected) << "seed " << seed;
        EXPECT_LE(order.entries.size(), kOrderEntries_max) << "seed " << seed;
        EXPECT_EQ(order.entries.size() + static_cast<std::size_t>(order.entries_dropped), facts);
        EXPECT_EQ(is_set(ended_at(order)), is_ended(order.state)) << "seed " << seed;
    }
}

// Cancelling is a command: legal while the order is open, refused with its state afterwards.
TEST(Cancel, ObeysTheTable) {
    for (State state : kAllOrderStates) {
        const Status status = check_cancellable(an_order(state));
        EXPECT_EQ(status.has_value(), !is_ended(state)) << to_string(state);
        if (status) continue;
        EXPECT_EQ(status.error().code, Code::kFailedPrecondition);
        EXPECT_EQ(status.error().reason, "ORDER_ENDED");
        EXPECT_EQ(status.error().find("state"), to_string(state));
    }
}

// The end of an order is when we recorded it: an odd time said by the crew must not decide how long
// it is kept.
TEST(EndedAt, IsTheRecordedTime) {
    Order order = an_order();
    EXPECT_FALSE(is_set(ended_at(order)));
    record_fact(order, entry(kCleared, 9'999'999'999, 1'500));
    EXPECT_EQ(ended_at(order), at(1'500));
    EXPECT_EQ(milestone(order, kCleared), at(9'999'999'999));
    record_fact(order, entry(kCleared, 1'600, 1'600));
    EXPECT_EQ(ended_at(order), at(1'500)) << "the first end counts";
}

// Whether the crew had left survives the end of the order.
TEST(HasDeparted, IsReadFromTheRecord) {
    Order never = an_order();
    record_fact(never, entry(kSigned, 1, 1));
    record_fact(never, entry(kCancelled, 2, 2));
    EXPECT_FALSE(has_departed(never));
    Order left = an_order();
    record_fact(left, entry(kDeparted, 1, 1));
    record_fact(left, entry(kCancelled, 2, 2));
    EXPECT_TRUE(has_departed(left));
    Order only_cleared = an_order();
    record_fact(only_cleared, entry(kCleared, 1, 1));
    EXPECT_TRUE(has_departed(only_cleared));
}

// Every state and fact has a word of its own.
TEST(OrderNames, AreTheWordsOfTheApi) {
    EXPECT_EQ(to_string(State::kSent), "SENT");
    EXPECT_EQ(to_string(State::kCancelled), "CANCELLED");
    EXPECT_EQ(to_string(kDelivered), "DELIVERED");
    EXPECT_EQ(to_string(kCancelled), "CANCELLED");
}

}  // namespace
}  // namespace liandong::domain
