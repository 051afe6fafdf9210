#pragma once

#include "tests/support/collecting_sink.h"
#include "tests/support/virtual_desk.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace liandong::intake {

/// A desk with a call-taker, a dispatcher and an inspector.
class IntakeFixture : public ::testing::Test {
protected:
    CallContext taker() const {
        return desk_.call("taker", {domain::Role::kCallTaker}, "intake/ReportIncident");
    }
    CallContext dispatcher() const { return desk_.call("dispatcher", {domain::Role::kDispatcher}); }
    CallContext inspector() const { return desk_.call("inspector", {domain::Role::kInspector}); }

    /// A report without any fault.
    pb::ReportIncidentRequest good_report() {
        pb::ReportIncidentRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_channel(pb::CHANNEL_PHONE_119);
        request.set_words("古城大道 8 号着火");
        request.set_type_code("010100");
        auto& position = *request.mutable_position();
        position.set_latitude(30.93);
        position.set_longitude(113.57);
        position.set_datum(liandong::common::v1::DATUM_WGS84);
        request.set_address("古城大道 8 号");
        request.set_area_code("420981001");
        return request;
    }
    Result<pb::ReportIncidentResponse> send(pb::ReportIncidentRequest request) {
        return desk_.run(desk_.intake().report_incident(taker(), std::move(request)));
    }
    /// Reports, and waits until the mirror shows it.
    pb::ReportIncidentResponse report(pb::ReportIncidentRequest request) {
        auto response = send(std::move(request));
        EXPECT_TRUE(response) << response.error().reason;
        desk_.loop().settle();
        return response.value_or(pb::ReportIncidentResponse{});
    }
    pb::ReportIncidentResponse report() { return report(good_report()); }

    Result<pb::GetIncidentResponse> get(const std::string& id, CallContext caller) {
        pb::GetIncidentRequest request;
        request.set_incident_id(id);
        request.set_with_reports(true);
        return desk_.run(desk_.intake().get_incident(std::move(caller), std::move(request)));
    }
    Result<pb::CloseIncidentResponse> close(
        const std::string& id, pb::Disposition disposition = pb::DISPOSITION_RESOLVED) {
        pb::CloseIncidentRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_incident_id(id);
        request.set_disposition(disposition);
        auto response = desk_.run(desk_.intake().close_incident(dispatcher(), std::move(request)));
        desk_.loop().settle();
        return response;
    }
    pb::ListIncidentsResponse list(pb::ListIncidentsRequest request = {}) {
        const auto response =
            desk_.run(desk_.intake().list_incidents(dispatcher(), std::move(request)));
        EXPECT_TRUE(response) << response.error().reason;
        return response.value_or(pb::ListIncidentsResponse{});
    }

    test::VirtualDesk desk_;
};

}  // namespace liandong::intake
