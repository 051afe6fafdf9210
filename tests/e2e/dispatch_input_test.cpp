#include "tests/e2e/desk.h"

#include <gtest/gtest.h>

#include <cmath>

namespace liandong::test {
namespace {

using dispatch_pb::ImportUnitsRequest;
using dispatch_pb::Unit;

constexpr auto kNothing = [](auto&) {};
constexpr std::string_view kTerminalOfFree =
    "subject=t1;agency=xiaofang;roles=unit_terminal;unit=free";

class DispatchInput : public Desk {};

/// The second of two units is wrong: the first must not be written either.
Refusal bad_unit(const char* name, void (*spoil)(Unit&), const char* reason, const char* field) {
    return invalid(
        name, import_units({"new1", "new2"}),
        [spoil](ImportUnitsRequest& r) { spoil(*r.mutable_units(1)); }, reason,
        std::string("units[1].") + field);
}

TEST_F(DispatchInput, ImportUnitsNamesTheUnitThatIsWrong) {
    expect_refused(
        platform_,
        {bad_unit(
             "no id", [](auto& u) { u.clear_id(); }, "UNIT_ID_MALFORMED", "id"),
         bad_unit(
             "id", [](auto& u) { u.set_id("a{b}"); }, "UNIT_ID_MALFORMED", "id"),
         bad_unit(
             "call sign", [](auto& u) { u.set_call_sign(std::string(65, 'x')); }, "TEXT_TOO_LONG",
             "call_sign"),
         bad_unit(
             "no agency", [](auto& u) { u.clear_agency(); }, "AGENCY_MALFORMED", "agency"),
         bad_unit(
             "no kind", [](auto& u) { u.clear_kind(); }, "KIND_UNSPECIFIED", "kind"),
         bad_unit(
             "kind", [](auto& u) { u.set_kind(static_cast<dispatch_pb::UnitKind>(99)); },
             "ENUM_UNKNOWN", "kind"),
         bad_unit(
             "relation",
             [](auto& u) { u.set_relation(static_cast<dispatch_pb::CommandRelation>(9)); },
             "ENUM_UNKNOWN", "relation"),
         bad_unit(
             "capability", [](auto& u) { u.add_capabilities("!"); }, "CAPABILITY_MALFORMED",
             "capabilities[0]"),
         bad_unit(
             "twice", [](auto& u) { u.add_capabilities("pump"); }, "DUPLICATE", "capabilities"),
         bad_unit(
             "17 capabilities",
             [](auto& u) {
                 for (char c = 'a'; c <= 'p'; ++c) u.add_capabilities(std::string(1, c));
             },
             "TOO_MANY_CAPABILITIES", "capabilities"),
         bad_unit(
             "crew", [](auto& u) { u.set_crew(501); }, "CREW_OUT_OF_RANGE", "crew"),
         bad_unit(
             "crew of 4 billion", [](auto& u) { u.set_crew(0xffff'ffffU); }, "CREW_OUT_OF_RANGE",
             "crew"),
         bad_unit(
             "station", [](auto& u) { u.set_station(std::string(101, 'x')); }, "TEXT_TOO_LONG",
             "station"),
         bad_unit(
             "area", [](auto& u) { u.set_area_code("42098x"); }, "AREA_MALFORMED", "area_code"),
         bad_unit(
             "no home", [](auto& u) { u.clear_home(); }, "DATUM_UNSPECIFIED", "home.datum"),
         bad_unit(
             "latitude", [](auto& u) { u.mutable_home()->set_latitude(-90.5); },
             "LATITUDE_OUT_OF_RANGE", "home.latitude"),
         bad_unit(
             "NaN", [](auto& u) { u.mutable_home()->set_longitude(std::nan("")); },
             "LONGITUDE_OUT_OF_RANGE", "home.longitude"),
         bad_unit(
             "no datum", [](auto& u) { u.mutable_home()->clear_datum(); }, "DATUM_UNSPECIFIED",
             "home.datum"),
         bad_unit(
             "datum",
             [](auto& u) { u.mutable_home()->set_datum(static_cast<common_pb::Datum>(9)); },
             "ENUM_UNKNOWN", "home.datum"),
         bad_unit(
             "under way", [](auto& u) { u.set_status(dispatch_pb::UNIT_STATUS_EN_ROUTE); },
             "STATUS_MOVED_BY_ORDER", "status"),
         bad_unit("same id", [](auto& u) { u.set_id("new1"); }, "DUPLICATE", "id")});
}

TEST_F(DispatchInput, ImportUnitsTakesAtLeastOneAndAtMost200) {
    std::vector<std::string> ids;
    for (int i = 0; i < 201; ++i) ids.push_back("u" + std::to_string(i));
    expect_refused(platform_, {invalid("none", import_units({}), kNothing, "LIST_EMPTY", "units"),
                               invalid("201", import_units(ids), kNothing, "TOO_MANY", "units")});
}

TEST_F(DispatchInput, GetUnitAndGetOrderNameWhatIsWrong) {
    const auto unit = read_of<dispatch_pb::GetUnitRequest>();
    const auto order = read_of<dispatch_pb::GetOrderRequest>();
    expect_refused(platform_, {invalid("no unit", unit, kNothing, "ID_MALFORMED", "unit_id"),
                               refusal(
                                   "unknown unit", unit, [](auto& r) { r.set_unit_id("nobody"); },
                                   Code::kNotFound, "UNIT_UNKNOWN", "unit_id"),
                               invalid("no order", order, kNothing, "ID_MALFORMED", "order_id"),
                               refusal(
                                   "unknown order", order, [](auto& r) { r.set_order_id("none"); },
                                   Code::kNotFound, "ORDER_UNKNOWN", "order_id")});
}

TEST_F(DispatchInput, ListsNameWhatIsWrong) {
    const auto units = read_of<dispatch_pb::ListUnitsRequest>();
    const auto orders = read_of<dispatch_pb::ListOrdersRequest>();
    expect_refused(
        platform_,
        {invalid(
             "kind", units, [](auto& r) { r.add_kinds(static_cast<dispatch_pb::UnitKind>(99)); },
             "ENUM_UNKNOWN", "kinds"),
         invalid(
             "availability", units,
             [](auto& r) { r.set_availability(static_cast<dispatch_pb::Availability>(9)); },
             "ENUM_UNKNOWN", "availability"),
         invalid(
             "incident", orders, [](auto& r) { r.set_incident_id("a b"); }, "ID_MALFORMED",
             "incident_id"),
         invalid(
             "unit", orders, [](auto& r) { r.set_unit_id("a b"); }, "ID_MALFORMED", "unit_id")});
}

TEST_F(DispatchInput, SetUnitStatusNamesWhatIsWrong) {
    const auto at = [](double latitude, double longitude, common_pb::Datum datum) {
        return [=](dispatch_pb::SetUnitStatusRequest& r) {
            *r.mutable_position() = position(latitude, longitude);
            r.mutable_position()->set_datum(datum);
        };
    };
    const auto set = set_status("free");
    expect_refused(
        platform_,
        {invalid("unit", set_status(""), kNothing, "ID_MALFORMED", "unit_id"),
         refusal("unknown", set_status("nobody"), kNothing, Code::kNotFound, "UNIT_UNKNOWN",
                 "unit_id"),
         invalid(
             "none", set, [](auto& r) { r.clear_status(); }, "ENUM_UNKNOWN", "status"),
         invalid(
             "99", set, [](auto& r) { r.set_status(static_cast<dispatch_pb::UnitStatus>(99)); },
             "ENUM_UNKNOWN", "status"),
         invalid("latitude", set, at(91, 113, common_pb::DATUM_WGS84), "LATITUDE_OUT_OF_RANGE",
                 "position.latitude"),
         invalid("longitude", set, at(30, -181, common_pb::DATUM_GCJ02), "LONGITUDE_OUT_OF_RANGE",
                 "position.longitude"),
         invalid("untagged", set, at(30, 113, common_pb::DATUM_UNSPECIFIED), "DATUM_UNSPECIFIED",
                 "position.datum"),
         refusal(
             "moved by orders", set,
             [](auto& r) { r.set_status(dispatch_pb::UNIT_STATUS_ON_SCENE); },
             Code::kFailedPrecondition, "STATUS_MOVED_BY_ORDER"),
         refusal("holds one", set_status("busy"), kNothing, Code::kFailedPrecondition,
                 "UNIT_HOLDS_ORDER")});
}

TEST_F(DispatchInput, RecommendUnitsNamesWhatIsWrong) {
    const auto ask = recommend(open_incident_);
    expect_refused(
        platform_,
        {invalid(
             "no needs", ask, [](auto& r) { r.clear_needs(); }, "LIST_EMPTY", "needs"),
         invalid(
             "17 needs", ask,
             [](auto& r) {
                 for (int i = 0; i < 16; ++i) r.add_needs();
             },
             "TOO_MANY", "needs"),
         invalid(
             "capability", ask,
             [](auto& r) { r.mutable_needs(0)->set_capability(std::string(33, 'x')); },
             "TEXT_TOO_LONG", "needs[0].capability"),
         invalid(
             "count", ask, [](auto& r) { r.mutable_needs(0)->set_count(51); }, "COUNT_OUT_OF_RANGE",
             "needs[0].count"),
         invalid(
             "kind", ask,
             [](auto& r) { r.mutable_needs(0)->add_kinds(static_cast<dispatch_pb::UnitKind>(99)); },
             "ENUM_UNKNOWN", "needs[0].kinds"),
         invalid(
             "alternatives", ask, [](auto& r) { r.set_alternatives(21); }, "TOO_MANY",
             "alternatives"),
         invalid("nowhere", recommend(""), kNothing, "ID_MALFORMED", "incident_id"),
         refusal("unknown", recommend("nowhere"), kNothing, Code::kNotFound, "INCIDENT_UNKNOWN",
                 "incident_id"),
         invalid(
             "untagged", ask, [](auto& r) { r.mutable_position()->set_latitude(30); },
             "DATUM_UNSPECIFIED", "position.datum"),
         invalid(
             "latitude", ask, [](auto& r) { *r.mutable_position() = position(-91, 113); },
             "LATITUDE_OUT_OF_RANGE", "position.latitude")});
}

TEST_F(DispatchInput, DispatchUnitsNamesWhatIsWrong) {
    const auto send = dispatch(open_incident_, {"free"});
    std::vector<std::string> many;
    for (int i = 0; i < 33; ++i) many.push_back("u" + std::to_string(i));
    expect_refused(
        platform_,
        {invalid("incident", dispatch("", {"free"}), kNothing, "ID_MALFORMED", "incident_id"),
         refusal("unknown incident", dispatch("nowhere", {"free"}), kNothing, Code::kNotFound,
                 "INCIDENT_UNKNOWN", "incident_id"),
         invalid("nobody", dispatch(open_incident_, {}), kNothing, "LIST_EMPTY", "unit_ids"),
         invalid("33", dispatch(open_incident_, many), kNothing, "TOO_MANY", "unit_ids"),
         invalid("unit", dispatch(open_incident_, {"free", "a b"}), kNothing, "ID_MALFORMED",
                 "unit_ids[1]"),
         invalid("twice", dispatch(open_incident_, {"free", "free"}), kNothing, "DUPLICATE",
                 "unit_ids[1]"),
         refusal("unknown unit", dispatch(open_incident_, {"free", "nobody"}), kNothing,
                 Code::kNotFound, "UNIT_UNKNOWN", "unit_ids[1]"),
         invalid(
             "note", send, [](auto& r) { r.set_note(std::string(501, 'x')); }, "TEXT_TOO_LONG",
             "note"),
         invalid(
             "rule", send,
             [](auto& r) { r.set_conflict_rule(static_cast<dispatch_pb::ConflictRule>(9)); },
             "ENUM_UNKNOWN", "conflict_rule"),
         refusal("closed", dispatch(closed_incident_, {"free"}), kNothing,
                 Code::kFailedPrecondition, "INCIDENT_CLOSED"),
         refusal(
             "all or none", dispatch(open_incident_, {"free", "busy"}),
             [](auto& r) { r.set_conflict_rule(dispatch_pb::CONFLICT_RULE_ALL_OR_NONE); },
             Code::kFailedPrecondition, "UNITS_NOT_FREE")});
}

/// The six RPCs that say something about an order take one form and refuse alike.
template <class Request> class OrderFacts : public Desk {};
using FactRequests =
    ::testing::Types<dispatch_pb::ConfirmDeliveryRequest, dispatch_pb::SignOrderRequest,
                     dispatch_pb::DepartOrderRequest, dispatch_pb::ArriveOrderRequest,
                     dispatch_pb::ClearOrderRequest, dispatch_pb::DeclineOrderRequest>;
TYPED_TEST_SUITE(OrderFacts, FactRequests);

template <class Request> Request reasoned(const std::string& order_id) {
    auto request = fact<Request>(order_id);
    request.mutable_fact()->set_reason("road closed");
    return request;
}

TYPED_TEST(OrderFacts, NameWhatIsWrong) {
    const auto valid = reasoned<TypeParam>(this->open_order_);
    expect_refused(
        this->platform_,
        {invalid(
             "no fact", valid, [](auto& r) { r.clear_fact(); }, "ID_MALFORMED", "fact.order_id"),
         refusal("unknown", reasoned<TypeParam>("none"), kNothing, Code::kNotFound, "ORDER_UNKNOWN",
                 "fact.order_id"),
         invalid(
             "reason", valid, [](auto& r) { r.mutable_fact()->set_reason(std::string(201, 'x')); },
             "TEXT_TOO_LONG", "fact.reason"),
         invalid(
             "source", valid,
             [](auto& r) { r.mutable_fact()->set_source(static_cast<dispatch_pb::FactSource>(9)); },
             "ENUM_UNKNOWN", "fact.source"),
         invalid(
             "before all time", valid,
             [](auto& r) { r.mutable_fact()->set_occurred_at_micros(-1); }, "TIME_OUT_OF_RANGE",
             "fact.occurred_at_micros"),
         invalid(
             "latitude", valid,
             [](auto& r) { *r.mutable_fact()->mutable_position() = position(99, 113); },
             "LATITUDE_OUT_OF_RANGE", "fact.position.latitude"),
         invalid(
             "untagged", valid,
             [](auto& r) { r.mutable_fact()->mutable_position()->set_latitude(30); },
             "DATUM_UNSPECIFIED", "fact.position.datum"),
         refusal("another crew", valid, kNothing, Code::kPermissionDenied, "NOT_THE_UNITS_ORDER",
                 "", kTerminalOfFree)});
}

// D3: what a crew says of an order that has ended is kept; it moves nothing.
TYPED_TEST(OrderFacts, AreKeptWhenTheOrderHasEnded) {
    const std::string id = this->ended_order_;
    auto request = reasoned<TypeParam>(id);
    const Answer answer = this->wire_.call(Wire::method_of(request), request.SerializeAsString());
    ASSERT_FALSE(answer.error) << answer.error->reason;
    dispatch_pb::SignOrderResponse response;  // all answers of this form are alike
    ASSERT_TRUE(response.ParseFromString(answer.messages.at(0)));
    EXPECT_EQ(response.order().state(), dispatch_pb::ORDER_STATE_CANCELLED);
    const auto& entries = response.order().entries();
    EXPECT_FALSE(entries[entries.size() - 1].moved_state());
}

TEST_F(DispatchInput, DeclineOrderNeedsAReason) {
    expect_refused(platform_, {invalid("none", fact<dispatch_pb::DeclineOrderRequest>(open_order_),
                                       kNothing, "REASON_MISSING", "fact.reason")});
}

TEST_F(DispatchInput, CancelOrderNamesWhatIsWrong) {
    const auto cancel = cancel_order(open_order_);
    expect_refused(
        platform_,
        {invalid("id", cancel_order("a b"), kNothing, "ID_MALFORMED", "order_id"),
         refusal("unknown", cancel_order("none"), kNothing, Code::kNotFound, "ORDER_UNKNOWN",
                 "order_id"),
         invalid(
             "no reason", cancel, [](auto& r) { r.clear_reason(); }, "REASON_MISSING", "reason"),
         invalid(
             "reason", cancel, [](auto& r) { r.set_reason(std::string(201, 'x')); },
             "TEXT_TOO_LONG", "reason"),
         refusal("ended", cancel_order(ended_order_), kNothing, Code::kFailedPrecondition,
                 "ORDER_ENDED")});
}

/// A closure that is wrong in one thing.
Refusal bad_closure(const char* name, void (*spoil)(dispatch_pb::Closure&), const char* reason,
                    const char* field) {
    return invalid(
        name, close_road(),
        [spoil](dispatch_pb::CloseRoadRequest& r) { spoil(*r.mutable_closure()); }, reason,
        std::string("closure.") + field);
}

TEST_F(DispatchInput, CloseRoadNamesWhatIsWrong) {
    expect_refused(
        platform_,
        {invalid(
             "nothing", close_road(), [](auto& r) { r.clear_closure(); }, "REASON_MISSING",
             "closure.reason"),
         bad_closure(
             "reason", [](auto& c) { c.set_reason(static_cast<dispatch_pb::ClosureReason>(99)); },
             "ENUM_UNKNOWN", "reason"),
         bad_closure(
             "no place", [](auto& c) { c.clear_at(); }, "DATUM_UNSPECIFIED", "at.datum"),
         bad_closure(
             "latitude", [](auto& c) { c.mutable_at()->set_latitude(91); }, "LATITUDE_OUT_OF_RANGE",
             "at.latitude"),
         bad_closure(
             "no datum", [](auto& c) { c.mutable_to()->set_latitude(30); }, "DATUM_UNSPECIFIED",
             "to.datum"),
         bad_closure(
             "far", [](auto& c) { *c.mutable_to() = position(30.99, 113.57); }, "STRETCH_TOO_LONG",
             "to"),
         bad_closure(
             "heading", [](auto& c) { c.set_heading_degrees(360); }, "HEADING_OUT_OF_RANGE",
             "heading_degrees"),
         bad_closure(
             "user", [](auto& c) { c.add_stops(static_cast<dispatch_pb::RoadUser>(9)); },
             "ENUM_UNKNOWN", "stops[0]"),
         bad_closure(
             "nobody", [](auto& c) { c.add_stops(dispatch_pb::ROAD_USER_UNSPECIFIED); },
             "ENUM_UNKNOWN", "stops[0]"),
         bad_closure(
             "twice",
             [](auto& c) {
                 c.add_stops(dispatch_pb::ROAD_USER_FOOT);
                 c.add_stops(dispatch_pb::ROAD_USER_FOOT);
             },
             "DUPLICATE", "stops[1]"),
         bad_closure(
             "height", [](auto& c) { c.set_height_max_cm(2'001); }, "SIZE_OUT_OF_RANGE",
             "height_max_cm"),
         bad_closure(
             "width", [](auto& c) { c.set_width_max_cm(2'001); }, "SIZE_OUT_OF_RANGE",
             "width_max_cm"),
         bad_closure(
             "weight", [](auto& c) { c.set_weight_max_kg(500'001); }, "SIZE_OUT_OF_RANGE",
             "weight_max_kg"),
         bad_closure(
             "begin", [](auto& c) { c.set_begins_at_micros(-1); }, "TIME_OUT_OF_RANGE",
             "begins_at_micros"),
         bad_closure(
             "long ago", [](auto& c) { c.set_begins_at_micros(1); }, "TIME_OUT_OF_RANGE",
             "begins_at_micros"),
         bad_closure(
             "for ever", [](auto& c) { c.clear_expires_at_micros(); }, "EXPIRES_MISSING",
             "expires_at_micros"),
         bad_closure(
             "over", [](auto& c) { c.set_expires_at_micros(1); }, "TIME_OUT_OF_RANGE",
             "expires_at_micros"),
         bad_closure(
             "two years",
             [](auto& c) { c.set_expires_at_micros(c.expires_at_micros() + 63'072'000'000'000); },
             "TIME_OUT_OF_RANGE", "expires_at_micros"),
         bad_closure(
             "note", [](auto& c) { c.set_note(std::string(301, 'x')); }, "TEXT_TOO_LONG", "note")});
}

TEST_F(DispatchInput, ReopenRoadAndListClosuresNameWhatIsWrong) {
    wire_.ask<dispatch_pb::ReopenRoadResponse>(reopen_road(closure_)).value();
    auto token = read_of<dispatch_pb::ListClosuresRequest>();
    token.mutable_page()->set_token("zz");
    expect_refused(
        platform_,
        {invalid("id", reopen_road("a b"), kNothing, "ID_MALFORMED", "closure_id"),
         refusal("unknown", reopen_road("none"), kNothing, Code::kNotFound, "CLOSURE_UNKNOWN",
                 "closure_id"),
         invalid(
             "reason", reopen_road(closure_), [](auto& r) { r.set_reason(std::string(301, 'x')); },
             "TEXT_TOO_LONG", "reason"),
         refusal("twice", reopen_road(closure_), kNothing, Code::kFailedPrecondition,
                 "CLOSURE_ENDED"),
         invalid("token", token, kNothing, "PAGE_TOKEN_MALFORMED", "page.token")});
}

TEST_F(DispatchInput, WatchesNameWhatIsWrong) {
    const auto orders = read_of<dispatch_pb::WatchUnitOrdersRequest>();
    expect_refused(platform_, {invalid("no unit", orders, kNothing, "ID_MALFORMED", "unit_id"),
                               refusal(
                                   "another crew's", orders, [](auto& r) { r.set_unit_id("busy"); },
                                   Code::kPermissionDenied, "NOT_THE_UNIT", "", kTerminalOfFree),
                               invalid(
                                   "area", read_of<dispatch_pb::WatchBoardRequest>(),
                                   [](auto& r) { r.set_area_code("4209811000000001"); },
                                   "TEXT_TOO_LONG", "area_code")});
}

// One bad fix of a thousand good ones must not end a stream: it is counted and named.
TEST_F(DispatchInput, ReportPositionsCountsBadFixesAndGoesOn) {
    const struct {
        std::function<void(dispatch_pb::ReportPositionsRequest&)> spoil;
        const char* reason;
    } rows[] = {
        {[](auto& r) { r.set_unit_id("nobody"); }, "UNIT_UNKNOWN"},
        {[](auto& r) { r.mutable_position()->set_latitude(91); }, "LATITUDE_OUT_OF_RANGE"},
        {[](auto& r) { r.mutable_position()->clear_datum(); }, "DATUM_UNSPECIFIED"},
        {[](auto& r) { r.clear_fixed_at_micros(); }, "TIME_OUT_OF_RANGE"},
        {[](auto& r) { r.set_fixed_at_micros(r.fixed_at_micros() + 120'000'000); },
         "TIME_OUT_OF_RANGE"},
        {[](auto& r) { r.set_unit_id("busy"); }, "NOT_THE_UNIT"},
    };
    const auto good = fix("free");
    const std::uint64_t before = last_seq(platform_.redis);
    for (const auto& row : rows) {
        SCOPED_TRACE(row.reason);
        auto bad = good;
        row.spoil(bad);
        const Answer answer = wire_.call(
            path_of(Wire::method_of(good)), false,
            {good.SerializeAsString(), bad.SerializeAsString(), good.SerializeAsString()},
            {.principal = std::string(kTerminalOfFree)});
        ASSERT_FALSE(answer.error) << answer.error->reason;
        dispatch_pb::ReportPositionsResponse response;
        ASSERT_TRUE(response.ParseFromString(answer.messages.at(0)));
        EXPECT_EQ(response.rejected(), 1U);
        // A terminal speaks for its own unit first of all, whatever else is wrong.
        const bool not_its_own = bad.unit_id() != "free";
        EXPECT_EQ(response.first_reason(), not_its_own ? "NOT_THE_UNIT" : row.reason);
    }
    EXPECT_EQ(last_seq(platform_.redis), before);
}

TEST_F(DispatchInput, ReportPositionsRefusesStreamsThatChangeScopeOrHoldNothing) {
    const auto& method = Wire::method_of(fix("free"));
    auto elsewhere = fix("free");
    elsewhere.mutable_scope()->set_district("420902");
    const Answer changed =
        wire_.call(path_of(method), false,
                   {fix("free").SerializeAsString(), elsewhere.SerializeAsString()}, {});
    ASSERT_TRUE(changed.error);
    EXPECT_EQ(changed.error->reason, "SCOPE_CHANGED");
    const Answer empty = wire_.call(path_of(method), false, {}, {});
    ASSERT_TRUE(empty.error);
    EXPECT_EQ(empty.error->reason, "STREAM_EMPTY");
}

}  // namespace
}  // namespace liandong::test
