#include "simulator/roads/sending.h"

#include "services/dispatch/policy/distance.h"
#include "services/dispatch/policy/road_travel.h"
#include "tests/support/town.h"

#include <gtest/gtest.h>

namespace liandong::simulator {
namespace {

using namespace std::chrono_literals;

domain::Point at(double latitude, double longitude) {
    return *domain::to_wgs84(latitude, longitude, domain::Datum::kWgs84);
}

domain::Unit engine(std::string id, domain::Point home) {
    domain::Unit unit;
    unit.id = std::move(id);
    unit.kind = domain::UnitKind::kFireEngine;
    unit.status = domain::UnitStatus::kInStation;
    unit.home = home;
    return unit;
}

/// A fire on the southern quay that needs one engine for ten minutes.
ScenarioReport fire(std::string id, Duration when) {
    ScenarioReport report;
    report.id = std::move(id);
    report.at = when;
    report.position = ReportedPosition{30.900, 113.50, domain::Datum::kWgs84};
    report.needs = {{"", {domain::UnitKind::kFireEngine}, 1}};
    report.scene = 10min;
    return report;
}

/// "across" stands 222 m away beyond the river, "bank" 1.4 km away on this side.
Scenario two_engines(std::vector<ScenarioReport> reports) {
    Scenario scenario;
    scenario.header.start = *parse_rfc3339("2026-07-18T10:00:00Z");
    scenario.units = {engine("across", at(30.902, 113.50)), engine("bank", at(30.900, 113.515))};
    scenario.reports = std::move(reports);
    return scenario;
}

class Sending : public testing::Test {
protected:
    dispatch::Roads roads_{*routing::RoadGraph::from_bytes(test::river_town().bytes())};
    dispatch::RoadTravel world_{roads_, {}};
    dispatch::RoadTravel by_road_{roads_, {}};
    dispatch::StraightLine by_line_;
};

// By straight line the engine beyond the river goes, by road the one that can be there; both in the
// world where the bridge is too low for engines, so that only one arrives by a road at all.
TEST_F(Sending, ChoosesDifferAndTheWorldDoesNot) {
    const Scenario scenario = two_engines({fire("f1", 0s)});
    const auto line = send_by(by_line_, world_, scenario),
               road = send_by(by_road_, world_, scenario);
    ASSERT_EQ(line.size(), 1U);
    EXPECT_EQ(line[0].first_engine, "across");
    EXPECT_EQ(road[0].first_engine, "bank");
    EXPECT_EQ(send_by(by_road_, world_, scenario), road) << "the same question, the same day";
}

// A unit at work is not sent; what is not free is counted; after its work it is free again.
TEST_F(Sending, UnitsAreBusyWhileTheyWork) {
    const auto calls =
        send_by(by_road_, world_,
                two_engines({fire("f1", 0s), fire("f2", 60s), fire("f3", 120s), fire("f4", 3h)}));
    ASSERT_EQ(calls.size(), 4U);
    EXPECT_EQ(calls[0].first_engine, "bank");
    EXPECT_EQ(calls[1].first_engine, "across");
    EXPECT_EQ(calls[2].unfilled, 1U);
    EXPECT_FALSE(calls[2].first_seconds);
    EXPECT_EQ(calls[3].first_engine, "bank");
    EXPECT_EQ(calls[0].unfilled + calls[1].unfilled + calls[3].unfilled, 0U);
}

// A call whose place nobody knows gets nobody here, and the others go on.
TEST_F(Sending, WithoutAPlaceNobodyIsSent) {
    ScenarioReport lost = fire("f1", 0s);
    lost.position.reset();
    const auto calls = send_by(by_road_, world_, two_engines({lost, fire("f2", 60s)}));
    EXPECT_FALSE(calls[0].first_seconds);
    EXPECT_EQ(calls[1].first_engine, "bank");
}

// The record's first engine is the one that was sent first, whatever the order of rows.
TEST(RecordedFirstEngine, IsTheOneSentFirst) {
    ScenarioReport report = fire("f1", 0s);
    report.recorded = {
        {"bank", 50s, {}, {}, {}}, {"across", 40s, {}, {}, {}}, {"medic", 1s, {}, {}, {}}};
    const Scenario scenario = two_engines({report});
    EXPECT_EQ(recorded_first_engine(scenario, scenario.reports[0]), "across");
    EXPECT_EQ(recorded_first_engine(scenario, fire("f2", 0s)), "");
}

}  // namespace
}  // namespace liandong::simulator
