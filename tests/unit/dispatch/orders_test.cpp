#include "simulator/audit/log_replay.h"
#include "tests/unit/dispatch/dispatch_fixture.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace liandong::dispatch {
namespace {

using testing::IsEmpty;

/// Answers are compared without the server's time.
template <class Response> std::string bytes(Response response) {
    response.mutable_header()->clear_server_time_micros();
    return response.SerializeAsString();
}

class Orders : public DispatchFixture {
protected:
    Orders() { import({"u1", "u2", "u3"}); }
    ~Orders() override {
        simulator::LogReplay judge;
        judge.compare(desk_.state());
        EXPECT_THAT(judge.faults(), IsEmpty());
    }

    /// Sends the same request twice: one event, one answer.
    template <class Request, class Response>
    void expect_same_answer(Task<Result<Response>> (DispatchHandlers::*handler)(CallContext,
                                                                                Request),
                            const Request& request) {
        const auto first = run((desk_.dispatch().*handler)(dispatcher(), request));
        ASSERT_TRUE(first) << first.error().reason;
        const std::uint64_t before = log_size();
        const auto again = run((desk_.dispatch().*handler)(dispatcher(), request));
        ASSERT_TRUE(again) << again.error().reason;
        EXPECT_EQ(bytes(*first), bytes(*again));
        EXPECT_EQ(log_size(), before);
    }
};

// D2, D4: units go to an incident of which nothing is known; who is lost is named with who holds
// it.
TEST_F(Orders, UnitsAreSentInOneCommit) {
    const pb::Order held = send("u1");
    const std::string incident = report();
    const std::uint64_t before = log_size();
    const auto response = dispatch(incident, {"u1", "u2", "u3"});
    EXPECT_EQ(log_size(), before + 1);
    ASSERT_EQ(response.orders_size(), 2);
    EXPECT_EQ(response.orders(0).unit_id(), "u2");
    EXPECT_EQ(response.orders(0).state(), pb::ORDER_STATE_SENT);
    EXPECT_EQ(response.orders(0).version(), response.header().revision().seq());
    EXPECT_FALSE(response.orders(0).incident_number().empty());
    ASSERT_EQ(response.lost_size(), 1);
    EXPECT_EQ(response.lost(0).unit_id(), "u1");
    EXPECT_EQ(response.lost(0).reason(), "UNIT_TAKEN");
    EXPECT_EQ(response.lost(0).holder_order_id(), held.id());
    EXPECT_EQ(response.lost(0).holder_incident_id(), held.incident_id());
}

// The same request id gives the same answer, whatever happened in between, and does nothing again.
TEST_F(Orders, AResendGetsTheSameAnswer) {
    expect_same_answer(&DispatchHandlers::dispatch_units, dispatch_request(report(), {"u1", "u2"}));
    const std::string order = unit("u1").active_order_id;
    expect_same_answer(&DispatchHandlers::confirm_delivery,
                       fact<pb::ConfirmDeliveryRequest>(order));
    expect_same_answer(&DispatchHandlers::sign_order, fact<pb::SignOrderRequest>(order));
    expect_same_answer(&DispatchHandlers::depart_order, fact<pb::DepartOrderRequest>(order));
    expect_same_answer(&DispatchHandlers::arrive_order, fact<pb::ArriveOrderRequest>(order));
    expect_same_answer(&DispatchHandlers::clear_order, fact<pb::ClearOrderRequest>(order));
    auto decline = fact<pb::DeclineOrderRequest>(unit("u2").active_order_id);
    decline.mutable_fact()->set_reason("broken down");
    expect_same_answer(&DispatchHandlers::decline_order, decline);
    pb::CancelOrderRequest cancel;
    *cancel.mutable_header() = desk_.mutation_header();
    cancel.set_order_id(send("u3").id());
    cancel.set_reason("not needed");
    expect_same_answer(&DispatchHandlers::cancel_order, cancel);
}

// A lost reply is answered as unknown; sent again, the request is found done.
TEST_F(Orders, ALostReplyIsFoundOnResend) {
    const auto request = dispatch_request(report(), {"u1"});
    desk_.faults().script_commit({.kind = store::FaultKind::kLostReply});
    const auto lost = run(desk_.dispatch().dispatch_units(dispatcher(), request));
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, Code::kUnavailable);
    EXPECT_EQ(lost.error().reason, "OUTCOME_UNKNOWN");
    const std::uint64_t before = log_size();
    const auto found = run(desk_.dispatch().dispatch_units(dispatcher(), request));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->orders_size(), 1);
    EXPECT_EQ(log_size(), before);
}

// Two dispatchers want the same unit at the same moment: one gets it, the other is told who has it.
TEST_F(Orders, OneOfTwoGetsTheUnit) {
    const auto first = desk_.loop().start(
        desk_.dispatch().dispatch_units(dispatcher(), dispatch_request(report(), {"u1"})));
    const auto second = desk_.loop().start(
        desk_.dispatch().dispatch_units(dispatcher(), dispatch_request(report(), {"u1"})));
    desk_.loop().settle();
    ASSERT_TRUE(first->value && *first->value && second->value && *second->value);
    EXPECT_EQ((*first->value)->orders_size() + (*second->value)->orders_size(), 1);
    EXPECT_EQ((*first->value)->lost_size() + (*second->value)->lost_size(), 1);
}

// From sent to cleared, by the crew's own terminal; the times are those that were said.
TEST_F(Orders, ACrewCarriesAnOrderOut) {
    const pb::Order order = send("u1");
    ASSERT_TRUE(run(desk_.dispatch().confirm_delivery(
        crew("u1"), fact<pb::ConfirmDeliveryRequest>(order.id()))));
    ASSERT_TRUE(sign(order.id(), crew("u1")));
    auto departed = fact<pb::DepartOrderRequest>(order.id());
    departed.mutable_fact()->set_occurred_at_micros(1'784'368'700'000'000);
    ASSERT_TRUE(run(desk_.dispatch().depart_order(crew("u1"), departed)));
    ASSERT_TRUE(
        run(desk_.dispatch().arrive_order(crew("u1"), fact<pb::ArriveOrderRequest>(order.id()))));
    EXPECT_EQ(unit("u1").status, domain::UnitStatus::kOnScene);
    const auto cleared =
        run(desk_.dispatch().clear_order(crew("u1"), fact<pb::ClearOrderRequest>(order.id())));
    ASSERT_TRUE(cleared);
    EXPECT_EQ(cleared->order().state(), pb::ORDER_STATE_CLEARED);
    EXPECT_EQ(cleared->order().departed_at_micros(), 1'784'368'700'000'000);
    ASSERT_EQ(cleared->order().entries_size(), 5);
    for (const pb::OrderEntry& entry : cleared->order().entries()) {
        EXPECT_EQ(entry.source(), pb::FACT_SOURCE_BUTTON);
        EXPECT_EQ(entry.by(), "unit.u1");
        EXPECT_TRUE(entry.moved_state());
    }
    EXPECT_EQ(unit("u1").active_order_id, "");
}

// D3: a press that comes late, twice or for an ended order is kept, is shown, and moves nothing.
TEST_F(Orders, NoFactIsRefused) {
    const pb::Order order = send("u1");
    ASSERT_TRUE(
        run(desk_.dispatch().arrive_order(crew("u1"), fact<pb::ArriveOrderRequest>(order.id()))));
    const auto late = sign(order.id(), dispatcher());
    ASSERT_TRUE(late);
    EXPECT_EQ(late->order().state(), pb::ORDER_STATE_ARRIVED);
    EXPECT_FALSE(late->order().entries(1).moved_state());
    EXPECT_EQ(late->order().entries(1).source(), pb::FACT_SOURCE_ON_BEHALF);
    EXPECT_EQ(late->order().signed_at_micros(), 0);
    ASSERT_TRUE(clear(order.id()));
    send("u1");
    const domain::Unit busy = unit("u1");
    ASSERT_TRUE(clear(order.id()));
    ASSERT_TRUE(
        run(desk_.dispatch().depart_order(crew("u1"), fact<pb::DepartOrderRequest>(order.id()))));
    EXPECT_EQ(unit("u1"), busy);
}

// More facts than a record holds are counted, never refused.
TEST_F(Orders, TheHundredthPressIsCounted) {
    const pb::Order order = send("u1");
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(sign(order.id(), crew("u1")));
    const auto cleared = clear(order.id());
    ASSERT_TRUE(cleared);
    EXPECT_EQ(cleared->order().state(), pb::ORDER_STATE_CLEARED);
    EXPECT_LE(static_cast<std::size_t>(cleared->order().entries_size()), domain::kOrderEntries_max);
}

// A gateway speaks for its agency's crews.
TEST_F(Orders, AGatewaySpeaksForItsAgency) {
    const pb::Order order = send("u1");
    const auto signed_by = sign(order.id(), gateway("gongan"));
    ASSERT_TRUE(signed_by);
    EXPECT_EQ(signed_by->order().state(), pb::ORDER_STATE_SIGNED);
}

// Orders are listed by incident or unit, open ones unless more is asked for, in pages.
TEST_F(Orders, AreListed) {
    const std::string incident = report();
    const auto sent = dispatch(incident, {"u1", "u2"});
    send("u3");
    ASSERT_TRUE(clear(sent.orders(0).id()));
    pb::ListOrdersRequest request;
    const auto count = [&] {
        int total = 0;
        pb::ListOrdersRequest page = request;
        page.mutable_page()->set_size(1);
        for (int i = 0; i < 10; ++i) {
            const auto response = run(desk_.dispatch().list_orders(dispatcher(), page));
            EXPECT_TRUE(response);
            if (!response) break;
            total += response->orders_size();
            if (response->page().next_token().empty()) break;
            page.mutable_page()->set_token(response->page().next_token());
        }
        return total;
    };
    EXPECT_EQ(count(), 2);
    request.set_include_ended(true);
    EXPECT_EQ(count(), 3);
    request.set_incident_id(incident);
    EXPECT_EQ(count(), 2);
    request.set_unit_id("u1");
    EXPECT_EQ(count(), 1);
    pb::GetOrderRequest get;
    get.set_order_id(sent.orders(0).id());
    const auto got = run(desk_.dispatch().get_order(dispatcher(), get));
    ASSERT_TRUE(got);
    EXPECT_EQ(got->order().state(), pb::ORDER_STATE_CLEARED);
}

}  // namespace
}  // namespace liandong::dispatch
