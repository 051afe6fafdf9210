#include "tests/unit/dispatch/dispatch_fixture.h"

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace liandong::dispatch {
namespace {

/// One thing wrong with a request that is right otherwise.
template <class Request> struct Fault {
    const char* name;
    std::function<void(Request&)> spoil;
    const char* reason;
    const char* field;
    Code code = Code::kInvalidArgument;
};

constexpr const char* kNotUtf8 = "\xc4\xe3\xba\xc3";

class BadInput : public DispatchFixture {
protected:
    BadInput() {
        import({"u1", "u2"});
        incident_ = report();
        order_ = dispatch(incident_, {"u1"}).orders(0).id();
    }

    template <class Request, class Response>
    void check(const Request& good,
               Task<Result<Response>> (DispatchHandlers::*handler)(CallContext, Request),
               const std::vector<Fault<Request>>& faults) {
        for (const Fault<Request>& fault : faults) {
            SCOPED_TRACE(fault.name);
            Request request = good;
            fault.spoil(request);
            expect_refused((desk_.dispatch().*handler)(dispatcher(), std::move(request)),
                           fault.code, fault.reason, fault.field);
        }
    }

    std::string incident_;
    std::string order_;
};

/// What is wrong with any change.
template <class Request> std::vector<Fault<Request>> header_faults() {
    return {
        {"no header", [](auto& r) { r.clear_header(); }, "REQUEST_ID_MALFORMED",
         "header.request_id"},
        {"no uuid", [](auto& r) { r.mutable_header()->set_request_id("1"); },
         "REQUEST_ID_MALFORMED", "header.request_id"},
        {"uuid of version 4",
         [](auto& r) {
             r.mutable_header()->set_request_id("9b2c1d3e-4f5a-4b6c-8d7e-0f1a2b3c4d5e");
         },
         "REQUEST_ID_MALFORMED", "header.request_id"},
        {"on behalf of whom?", [](auto& r) { r.mutable_header()->set_on_behalf_of(kNotUtf8); },
         "NOT_UTF8", "header.on_behalf_of"},
        {"on behalf of too many",
         [](auto& r) { r.mutable_header()->set_on_behalf_of(std::string(65, 'x')); },
         "TEXT_TOO_LONG", "header.on_behalf_of"},
    };
}

// A faulty import is refused whole, with the field of the first bad unit.
TEST_F(BadInput, ImportUnits) {
    using Request = pb::ImportUnitsRequest;
    Request good;
    *good.mutable_header() = desk_.mutation_header();
    *good.add_units() = make_unit("n1");
    *good.add_units() = make_unit("n2");
    check(good, &DispatchHandlers::import_units, header_faults<Request>());
    check<Request, pb::ImportUnitsResponse>(
        good, &DispatchHandlers::import_units,
        {
            {"none", [](Request& r) { r.clear_units(); }, "LIST_EMPTY", "units"},
            {"too many",
             [&](Request& r) {
                 for (int i = 0; i < 200; ++i) *r.add_units() = r.units(0);
             },
             "TOO_MANY", "units"},
            {"twice", [](Request& r) { r.mutable_units(1)->set_id("n1"); }, "DUPLICATE",
             "units[1].id"},
            {"no id", [](Request& r) { r.mutable_units(1)->clear_id(); }, "UNIT_ID_MALFORMED",
             "units[1].id"},
            {"odd id", [](Request& r) { r.mutable_units(1)->set_id("a b"); }, "UNIT_ID_MALFORMED",
             "units[1].id"},
            {"call sign", [](Request& r) { r.mutable_units(1)->set_call_sign(kNotUtf8); },
             "NOT_UTF8", "units[1].call_sign"},
            {"long call sign",
             [](Request& r) { r.mutable_units(1)->set_call_sign(std::string(65, 'x')); },
             "TEXT_TOO_LONG", "units[1].call_sign"},
            {"agency", [](Request& r) { r.mutable_units(1)->set_agency("公安"); },
             "AGENCY_MALFORMED", "units[1].agency"},
            {"no kind", [](Request& r) { r.mutable_units(1)->clear_kind(); }, "KIND_UNSPECIFIED",
             "units[1].kind"},
            {"kind",
             [](Request& r) { r.mutable_units(1)->set_kind(static_cast<pb::UnitKind>(99)); },
             "ENUM_UNKNOWN", "units[1].kind"},
            {"relation",
             [](Request& r) {
                 r.mutable_units(1)->set_relation(static_cast<pb::CommandRelation>(9));
             },
             "ENUM_UNKNOWN", "units[1].relation"},
            {"capability", [](Request& r) { r.mutable_units(1)->add_capabilities("Boat"); },
             "CAPABILITY_MALFORMED", "units[1].capabilities[0]"},
            {"capability twice",
             [](Request& r) {
                 for (int i = 0; i < 2; ++i) r.mutable_units(1)->add_capabilities("boat");
             },
             "DUPLICATE", "units[1].capabilities"},
            {"crew", [](Request& r) { r.mutable_units(1)->set_crew(501); }, "CREW_OUT_OF_RANGE",
             "units[1].crew"},
            {"absurd crew",
             [](Request& r) {
                 r.mutable_units(1)->set_crew(std::numeric_limits<std::uint32_t>::max());
             },
             "CREW_OUT_OF_RANGE", "units[1].crew"},
            {"station", [](Request& r) { r.mutable_units(1)->set_station(kNotUtf8); }, "NOT_UTF8",
             "units[1].station"},
            {"area", [](Request& r) { r.mutable_units(1)->set_area_code("42098x"); },
             "AREA_MALFORMED", "units[1].area_code"},
            {"no home", [](Request& r) { r.mutable_units(1)->clear_home(); }, "DATUM_UNSPECIFIED",
             "units[1].home.datum"},
            {"no datum", [](Request& r) { r.mutable_units(1)->mutable_home()->clear_datum(); },
             "DATUM_UNSPECIFIED", "units[1].home.datum"},
            {"latitude", [](Request& r) { r.mutable_units(1)->mutable_home()->set_latitude(90.1); },
             "LATITUDE_OUT_OF_RANGE", "units[1].home.latitude"},
            {"longitude",
             [](Request& r) { r.mutable_units(1)->mutable_home()->set_longitude(-181); },
             "LONGITUDE_OUT_OF_RANGE", "units[1].home.longitude"},
            {"status of an order",
             [](Request& r) { r.mutable_units(1)->set_status(pb::UNIT_STATUS_ON_SCENE); },
             "STATUS_MOVED_BY_ORDER", "units[1].status"},
            {"status",
             [](Request& r) { r.mutable_units(1)->set_status(static_cast<pb::UnitStatus>(77)); },
             "ENUM_UNKNOWN", "units[1].status"},
        });
}

TEST_F(BadInput, SetUnitStatus) {
    using Request = pb::SetUnitStatusRequest;
    Request good;
    *good.mutable_header() = desk_.mutation_header();
    good.set_unit_id("u2");
    good.set_status(pb::UNIT_STATUS_ON_PATROL);
    check(good, &DispatchHandlers::set_unit_status, header_faults<Request>());
    check<Request, pb::SetUnitStatusResponse>(
        good, &DispatchHandlers::set_unit_status,
        {
            {"no unit", [](Request& r) { r.clear_unit_id(); }, "ID_MALFORMED", "unit_id"},
            {"unknown unit", [](Request& r) { r.set_unit_id("u9"); }, "UNIT_UNKNOWN", "unit_id",
             Code::kNotFound},
            {"no status", [](Request& r) { r.clear_status(); }, "ENUM_UNKNOWN", "status"},
            {"status", [](Request& r) { r.set_status(static_cast<pb::UnitStatus>(10)); },
             "ENUM_UNKNOWN", "status"},
            {"status of an order", [](Request& r) { r.set_status(pb::UNIT_STATUS_EN_ROUTE); },
             "STATUS_MOVED_BY_ORDER", "", Code::kFailedPrecondition},
            {"busy unit", [](Request& r) { r.set_unit_id("u1"); }, "UNIT_HOLDS_ORDER", "",
             Code::kFailedPrecondition},
            {"no datum", [](Request& r) { r.mutable_position()->set_latitude(30); },
             "DATUM_UNSPECIFIED", "position.datum"},
            {"not a number",
             [](Request& r) {
                 r.mutable_position()->set_datum(common_pb::DATUM_WGS84);
                 r.mutable_position()->set_latitude(std::numeric_limits<double>::quiet_NaN());
             },
             "LATITUDE_OUT_OF_RANGE", "position.latitude"},
        });
}

TEST_F(BadInput, DispatchUnits) {
    using Request = pb::DispatchUnitsRequest;
    const Request good = dispatch_request(incident_, {"u2"});
    const std::string closed = report();
    liandong::intake::v1::CloseIncidentRequest close;
    *close.mutable_header() = desk_.mutation_header();
    close.set_incident_id(closed);
    close.set_disposition(liandong::intake::v1::DISPOSITION_FALSE_ALARM);
    ASSERT_TRUE(run(desk_.intake().close_incident(dispatcher(), close)));
    check(good, &DispatchHandlers::dispatch_units, header_faults<Request>());
    check<Request, pb::DispatchUnitsResponse>(
        good, &DispatchHandlers::dispatch_units,
        {
            {"no incident", [](Request& r) { r.clear_incident_id(); }, "ID_MALFORMED",
             "incident_id"},
            {"unknown incident", [](Request& r) { r.set_incident_id("nowhere"); },
             "INCIDENT_UNKNOWN", "incident_id", Code::kNotFound},
            {"closed incident", [&](Request& r) { r.set_incident_id(closed); }, "INCIDENT_CLOSED",
             "", Code::kFailedPrecondition},
            {"nobody", [](Request& r) { r.clear_unit_ids(); }, "LIST_EMPTY", "unit_ids"},
            {"too many",
             [](Request& r) {
                 for (int i = 0; i < 32; ++i) r.add_unit_ids("x" + std::to_string(i));
             },
             "TOO_MANY", "unit_ids"},
            {"twice", [](Request& r) { r.add_unit_ids("u2"); }, "DUPLICATE", "unit_ids[1]"},
            {"odd unit", [](Request& r) { r.add_unit_ids("{u}"); }, "ID_MALFORMED", "unit_ids[1]"},
            {"unknown unit", [](Request& r) { r.add_unit_ids("u9"); }, "UNIT_UNKNOWN",
             "unit_ids[1]", Code::kNotFound},
            {"rule", [](Request& r) { r.set_conflict_rule(static_cast<pb::ConflictRule>(3)); },
             "ENUM_UNKNOWN", "conflict_rule"},
            {"long note", [](Request& r) { r.set_note(std::string(501, 'x')); }, "TEXT_TOO_LONG",
             "note"},
            {"note", [](Request& r) { r.set_note(kNotUtf8); }, "NOT_UTF8", "note"},
            {"one is not free",
             [](Request& r) {
                 r.add_unit_ids("u1");
                 r.set_conflict_rule(pb::CONFLICT_RULE_ALL_OR_NONE);
             },
             "UNITS_NOT_FREE", "", Code::kFailedPrecondition},
        });
}

TEST_F(BadInput, FactsAboutOrders) {
    using Request = pb::ArriveOrderRequest;
    const auto good = fact<Request>(order_);
    check(good, &DispatchHandlers::arrive_order, header_faults<Request>());
    check<Request, pb::ArriveOrderResponse>(
        good, &DispatchHandlers::arrive_order,
        {
            {"no fact", [](Request& r) { r.clear_fact(); }, "ID_MALFORMED", "fact.order_id"},
            {"unknown order", [](Request& r) { r.mutable_fact()->set_order_id("none"); },
             "ORDER_UNKNOWN", "fact.order_id", Code::kNotFound},
            {"before 1970", [](Request& r) { r.mutable_fact()->set_occurred_at_micros(-1); },
             "TIME_OUT_OF_RANGE", "fact.occurred_at_micros"},
            {"after 2200",
             [](Request& r) {
                 r.mutable_fact()->set_occurred_at_micros(std::numeric_limits<std::int64_t>::max());
             },
             "TIME_OUT_OF_RANGE", "fact.occurred_at_micros"},
            {"source",
             [](Request& r) { r.mutable_fact()->set_source(static_cast<pb::FactSource>(5)); },
             "ENUM_UNKNOWN", "fact.source"},
            {"no datum", [](Request& r) { r.mutable_fact()->mutable_position()->set_latitude(30); },
             "DATUM_UNSPECIFIED", "fact.position.datum"},
            {"long reason", [](Request& r) { r.mutable_fact()->set_reason(std::string(201, 'x')); },
             "TEXT_TOO_LONG", "fact.reason"},
            {"reason", [](Request& r) { r.mutable_fact()->set_reason(kNotUtf8); }, "NOT_UTF8",
             "fact.reason"},
        });
    expect_refused(
        desk_.dispatch().decline_order(dispatcher(), fact<pb::DeclineOrderRequest>(order_)),
        Code::kInvalidArgument, "REASON_MISSING", "fact.reason");
    expect_refused(desk_.dispatch().arrive_order(crew("u2"), good), Code::kPermissionDenied,
                   "NOT_THE_UNITS_ORDER");
    expect_refused(desk_.dispatch().arrive_order(gateway("xiaofang"), good),
                   Code::kPermissionDenied, "NOT_THE_AGENCYS_UNIT");
}

TEST_F(BadInput, CancelOrder) {
    using Request = pb::CancelOrderRequest;
    Request good;
    *good.mutable_header() = desk_.mutation_header();
    good.set_order_id(order_);
    good.set_reason("not needed");
    check(good, &DispatchHandlers::cancel_order, header_faults<Request>());
    check<Request, pb::CancelOrderResponse>(
        good, &DispatchHandlers::cancel_order,
        {
            {"no order", [](Request& r) { r.clear_order_id(); }, "ID_MALFORMED", "order_id"},
            {"unknown order", [](Request& r) { r.set_order_id("none"); }, "ORDER_UNKNOWN",
             "order_id", Code::kNotFound},
            {"no reason", [](Request& r) { r.clear_reason(); }, "REASON_MISSING", "reason"},
            {"long reason", [](Request& r) { r.set_reason(std::string(201, 'x')); },
             "TEXT_TOO_LONG", "reason"},
        });
    ASSERT_TRUE(clear(order_));
    expect_refused(desk_.dispatch().cancel_order(dispatcher(), good), Code::kFailedPrecondition,
                   "ORDER_ENDED");
}

TEST_F(BadInput, RecommendUnits) {
    using Request = pb::RecommendUnitsRequest;
    Request good;
    good.set_incident_id(incident_);
    good.add_needs();
    check<Request, pb::RecommendUnitsResponse>(
        good, &DispatchHandlers::recommend_units,
        {
            {"no needs", [](Request& r) { r.clear_needs(); }, "LIST_EMPTY", "needs"},
            {"too many needs",
             [](Request& r) {
                 for (int i = 0; i < 16; ++i) r.add_needs();
             },
             "TOO_MANY", "needs"},
            {"count", [](Request& r) { r.mutable_needs(0)->set_count(51); }, "COUNT_OUT_OF_RANGE",
             "needs[0].count"},
            {"kind",
             [](Request& r) { r.mutable_needs(0)->add_kinds(static_cast<pb::UnitKind>(14)); },
             "ENUM_UNKNOWN", "needs[0].kinds"},
            {"no kind",
             [](Request& r) { r.mutable_needs(0)->add_kinds(pb::UNIT_KIND_UNSPECIFIED); },
             "ENUM_UNKNOWN", "needs[0].kinds"},
            {"too many kinds",
             [](Request& r) {
                 for (int i = 0; i < 17; ++i) r.mutable_needs(0)->add_kinds(pb::UNIT_KIND_OTHER);
             },
             "TOO_MANY", "needs[0].kinds"},
            {"long capability",
             [](Request& r) { r.mutable_needs(0)->set_capability(std::string(33, 'x')); },
             "TEXT_TOO_LONG", "needs[0].capability"},
            {"alternatives", [](Request& r) { r.set_alternatives(21); }, "TOO_MANY",
             "alternatives"},
            {"nowhere", [](Request& r) { r.clear_incident_id(); }, "ID_MALFORMED", "incident_id"},
            {"unknown incident", [](Request& r) { r.set_incident_id("none"); }, "INCIDENT_UNKNOWN",
             "incident_id", Code::kNotFound},
            {"no datum", [](Request& r) { r.mutable_position()->set_latitude(30); },
             "DATUM_UNSPECIFIED", "position.datum"},
        });
}

TEST_F(BadInput, Reading) {
    using Units = pb::ListUnitsRequest;
    using Orders = pb::ListOrdersRequest;
    check<Units, pb::ListUnitsResponse>(
        {}, &DispatchHandlers::list_units,
        {
            {"page size", [](Units& r) { r.mutable_page()->set_size(501); },
             "PAGE_SIZE_OUT_OF_RANGE", "page.size"},
            {"token", [](Units& r) { r.mutable_page()->set_token("zz"); }, "PAGE_TOKEN_MALFORMED",
             "page.token"},
            {"kind", [](Units& r) { r.add_kinds(static_cast<pb::UnitKind>(14)); }, "ENUM_UNKNOWN",
             "kinds"},
            {"availability", [](Units& r) { r.set_availability(static_cast<pb::Availability>(4)); },
             "ENUM_UNKNOWN", "availability"},
        });
    check<Orders, pb::ListOrdersResponse>(
        {}, &DispatchHandlers::list_orders,
        {
            {"page size", [](Orders& r) { r.mutable_page()->set_size(501); },
             "PAGE_SIZE_OUT_OF_RANGE", "page.size"},
            {"incident", [](Orders& r) { r.set_incident_id("a b"); }, "ID_MALFORMED",
             "incident_id"},
            {"unit", [](Orders& r) { r.set_unit_id("a b"); }, "ID_MALFORMED", "unit_id"},
        });
    expect_refused(desk_.dispatch().get_unit(dispatcher(), {}), Code::kInvalidArgument,
                   "ID_MALFORMED", "unit_id");
    expect_refused(desk_.dispatch().get_order(dispatcher(), {}), Code::kInvalidArgument,
                   "ID_MALFORMED", "order_id");
    pb::GetUnitRequest unit;
    unit.set_unit_id("u9");
    expect_refused(desk_.dispatch().get_unit(dispatcher(), unit), Code::kNotFound, "UNIT_UNKNOWN",
                   "unit_id");
    pb::GetOrderRequest order;
    order.set_order_id("none");
    expect_refused(desk_.dispatch().get_order(dispatcher(), order), Code::kNotFound,
                   "ORDER_UNKNOWN", "order_id");
    unit.set_unit_id("u1");
    unit.mutable_header()->mutable_min_revision()->set_epoch(1);
    unit.mutable_header()->mutable_min_revision()->set_seq(1'000);
    expect_refused(desk_.dispatch().get_unit(dispatcher(), unit), Code::kUnavailable,
                   "REVISION_NOT_REACHED");
}

TEST_F(BadInput, Watches) {
    test::CollectingSink<pb::WatchUnitOrdersResponse> orders;
    pb::WatchUnitOrdersRequest of_unit;
    expect_refused(desk_.dispatch().watch_unit_orders(crew("u1"), of_unit, orders),
                   Code::kInvalidArgument, "ID_MALFORMED", "unit_id");
    of_unit.set_unit_id("u2");
    expect_refused(desk_.dispatch().watch_unit_orders(crew("u1"), of_unit, orders),
                   Code::kPermissionDenied, "NOT_THE_UNIT");
    expect_refused(desk_.dispatch().watch_unit_orders(gateway("xiaofang"), of_unit, orders),
                   Code::kPermissionDenied, "NOT_THE_AGENCYS_UNIT");
    EXPECT_TRUE(orders.messages().empty());
    test::CollectingSink<pb::WatchBoardResponse> board;
    pb::WatchBoardRequest of_area;
    of_area.set_area_code(std::string(16, '4'));
    expect_refused(desk_.dispatch().watch_board(dispatcher(), of_area, board),
                   Code::kInvalidArgument, "TEXT_TOO_LONG", "area_code");
    EXPECT_TRUE(board.messages().empty());
}

// A request id that was used stands for what it was used for.
TEST_F(BadInput, AUsedRequestIdWithOtherContent) {
    auto request = dispatch_request(incident_, {"u2"});
    ASSERT_TRUE(run(desk_.dispatch().dispatch_units(dispatcher(), request)));
    request.set_note("other words");
    expect_refused(desk_.dispatch().dispatch_units(dispatcher(), request), Code::kAlreadyExists,
                   "REQUEST_ID_REUSED");
    auto sign = fact<pb::SignOrderRequest>(order_);
    *sign.mutable_header() = request.header();
    expect_refused(desk_.dispatch().sign_order(dispatcher(), sign), Code::kAlreadyExists,
                   "REQUEST_ID_REUSED");
}

// A call whose time is over, or that nobody waits for any more, changes nothing.
TEST_F(BadInput, TooLate) {
    CallContext late = dispatcher();
    late.deadline = desk_.loop().timers().now();
    expect_refused(desk_.dispatch().dispatch_units(late, dispatch_request(incident_, {"u2"})),
                   Code::kDeadlineExceeded, "DEADLINE_EXPIRED");
    CallContext gone = dispatcher();
    gone.cancellation.cancel();
    expect_refused(desk_.dispatch().dispatch_units(gone, dispatch_request(incident_, {"u2"})),
                   Code::kCancelled, "CALL_CANCELLED");
}

}  // namespace
}  // namespace liandong::dispatch
