#include "tests/unit/intake/knowing_fixture.h"

#include <gmock/gmock.h>

namespace liandong::intake {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

using Understanding = KnowingFixture;

// A position gives the grid, and with it village, township, district and who answers there.
TEST_F(Understanding, APlaceHasItsAreaAndItsPeople) {
    const auto response = report(call("有人打架"));
    EXPECT_THAT(reasons(response), IsEmpty());
    const auto incident = get(response.incident_id());
    EXPECT_EQ(incident.place().area_code().size(), 15U);
    EXPECT_TRUE(incident.place().area_code().starts_with("420981"));
    EXPECT_EQ(incident.place().area_distance_meters(), 0);
    EXPECT_NE(incident.responsible().grid_worker(), "");
    EXPECT_NE(incident.responsible().police_station(), "");
    EXPECT_NE(incident.responsible().duty_desk(), "");
    EXPECT_EQ(response.responsible().grid_worker(), incident.responsible().grid_worker());
}

// Outside of all areas the nearest one is named, flagged with how far it is.
TEST_F(Understanding, OutsideIsFlagged) {
    auto request = call("树倒了");
    at(request, 30.60, 113.57);
    const auto response = report(request);
    EXPECT_THAT(reasons(response), ElementsAre("AREA_OUTSIDE"));
    const auto incident = get(response.incident_id());
    EXPECT_TRUE(incident.needs_correction());
    EXPECT_GT(incident.place().area_distance_meters(), 1'000);
    EXPECT_EQ(incident.place().area_code().size(), 15U);
}

// On the other side of the earth nothing is the nearest.
TEST_F(Understanding, FarAwayNothingIsNamed) {
    auto request = call("fire");
    at(request, 37.77, -122.42);
    const auto response = report(request);
    EXPECT_THAT(reasons(response), ElementsAre("AREA_OUTSIDE"));
    EXPECT_EQ(get(response.incident_id()).place().area_code(), "");
}

// What the caller says of the area stays; that the position says otherwise is flagged (D1).
TEST_F(Understanding, TheCallersAreaIsKept) {
    auto request = call("有人打架");
    request.set_area_code("420981102");
    const auto conflicting = report(request);
    EXPECT_THAT(reasons(conflicting), ElementsAre("AREA_CONFLICT"));
    EXPECT_EQ(get(conflicting.incident_id()).place().area_code(), "420981102");

    auto unknown = call("有人打架");
    unknown.set_area_code("420981999");
    EXPECT_THAT(reasons(report(unknown)), ElementsAre("AREA_UNKNOWN"));

    auto wider = call("有人打架");
    wider.set_area_code("420981");
    EXPECT_THAT(reasons(report(wider)), IsEmpty());
}

// Two villages have this name: both are offered, none is taken (D15). Named with its township it
// is one, and still a person says so.
TEST_F(Understanding, AnAmbiguousNameIsNeverResolved) {
    auto request = call("房子进水了");
    request.clear_position();
    request.set_address("团结村七组");
    const auto response = report(request);
    ASSERT_EQ(response.area_candidates_size(), 2);
    EXPECT_EQ(response.area_candidates(0).code(), "420981002218");
    EXPECT_EQ(response.area_candidates(1).code(), "420981102218");
    EXPECT_THAT(response.area_candidates(1).within(), Contains("三合镇"));
    EXPECT_EQ(get(response.incident_id()).place().area_code(), "");

    auto told = call("房子进水了");
    told.clear_position();
    told.set_address("三合镇团结村七组");
    const auto one = report(told);
    ASSERT_EQ(one.area_candidates_size(), 1);
    EXPECT_EQ(one.area_candidates(0).code(), "420981102218");
    EXPECT_EQ(get(one.incident_id()).place().area_code(), "");

    pb::FindAreasRequest find;
    find.set_name("团结村");
    EXPECT_EQ(ask(&IntakeHandlers::find_areas, find)->areas_size(), 2);
}

// Words suggest a type and a level; both are marked, and the type is not set (D2).
TEST_F(Understanding, WordsPropose) {
    const auto response = report(call("三楼着火了，有人被困在里面出不来"));
    ASSERT_GT(response.suggested_types_size(), 0);
    EXPECT_EQ(response.suggested_types(0).type_code(), "structure_fire");
    const auto incident = get(response.incident_id());
    EXPECT_EQ(incident.type_code(), "");
    EXPECT_EQ(incident.suggested_types(0), "structure_fire");
    EXPECT_EQ(incident.level().scale(), liandong::common::v1::LEVEL_SCALE_FIRE_ALARM);
    EXPECT_EQ(incident.level().code(), 3);
    EXPECT_EQ(incident.level().authority(), "catalogue");
    EXPECT_TRUE(incident.life_threatening());
    EXPECT_THAT(incident.hazards(), Contains("fire"));
    EXPECT_THAT(incident.proposed(), ElementsAre("level", "life_threatening", "hazards"));
    EXPECT_GT(incident.usual_needs_size(), 0);
}

// What the caller says is not overruled.
TEST_F(Understanding, TheCallersLevelIsKept) {
    auto request = call("三楼着火了");
    request.set_type_code("structure_fire");
    request.set_level_scale(liandong::common::v1::LEVEL_SCALE_FIRE_ALARM);
    request.set_level_code(4);
    const auto incident = get(report(request).incident_id());
    EXPECT_EQ(incident.level().code(), 4);
    EXPECT_THAT(incident.proposed(), Not(Contains("level")));
    EXPECT_THAT(incident.suggested_types(), IsEmpty());
}

// D1: an unknown type is kept and flagged.
TEST_F(Understanding, AnUnknownTypeIsKept) {
    auto request = call("出事了");
    request.set_type_code("ufo");
    const auto response = report(request);
    EXPECT_THAT(reasons(response), ElementsAre("TYPE_UNKNOWN"));
    EXPECT_EQ(get(response.incident_id()).type_code(), "ufo");
}

// A triage confirms what it names; another type brings its own level and needs as proposals.
TEST_F(Understanding, TriageConfirms) {
    const std::string id = report(call("三楼着火了，有人被困")).incident_id();
    auto type = about<pb::TriageIncidentRequest>(id);
    type.set_type_code("vehicle_fire");
    const auto retyped = ask(&IntakeHandlers::triage_incident, type);
    ASSERT_TRUE(retyped);
    EXPECT_THAT(retyped->incident().suggested_types(), IsEmpty());
    EXPECT_THAT(retyped->incident().proposed(), Contains("level"));
    EXPECT_TRUE(retyped->incident().life_threatening());

    auto level = about<pb::TriageIncidentRequest>(id);
    level.mutable_level()->set_scale(liandong::common::v1::LEVEL_SCALE_FIRE_ALARM);
    level.mutable_level()->set_code(2);
    level.set_life_threatening(true);
    const auto confirmed = ask(&IntakeHandlers::triage_incident, level);
    ASSERT_TRUE(confirmed);
    EXPECT_THAT(confirmed->incident().proposed(), ElementsAre("hazards"));

    auto again = about<pb::TriageIncidentRequest>(id);
    again.set_type_code("structure_fire");
    EXPECT_EQ(ask(&IntakeHandlers::triage_incident, again)->incident().level().code(), 2);
}

// A triage with a position and no code finds the area.
TEST_F(Understanding, TriageFindsTheArea) {
    auto request = call("救命");
    request.clear_position();
    const std::string id = report(request).incident_id();
    auto triage = about<pb::TriageIncidentRequest>(id);
    at(*triage.mutable_place(), 30.93, 113.57);
    const auto placed = ask(&IntakeHandlers::triage_incident, triage);
    ASSERT_TRUE(placed);
    EXPECT_EQ(placed->incident().place().area_code().size(), 15U);
    EXPECT_NE(placed->incident().responsible().grid_worker(), "");
}

// The catalogue is told in pages, whole and each type once.
TEST_F(Understanding, TheCatalogueInPages) {
    pb::ListIncidentTypesRequest request;
    request.mutable_page()->set_size(7);
    std::vector<std::string> codes;
    for (int page = 0; page < 20; ++page) {
        const auto response = ask(&IntakeHandlers::list_incident_types, request);
        ASSERT_TRUE(response);
        for (const auto& type : response->types()) codes.push_back(type.code());
        if (response->page().next_token().empty()) break;
        request.mutable_page()->set_token(response->page().next_token());
    }
    std::vector<std::string> expected;
    for (const IncidentType& type : world().of("420981").catalogue->types())
        expected.push_back(type.code);
    EXPECT_EQ(codes, expected);

    pb::ListIncidentTypesRequest fire;
    fire.set_operational_class("fire");
    const auto fires = ask(&IntakeHandlers::list_incident_types, fire);
    ASSERT_TRUE(fires);
    EXPECT_EQ(fires->types(0).code(), "structure_fire");
    EXPECT_EQ(fires->types(0).name_zh(), "建筑火灾");
    EXPECT_EQ(fires->types(0).eido(), "FSTRU");
    EXPECT_GT(fires->types(0).questions_size(), 2);
    EXPECT_EQ(fires->types(0).usual_needs(0).capability(), "pump");
}

TEST_F(Understanding, TypesOfWords) {
    pb::SuggestTypesRequest request;
    request.set_words("厨房着火，有人被困");
    const auto response = ask(&IntakeHandlers::suggest_types, request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->types(0).type_code(), "structure_fire");
    EXPECT_TRUE(response->life_threatening());
    EXPECT_THAT(response->facts(), Contains("trapped"));
    request.clear_words();
    EXPECT_EQ(reason_of(ask(&IntakeHandlers::suggest_types, request)), "TEXT_REQUIRED");
}

// A dispatcher who names no need is told who usually goes.
TEST_F(Understanding, RecommendTakesTheUsualNeeds) {
    const std::string id = report(call("三楼着火了")).incident_id();
    liandong::dispatch::v1::RecommendUnitsRequest request;
    request.set_incident_id(id);
    const auto response =
        desk_.run(desk_.dispatch().recommend_units(dispatcher(), std::move(request)));
    ASSERT_TRUE(response) << response.error().reason;
    EXPECT_EQ(response->needs_size(), get(id).usual_needs_size());
}

// A district without a map has nothing filled in.
TEST(UnknownDistrict, FillsNothing) {
    const KnownWorld known;
    test::VirtualDesk desk({"drill-1", "330102"}, 1, known.of("330102"));
    pb::ReportIncidentRequest request;
    *request.mutable_header() = desk.mutation_header();
    request.set_channel(pb::CHANNEL_PHONE_110);
    request.set_words("着火了");
    at(request, 30.25, 120.16);
    const auto response = desk.run(desk.intake().report_incident(
        desk.call("taker", {domain::Role::kCallTaker}), std::move(request)));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->corrections_size(), 0);
    EXPECT_FALSE(response->has_responsible());
}

}  // namespace
}  // namespace liandong::intake
