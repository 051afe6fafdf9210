#pragma once

#include "tests/unit/intake/intake_fixture.h"

#include <string>
#include <utility>

namespace liandong::intake {

/// Desk work over the RPCs, on a desk with people of every rank.
class DeskRpc : public IntakeFixture {
protected:
    CallContext supervisor() const { return desk_.call("zhang", {domain::Role::kShiftSupervisor}); }
    CallContext commander() const { return desk_.call("zhao", {domain::Role::kDutyCommander}); }
    /// Of the fire service.
    CallContext fire_gateway() const {
        CallContext context = desk_.call("fire-gw", {domain::Role::kGateway});
        context.principal.agency = "xiaofang";
        return context;
    }

    template <class Request> Request mutation() {
        Request request;
        *request.mutable_header() = desk_.mutation_header();
        return request;
    }
    template <class Request> Request about(const std::string& incident) {
        Request request = mutation<Request>();
        request.set_incident_id(incident);
        return request;
    }
    template <class Request, class Response>
    Result<Response> ask(Task<Result<Response>> (DeskHandlers::*handler)(CallContext, Request),
                         Request request, CallContext caller) {
        auto response = desk_.run((desk_.desk().*handler)(std::move(caller), std::move(request)));
        desk_.loop().settle();
        return response;
    }
    pb::ListAlarmsResponse alarms() {
        const auto response = ask(&DeskHandlers::list_alarms, pb::ListAlarmsRequest{}, inspector());
        EXPECT_TRUE(response) << response.error().reason;
        return response.value_or(pb::ListAlarmsResponse{});
    }
    pb::Incident incident(const std::string& id) {
        const auto response = get(id, dispatcher());
        EXPECT_TRUE(response) << response.error().reason;
        return response ? response->incident() : pb::Incident{};
    }
};

}  // namespace liandong::intake
