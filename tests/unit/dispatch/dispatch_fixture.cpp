#include "tests/unit/dispatch/dispatch_fixture.h"

namespace liandong::dispatch {

CallContext DispatchFixture::crew(std::string unit_id) const {
    CallContext context = desk_.call("unit." + unit_id, {domain::Role::kUnitTerminal}, "C");
    context.principal.unit_id = std::move(unit_id);
    return context;
}

CallContext DispatchFixture::gateway(std::string agency) const {
    CallContext context = desk_.call("gateway", {domain::Role::kGateway}, "G");
    context.principal.agency = std::move(agency);
    return context;
}

pb::Unit DispatchFixture::make_unit(std::string id) const {
    pb::Unit unit;
    unit.set_id(std::move(id));
    unit.set_agency("gongan");
    unit.set_kind(pb::UNIT_KIND_POLICE_PATROL);
    unit.mutable_home()->set_latitude(30.93);
    unit.mutable_home()->set_longitude(113.57);
    unit.mutable_home()->set_datum(common_pb::DATUM_WGS84);
    return unit;
}

void DispatchFixture::import(std::initializer_list<const char*> ids) {
    pb::ImportUnitsRequest request;
    *request.mutable_header() = desk_.mutation_header();
    for (const char* id : ids) *request.add_units() = make_unit(id);
    ASSERT_TRUE(run(desk_.dispatch().import_units(dispatcher(), std::move(request))));
}

std::string DispatchFixture::report() {
    liandong::intake::v1::ReportIncidentRequest request;
    *request.mutable_header() = desk_.mutation_header();
    request.set_words("help");
    const auto response = run(desk_.intake().report_incident(dispatcher(), std::move(request)));
    EXPECT_TRUE(response);
    return response ? response->incident_id() : "";
}

pb::DispatchUnitsRequest DispatchFixture::dispatch_request(
    const std::string& incident_id, std::initializer_list<const char*> unit_ids) {
    pb::DispatchUnitsRequest request;
    *request.mutable_header() = desk_.mutation_header();
    request.set_incident_id(incident_id);
    for (const char* id : unit_ids) request.add_unit_ids(id);
    return request;
}

pb::DispatchUnitsResponse DispatchFixture::dispatch(const std::string& incident_id,
                                                    std::initializer_list<const char*> unit_ids) {
    const auto response =
        run(desk_.dispatch().dispatch_units(dispatcher(), dispatch_request(incident_id, unit_ids)));
    EXPECT_TRUE(response);
    return response.value_or(pb::DispatchUnitsResponse{});
}

domain::Unit DispatchFixture::unit(const std::string& id) {
    const auto* held = desk_.mirror().find<domain::Unit>(id);
    return held ? *held->value : domain::Unit{};
}

void DispatchFixture::expect_refused(Task<Status> call, Code code, std::string_view reason,
                                     std::string_view field) {
    const std::uint64_t before = log_size();
    const Status result = run(std::move(call));
    ASSERT_FALSE(result) << "was not refused";
    EXPECT_EQ(result.error().code, code);
    EXPECT_EQ(result.error().reason, reason);
    EXPECT_EQ(result.error().find("field"), field);
    EXPECT_EQ(log_size(), before) << "something was written";
}

}  // namespace liandong::dispatch
