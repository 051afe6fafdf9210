#pragma once

#include "services/intake/service/known_world.h"
#include "tests/support/virtual_desk.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace liandong::intake {

template <class Request> void at(Request& request, double latitude, double longitude) {
    request.mutable_position()->set_latitude(latitude);
    request.mutable_position()->set_longitude(longitude);
    request.mutable_position()->set_datum(liandong::common::v1::DATUM_WGS84);
}

/// A desk in Yingcheng that knows its areas, the catalogue and what words mean.
class KnowingFixture : public ::testing::Test {
protected:
    static const KnownWorld& world() {
        static const KnownWorld known;
        return known;
    }
    CallContext taker() const { return desk_.call("taker", {domain::Role::kCallTaker}); }
    CallContext dispatcher() const { return desk_.call("dispatcher", {domain::Role::kDispatcher}); }
    CallContext supervisor() const {
        return desk_.call("supervisor", {domain::Role::kShiftSupervisor});
    }

    /// From a place in the town, without a type.
    pb::ReportIncidentRequest call(const std::string& words) {
        pb::ReportIncidentRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_channel(pb::CHANNEL_PHONE_110);
        request.set_words(words);
        at(request, 30.93, 113.57);
        return request;
    }
    pb::ReportIncidentRequest alarm(const std::string& words) {
        auto request = call(words);
        request.set_channel(pb::CHANNEL_ALARM);
        return request;
    }

    template <class Request> Request about(const std::string& id) {
        Request request;
        if constexpr (std::is_same_v<std::decay_t<decltype(request.header())>,
                                     liandong::common::v1::MutationHeader>)
            *request.mutable_header() = desk_.mutation_header();
        request.set_incident_id(id);
        return request;
    }
    template <class Request, class Response>
    Result<Response> ask(Task<Result<Response>> (IntakeHandlers::*handler)(CallContext, Request),
                         Request request, CallContext caller) {
        auto response = desk_.run((desk_.intake().*handler)(std::move(caller), std::move(request)));
        desk_.loop().settle();
        return response;
    }
    template <class Request, class Response>
    Result<Response> ask(Task<Result<Response>> (IntakeHandlers::*handler)(CallContext, Request),
                         Request request) {
        return ask(handler, std::move(request), taker());
    }
    pb::ReportIncidentResponse report(pb::ReportIncidentRequest request) {
        auto response = ask(&IntakeHandlers::report_incident, std::move(request));
        EXPECT_TRUE(response) << response.error().reason;
        return response.value_or(pb::ReportIncidentResponse{});
    }
    pb::Incident get(const std::string& id) {
        auto response = ask(&IntakeHandlers::get_incident, about<pb::GetIncidentRequest>(id));
        EXPECT_TRUE(response) << response.error().reason;
        return response ? response->incident() : pb::Incident{};
    }
    std::vector<std::string> listed(pb::IncidentFilter filter) {
        pb::ListIncidentsRequest request;
        *request.mutable_filter() = std::move(filter);
        const auto response = ask(&IntakeHandlers::list_incidents, request);
        std::vector<std::string> ids;
        if (response) {
            for (const auto& incident : response->incidents()) ids.push_back(incident.id());
        }
        return ids;
    }
    Result<pb::CloseIncidentResponse> close(const std::string& id, CallContext caller,
                                            const std::string& note = "") {
        auto request = about<pb::CloseIncidentRequest>(id);
        request.set_disposition(pb::DISPOSITION_RESOLVED);
        request.set_note(note);
        return ask(&IntakeHandlers::close_incident, request, std::move(caller));
    }
    static std::vector<std::string> reasons(const pb::ReportIncidentResponse& response) {
        std::vector<std::string> all;
        for (const auto& item : response.corrections()) all.push_back(item.reason());
        return all;
    }

    test::VirtualDesk desk_{{"drill-1", "420981"}, 1, world().of("420981")};
};

template <class T> std::string reason_of(const Result<T>& result) {
    return result ? "" : result.error().reason;
}

}  // namespace liandong::intake
