#include "simulator/scenario/format.h"

#include "simulator/generate/flood.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::simulator {
namespace {

constexpr std::string_view kHeader =
    R"({"format":"liandong-scenario","version":1,"name":"t","district":"420981","start":"2026-07-18T11:00:00Z"})"
    "\n";

Result<Scenario> read(std::string_view lines) {
    std::istringstream in(std::string(kHeader) + std::string(lines));
    return read_scenario(in);
}

/// "REASON field line" of the fault that these lines give.
std::string fault_of(std::string_view lines) {
    const auto scenario = read(lines);
    if (scenario) return "none";
    const Error& error = scenario.error();
    return error.reason + " " + std::string(error.find("field")) + " " +
           std::string(error.find("line"));
}

// What is written is read back as an equal scenario, whatever bytes and optional fields it holds.
TEST(ScenarioFormat, RoundTripOfAGeneratedScenario) {
    Scenario scenario = generate_flood(7);
    scenario.reports.front().recorded.push_back(
        {scenario.units.front().id, Duration{1'234'567}, Duration{2}, std::nullopt, Duration{-5}});
    scenario.reports.front().travel = Duration{61'500'000};
    std::ostringstream out;
    write_scenario(scenario, out);
    std::istringstream in(out.str());
    const auto again = read_scenario(in);
    ASSERT_TRUE(again.has_value()) << again.error().message;
    EXPECT_TRUE(*again == scenario);
}

// A minimal report needs an id and a time; everything else has a default.
TEST(ScenarioFormat, ShortestReport) {
    const auto scenario = read(R"({"kind":"report","id":"a","at":1.5})");
    ASSERT_TRUE(scenario.has_value());
    ASSERT_EQ(scenario->reports.size(), 1U);
    EXPECT_EQ(scenario->reports[0].at, Duration{1'500'000});
    EXPECT_FALSE(scenario->reports[0].position.has_value());
}

// Every fault names its reason, the field by its path, and the line.
TEST(ScenarioFormat, FaultsNameLineAndField) {
    EXPECT_EQ(fault_of("{\n"), "JSON_MALFORMED  2");
    EXPECT_EQ(fault_of("[1]\n"), "JSON_MALFORMED  2");
    EXPECT_EQ(fault_of(R"({"kind":"raport"})"), "KIND_UNKNOWN  2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a"})"), "FIELD_MISSING at 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a b","at":0})"), "ID_MALFORMED id 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"wrods":"x"})"),
              "FIELD_UNKNOWN wrods 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"channel":"pigeon"})"),
              "FIELD_WORD channel 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"needs":[{"count":1},{"count":51}]})"),
              "FIELD_RANGE needs[1].count 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"level":{"scale":"police","x":1}})"),
              "FIELD_UNKNOWN level.x 2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"words_hex":"0g"})"),
              "FIELD_TYPE words_hex 2");
    EXPECT_EQ(fault_of("{\"kind\":\"report\",\"id\":\"a\",\"at\":5}\n"
                       "{\"kind\":\"report\",\"id\":\"b\",\"at\":4}\n"),
              "OUT_OF_ORDER at 3");
    EXPECT_EQ(fault_of("{\"kind\":\"report\",\"id\":\"a\",\"at\":5}\n"
                       "{\"kind\":\"report\",\"id\":\"a\",\"at\":6}\n"),
              "ID_REPEATED id 3");
    EXPECT_EQ(
        fault_of(R"({"kind":"report","id":"a","at":0,"recorded":[{"unit":"u","dispatched":1}]})"),
        "UNIT_UNKNOWN  2");
    EXPECT_EQ(fault_of(R"({"kind":"report","id":"a","at":0,"duplicate_of":"z"})"),
              "REPORT_UNKNOWN  2");
    EXPECT_EQ(fault_of("{\"kind\":\"" + std::string(kScenarioLine_max, 'x') + "\"}\n"),
              "LINE_TOO_LONG  2");
}

// The header is checked before anything else.
TEST(ScenarioFormat, HeaderFaults) {
    const auto reason = [](std::string_view text) {
        std::istringstream in{std::string(text)};
        const auto scenario = read_scenario(in);
        return scenario ? std::string("none") : scenario.error().reason;
    };
    EXPECT_EQ(reason(""), "HEADER_MISSING");
    EXPECT_EQ(reason(R"({"format":"other","version":1})"), "FORMAT_UNKNOWN");
    EXPECT_EQ(reason(R"({"format":"liandong-scenario","version":2})"), "VERSION_UNKNOWN");
    EXPECT_EQ(
        reason(
            R"({"format":"liandong-scenario","version":1,"name":"t","district":"d","start":"today"})"),
        "FIELD_TYPE");
    EXPECT_EQ(reason(kHeader), "none");
}

}  // namespace
}  // namespace liandong::simulator
