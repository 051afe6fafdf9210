#include "common/domain/unit.h"

#include "common/domain/order.h"

#include <gtest/gtest.h>

namespace liandong::domain {
namespace {

using Status_ = UnitStatus;

constexpr Timestamp kNow = Timestamp{std::chrono::seconds{1'000}};
constexpr Timestamp kLater = Timestamp{std::chrono::seconds{2'000}};

constexpr Status_ kAllStatuses[] = {
    Status_::kOffDuty,   Status_::kInStation,  Status_::kOnPatrol,
    Status_::kReturning, Status_::kDispatched, Status_::kAcknowledged,
    Status_::kEnRoute,   Status_::kOnScene,    Status_::kOutOfService};

Unit a_unit(Status_ status = Status_::kInStation) {
    Unit unit;
    unit.id = "fire-1";
    unit.call_sign = "应城消防一号";
    unit.agency = "xiaofang";
    unit.kind = UnitKind::kFireEngine;
    unit.capabilities = {"fire", "rescue"};
    unit.crew = 6;
    unit.station = "古城大道站";
    unit.area_code = "420981001";
    unit.status = status;
    unit.status_since = kNow;
    return unit;
}

Order an_order(OrderState state, std::string id = "order-1") {
    Order order;
    order.id = std::move(id);
    order.incident_id = "incident-1";
    order.unit_id = "fire-1";
    order.state = state;
    return order;
}

bool is_set_by_hand(Status_ status) {
    return status == Status_::kOffDuty || status == Status_::kInStation ||
           status == Status_::kOnPatrol || status == Status_::kReturning ||
           status == Status_::kOutOfService;
}

// A free unit in station, on patrol or on its way back is available; no other is, and none that
// holds an order.
TEST(Availability, IsReadFromStatusAndOrder) {
    for (Status_ status : kAllStatuses) {
        const bool free = status == Status_::kInStation || status == Status_::kOnPatrol ||
                          status == Status_::kReturning;
        Unit unit = a_unit(status);
        EXPECT_EQ(availability(unit),
                  free ? Availability::kAvailable : Availability::kNotAvailable);
        unit.active_order_id = "order-1";
        EXPECT_EQ(availability(unit), Availability::kNotAvailable);
    }
}

// From every status a free unit can be set to every one that does not belong to an order; the
// others are refused.
TEST(SetStatus, ObeysTheTable) {
    for (Status_ from : kAllStatuses) {
        for (Status_ to : kAllStatuses) {
            Unit unit = a_unit(from);
            const Status status = set_status(unit, to, kLater);
            EXPECT_EQ(status.has_value(), is_set_by_hand(to));
            EXPECT_EQ(unit.status, is_set_by_hand(to) ? to : from);
            if (!status) EXPECT_EQ(status.error().reason, "STATUS_MOVED_BY_ORDER");
        }
    }
}

// A unit that holds an order is moved by the order alone; the refusal names it.
TEST(SetStatus, NamesTheOrderThatHolds) {
    for (Status_ to : kAllStatuses) {
        if (!is_set_by_hand(to)) continue;
        Unit unit = a_unit(Status_::kEnRoute);
        unit.active_order_id = "order-7";
        unit.active_incident_id = "incident-7";
        const Unit before = unit;
        const Status status = set_status(unit, to, kLater);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, Code::kFailedPrecondition);
        EXPECT_EQ(status.error().reason, "UNIT_HOLDS_ORDER");
        EXPECT_EQ(status.error().find("holder"), "order-7");
        EXPECT_EQ(unit, before);
    }
}

// Setting the status it has already keeps the time since when it has it.
TEST(SetStatus, SameStatusKeepsItsTime) {
    Unit unit = a_unit(Status_::kOnPatrol);
    ASSERT_TRUE(set_status(unit, Status_::kOnPatrol, kLater));
    EXPECT_EQ(unit.status_since, kNow);
    ASSERT_TRUE(set_status(unit, Status_::kInStation, kLater));
    EXPECT_EQ(unit.status_since, kLater);
}

// Each state of the order it holds is one status of the unit; an end frees it.
TEST(FollowOrder, ShowsTheOrdersState) {
    constexpr std::pair<OrderState, Status_> kTable[] = {
        {OrderState::kSent, Status_::kDispatched},
        {OrderState::kDelivered, Status_::kDispatched},
        {OrderState::kSigned, Status_::kAcknowledged},
        {OrderState::kDeparted, Status_::kEnRoute},
        {OrderState::kArrived, Status_::kOnScene},
        {OrderState::kCleared, Status_::kReturning},
        {OrderState::kDeclined, Status_::kInStation},
        {OrderState::kCancelled, Status_::kInStation},
    };
    for (const auto& [state, status] : kTable) {
        Unit unit = a_unit();
        follow_order(unit, an_order(OrderState::kSent), kNow);
        ASSERT_EQ(unit.active_order_id, "order-1");
        ASSERT_EQ(unit.active_incident_id, "incident-1");
        follow_order(unit, an_order(state), kLater);
        EXPECT_EQ(unit.status, status) << to_string(state);
        EXPECT_EQ(unit.active_order_id.empty(), is_ended(state)) << to_string(state);
        EXPECT_EQ(unit.active_incident_id.empty(), is_ended(state)) << to_string(state);
    }
}

// A unit called off on the way comes back from the road; one called off before it left is still at
// its station.
TEST(FollowOrder, CalledOffOnTheWayMeansReturning) {
    for (OrderFact end : {OrderFact::kDeclined, OrderFact::kCancelled}) {
        Unit unit = a_unit();
        Order order = an_order(OrderState::kSent);
        follow_order(unit, order, kNow);
        OrderEntry departed, ended;
        departed.fact = OrderFact::kDeparted;
        ended.fact = end;
        record_fact(order, departed);
        record_fact(order, ended);
        follow_order(unit, order, kLater);
        EXPECT_EQ(unit.status, Status_::kReturning);
        EXPECT_TRUE(unit.active_order_id.empty());
    }
}

// A late fact on an ended order, a second order, another unit's order and a non-exclusive one never
// touch the unit.
TEST(FollowOrder, LeavesTheUnitAloneOtherwise) {
    Unit busy = a_unit();
    follow_order(busy, an_order(OrderState::kArrived), kNow);
    const Unit before = busy;
    follow_order(busy, an_order(OrderState::kCleared, "old-order"), kLater);
    follow_order(busy, an_order(OrderState::kSent, "second-order"), kLater);
    EXPECT_EQ(busy, before);

    Unit free = a_unit();
    const Unit untouched = free;
    follow_order(free, an_order(OrderState::kCleared), kLater);
    Order others = an_order(OrderState::kSent);
    others.unit_id = "fire-2";
    follow_order(free, others, kLater);
    Order shared = an_order(OrderState::kSent);
    shared.exclusive = false;
    follow_order(free, shared, kLater);
    EXPECT_EQ(free, untouched);
}

// Everything an import brings is checked, and the first fault is named by field and reason.
TEST(ValidateUnit, NamesFieldAndReason) {
    EXPECT_TRUE(validate(a_unit()));
    struct Case {
        const char* field;
        const char* reason;
        void (*spoil)(Unit&);
    };
    const Case cases[] = {
        {"id", "UNIT_ID_MALFORMED", [](Unit& u) { u.id = ""; }},
        {"id", "UNIT_ID_MALFORMED", [](Unit& u) { u.id = "a:b"; }},
        {"id", "UNIT_ID_MALFORMED", [](Unit& u) { u.id = std::string(65, 'a'); }},
        {"call_sign", "TEXT_TOO_LONG", [](Unit& u) { u.call_sign = std::string(65, 'a'); }},
        {"call_sign", "NOT_UTF8", [](Unit& u) { u.call_sign = "\xbb\xf0"; }},
        {"agency", "AGENCY_MALFORMED", [](Unit& u) { u.agency = ""; }},
        {"agency", "AGENCY_MALFORMED", [](Unit& u) { u.agency = "xiao fang"; }},
        {"agency", "AGENCY_MALFORMED", [](Unit& u) { u.agency = std::string(33, 'a'); }},
        {"kind", "KIND_UNSPECIFIED", [](Unit& u) { u.kind = UnitKind::kUnspecified; }},
        {"capabilities", "TOO_MANY_CAPABILITIES", [](Unit& u) { u.capabilities.assign(17, "a"); }},
        {"capabilities[1]", "CAPABILITY_MALFORMED", [](Unit& u) { u.capabilities[1] = "Res cue"; }},
        {"capabilities[0]", "CAPABILITY_MALFORMED", [](Unit& u) { u.capabilities[0] = ""; }},
        {"crew", "CREW_OUT_OF_RANGE", [](Unit& u) { u.crew = -1; }},
        {"crew", "CREW_OUT_OF_RANGE", [](Unit& u) { u.crew = 501; }},
        {"station", "TEXT_TOO_LONG", [](Unit& u) { u.station = std::string(101, 'a'); }},
        {"station", "NOT_UTF8", [](Unit& u) { u.station = "\xff"; }},
        {"area_code", "AREA_MALFORMED", [](Unit& u) { u.area_code = "42098a"; }},
        {"area_code", "AREA_MALFORMED", [](Unit& u) { u.area_code = std::string(16, '1'); }},
    };
    for (const Case& c : cases) {
        Unit unit = a_unit();
        c.spoil(unit);
        const Status status = validate(unit);
        ASSERT_FALSE(status) << c.field << " " << c.reason;
        EXPECT_EQ(status.error().code, Code::kInvalidArgument);
        EXPECT_EQ(status.error().find("field"), c.field);
        EXPECT_EQ(status.error().reason, c.reason);
    }
}

// The limits themselves are taken.
TEST(ValidateUnit, TakesTheLimits) {
    Unit unit = a_unit();
    unit.id = std::string(64, 'a');
    unit.call_sign = std::string(64, 'a');
    unit.capabilities.assign(16, std::string(32, 'a'));
    unit.crew = 500;
    unit.station.clear();
    unit.area_code.clear();
    EXPECT_TRUE(validate(unit));
}

}  // namespace
}  // namespace liandong::domain
