#pragma once

#include "tests/support/collecting_sink.h"
#include "tests/support/virtual_desk.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace liandong::dispatch {

namespace common_pb = liandong::common::v1;

/// A desk with a dispatcher, crews and an operator; short forms of what they do.
class DispatchFixture : public testing::Test {
protected:
    CallContext dispatcher() const {
        return desk_.call("dispatcher", {domain::Role::kDispatcher}, "D");
    }
    CallContext crew(std::string unit_id) const;
    CallContext gateway(std::string agency) const;

    pb::Unit make_unit(std::string id) const;
    void import(std::initializer_list<const char*> ids);
    /// A report of which little is known; the incident's id.
    std::string report();
    pb::DispatchUnitsRequest dispatch_request(const std::string& incident_id,
                                              std::initializer_list<const char*> unit_ids);
    pb::DispatchUnitsResponse dispatch(const std::string& incident_id,
                                       std::initializer_list<const char*> unit_ids);
    /// One unit to a new incident; the order.
    pb::Order send(const char* unit_id) { return dispatch(report(), {unit_id}).orders(0); }
    domain::Unit unit(const std::string& id);

    /// A request about an order, such as `SignOrderRequest`.
    template <class Request> Request fact(const std::string& order_id) {
        Request request;
        *request.mutable_header() = desk_.mutation_header();
        request.mutable_fact()->set_order_id(order_id);
        return request;
    }
    Result<pb::SignOrderResponse> sign(const std::string& order_id, CallContext who) {
        return run(
            desk_.dispatch().sign_order(std::move(who), fact<pb::SignOrderRequest>(order_id)));
    }
    Result<pb::ClearOrderResponse> clear(const std::string& order_id) {
        return run(
            desk_.dispatch().clear_order(dispatcher(), fact<pb::ClearOrderRequest>(order_id)));
    }

    /// Runs a call to its end and lets the mirror follow.
    template <class T> T run(Task<T> task) {
        T result = desk_.run(std::move(task));
        desk_.loop().settle();
        return result;
    }
    std::uint64_t log_size() { return desk_.state().last_seq(); }

    /// The call is refused with this code, reason and field ("": none named), and writes nothing.
    template <class T>
    void expect_refused(Task<Result<T>> call, Code code, std::string_view reason,
                        std::string_view field = "") {
        const std::uint64_t before = log_size();
        const Result<T> result = run(std::move(call));
        ASSERT_FALSE(result) << "was not refused";
        EXPECT_EQ(result.error().code, code);
        EXPECT_EQ(result.error().reason, reason);
        EXPECT_EQ(result.error().find("field"), field);
        EXPECT_EQ(log_size(), before) << "something was written";
    }
    void expect_refused(Task<Status> call, Code code, std::string_view reason,
                        std::string_view field = "");

    test::VirtualDesk desk_;
};

}  // namespace liandong::dispatch
