#include "simulator/import/san_francisco.h"

#include "simulator/import/pacific_time.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::simulator {
namespace {

constexpr std::string_view kColumns =
    "Call Number,Unit ID,Unit Type,Call Type,Call Type Group,Address,Station Area,Final "
    "Priority,Location,"
    "Received DtTm,Entry DtTm,Dispatch DtTm,Response DtTm,On Scene DtTm,Transport DtTm,Hospital "
    "DtTm,Available DtTm\n";
constexpr std::string_view kStations =
    "station,common_name,latitude,longitude\n1,One,37.70,-122.40\n7,Seven,37.71,-122.41\n49-old,"
    "Old,37.72,-122.42\n";

std::string row(std::string_view call, std::string_view unit, std::string_view type,
                std::string_view dispatch, std::string_view scene, std::string_view available) {
    std::ostringstream out;
    out << call << ',' << unit << ',' << type
        << R"x(,Alarms,Alarm,ADDRESS,07,3,"(37.75, -122.45)",)x"
        << "12/31/2016 11:50:00 PM,," << dispatch << ",," << scene << ",,," << available << "\n";
    return out.str();
}

Result<Imported> import(std::string rows) {
    std::istringstream calls(std::string(kColumns) + std::move(rows));
    std::istringstream stations{std::string(kStations)};
    return import_san_francisco(calls, stations);
}

// Local twelve-hour times become UTC, in winter and in summer, at midnight and at noon.
TEST(PacificTime, WinterAndSummer) {
    const auto utc = [](std::string_view text) { return to_rfc3339(*parse_pacific_time(text)); };
    EXPECT_EQ(utc("12/31/2016 11:57:56 PM"), "2017-01-01T07:57:56.000000Z");
    EXPECT_EQ(utc("01/01/2017 12:01:47 AM"), "2017-01-01T08:01:47.000000Z");
    EXPECT_EQ(utc("07/04/2016 12:00:00 PM"), "2016-07-04T19:00:00.000000Z");
    EXPECT_EQ(utc("03/13/2016 01:59:59 AM"), "2016-03-13T09:59:59.000000Z");
    EXPECT_EQ(utc("03/13/2016 03:00:00 AM"), "2016-03-13T10:00:00.000000Z");
    for (const char* bad :
         {"", "13/01/2016 01:00:00 AM", "02/30/2016 01:00:00 AM", "01/01/2016 13:00:00 AM",
          "01/01/2016 01:00:00 XM", "1/1/2016 1:00:00 AM"}) {
        EXPECT_EQ(parse_pacific_time(bad).error().reason, "TIME_MALFORMED") << bad;
    }
}

// Rows of one call become one report that needs as many units of each type as were sent, with their
// stamps.
TEST(SanFrancisco, RowsOfACallBecomeOneReport) {
    const auto imported = import(row("1", "E07", "ENGINE", "12/31/2016 11:52:00 PM",
                                     "12/31/2016 11:55:00 PM", "01/01/2017 12:05:00 AM") +
                                 row("1", "E02", "ENGINE", "12/31/2016 11:51:00 PM", "", "") +
                                 row("1", "77", "MEDIC", "12/31/2016 11:53:00 PM",
                                     "12/31/2016 11:56:00 PM", "01/01/2017 12:26:00 AM"));
    ASSERT_TRUE(imported.has_value()) << imported.error().message;
    const Scenario& scenario = imported->scenario;
    EXPECT_EQ(to_rfc3339(scenario.header.start), "2016-12-31T08:00:00.000000Z");
    ASSERT_EQ(scenario.reports.size(), 1U);
    const ScenarioReport& report = scenario.reports[0];
    EXPECT_EQ(report.at, std::chrono::hours{23} + std::chrono::minutes{50});
    const std::vector<Need> needs = {{"engine", {domain::UnitKind::kFireEngine}, 2},
                                     {"medic", {domain::UnitKind::kAmbulance}, 1}};
    EXPECT_TRUE(report.needs == needs);
    ASSERT_EQ(report.recorded.size(), 3U);
    EXPECT_EQ(report.recorded[0].unit_id, "E02");  // sent first
    EXPECT_FALSE(report.recorded[0].cleared.has_value());
    EXPECT_EQ(report.scene, std::chrono::minutes{30});  // the upper of 10 and 30 minutes
    ASSERT_EQ(scenario.units.size(), 3U);
    EXPECT_EQ(scenario.units[1].id, "E02");
    EXPECT_EQ(scenario.units[1].station, "Seven");  // no station 2: that of the call's area
    EXPECT_EQ(scenario.units[2].station, "Seven");
    EXPECT_EQ(imported->flaws.missing_stamps.at("Available DtTm"), 1U);
}

// Overlaps and stamps that run backwards are kept and listed.
TEST(SanFrancisco, FlawsAreListed) {
    const auto imported = import(row("1", "E07", "ENGINE", "12/31/2016 11:52:00 PM",
                                     "12/31/2016 11:55:00 PM", "12/31/2016 11:58:00 PM") +
                                 row("2", "E07", "ENGINE", "12/31/2016 11:57:59 PM",
                                     "12/31/2016 11:57:00 PM", "12/31/2016 11:59:00 PM") +
                                 row("3", "E07", "ENGINE", "12/31/2016 11:59:00 PM", "", ""));
    ASSERT_TRUE(imported.has_value());
    EXPECT_EQ(imported->flaws.overlaps.size(),
              1U);  // released and sent in the same second is no overlap
    EXPECT_EQ(imported->flaws.out_of_order.size(), 1U);
}

// A fault names its line and stops the import.
TEST(SanFrancisco, FaultsNameTheLine) {
    const auto fault = [](std::string rows) {
        const auto imported = import(std::move(rows));
        return imported
                   ? "none"
                   : imported.error().reason + " " + std::string(imported.error().find("line"));
    };
    const std::string good = row("1", "E07", "ENGINE", "12/31/2016 11:52:00 PM", "", "");
    EXPECT_EQ(fault(""), "ROWS_MISSING 2");
    EXPECT_EQ(fault(good + "1,2,3\n"), "FIELD_COUNT 3");
    EXPECT_EQ(fault(good + row("2", "E07", "ENGINE", "yesterday", "", "")), "TIME_MALFORMED 3");
    EXPECT_EQ(fault(good + row("2", "E07", "ENGINE", "", "", "")), "STAMP_MISSING 3");
    EXPECT_EQ(fault(good + row("2", "E 07", "ENGINE", "12/31/2016 11:52:00 PM", "", "")),
              "UNIT_ID_MALFORMED 3");
    std::istringstream calls("Call Number\n1\n"), stations{std::string(kStations)};
    EXPECT_EQ(import_san_francisco(calls, stations).error().reason, "COLUMN_MISSING");
}

}  // namespace
}  // namespace liandong::simulator
