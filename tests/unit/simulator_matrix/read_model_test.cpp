#include "simulator/matrix/read_model.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::simulator::matrix {
namespace {

using namespace std::chrono_literals;

struct Texts {
    std::string zones = "zone\nA\nB\n";
    std::string bases = "base,zone\nnorth,B\n";
    std::string fleet = "unit,base\nU1,north\n";
    std::string calls = "call,time_s,zone,on_scene_s,priority\n1,2.5,A,60,3\n2,1,B,0,\n";
    std::string travel = "from,to,seconds\nA,A,0\nA,B,10\nB,A,20\nB,B,1\n";
};

Result<Model> read(const Texts& texts) {
    std::istringstream zones(texts.zones), bases(texts.bases), fleet(texts.fleet),
        calls(texts.calls), travel(texts.travel);
    return read_model({{"zones.csv", zones},
                       {"bases.csv", bases},
                       {"fleet.csv", fleet},
                       {"calls.csv", calls},
                       {"travel.csv", travel}});
}

struct Fault {
    const char* file;
    const char* line;
    const char* field;
    const char* reason;
};

void expect_fault(const Texts& texts, Fault fault) {
    SCOPED_TRACE(fault.reason);
    const auto model = read(texts);
    ASSERT_FALSE(model.has_value());
    EXPECT_EQ(model.error().code, Code::kInvalidArgument);
    EXPECT_EQ(model.error().reason, fault.reason);
    EXPECT_EQ(model.error().find("file"), fault.file);
    EXPECT_EQ(model.error().find("line"), fault.line);
    EXPECT_EQ(model.error().find("field"), fault.field);
}

TEST(ReadModel, KeepsOrderAndMicroseconds) {
    // Ids in the order of their files, calls unsorted, directions of ways apart.
    const auto model = read({});
    ASSERT_TRUE(model.has_value()) << model.error().message;
    EXPECT_EQ(model->zones, (std::vector<std::string>{"A", "B"}));
    EXPECT_EQ(model->bases.at(0).zone, 1U);
    EXPECT_EQ(model->fleet.at(0).id, "U1");
    EXPECT_EQ(model->calls.at(0).at, Duration{2'500'000});
    EXPECT_EQ(model->calls.at(0).priority, 3);
    EXPECT_EQ(model->calls.at(1).priority, 0);
    EXPECT_EQ((model->travel[{0, 1}]), Duration{10s});
    EXPECT_EQ((model->travel[{1, 0}]), Duration{20s});
    EXPECT_EQ(model->travel.towards(0)[1], Duration{20s});
}

TEST(ReadModel, FindsColumnsByNameAndPassesOverOthers) {
    // Order of columns, extra ones, CRLF and a byte order mark do not matter; priority may lack.
    const auto model = read({.calls = "\xef\xbb\xbfzone,note,call,on_scene_s,time_s\r\n"
                                      "B,\"x,y\",7,1,2\r\n"});
    ASSERT_TRUE(model.has_value()) << model.error().message;
    EXPECT_EQ(model->calls.at(0).id, "7");
    EXPECT_EQ(model->calls.at(0).zone, 1U);
}

TEST(ReadModel, NamesFileLineAndFieldOfAFault) {
    // One fault of each reason, where it stands.
    const std::string calls = "call,time_s,zone,on_scene_s\n";
    expect_fault({.zones = ""}, {"zones.csv", "1", "", "ROWS_MISSING"});
    expect_fault({.zones = "zone\n"}, {"zones.csv", "1", "", "ROWS_MISSING"});
    expect_fault({.zones = "zon\nA\n"}, {"zones.csv", "1", "zone", "COLUMN_MISSING"});
    expect_fault({.zones = "zone\nA\nB\nA\n"}, {"zones.csv", "4", "zone", "ID_REPEATED"});
    expect_fault({.zones = "zone\nA\nB b\n"}, {"zones.csv", "3", "zone", "ID_MALFORMED"});
    expect_fault({.bases = "base,zone\nn,X\n"}, {"bases.csv", "2", "zone", "ZONE_UNKNOWN"});
    expect_fault({.fleet = "unit,base\nU,X\n"}, {"fleet.csv", "2", "base", "BASE_UNKNOWN"});
    expect_fault({.calls = calls + "1,2,A\n"}, {"calls.csv", "2", "", "FIELD_COUNT"});
    expect_fault({.calls = calls + "1,\"2,A\n"}, {"calls.csv", "2", "", "QUOTE_UNCLOSED"});
    expect_fault({.calls = calls + "1,-2,A,0\n"},
                 {"calls.csv", "2", "time_s", "SECONDS_MALFORMED"});
    expect_fault({.calls = calls + "1,0,A,604801\n"},
                 {"calls.csv", "2", "on_scene_s", "SECONDS_TOO_LARGE"});
    expect_fault({.calls = "call,time_s,zone,on_scene_s,priority\n1,0,A,0,10\n"},
                 {"calls.csv", "2", "priority", "PRIORITY_MALFORMED"});
    expect_fault({.travel = "from,to,seconds\nA,A,0\nA,A,0\n"},
                 {"travel.csv", "3", "to", "PAIR_REPEATED"});
    expect_fault({.travel = "from,to,seconds\nA,A,0\nA,B,0\nB,B,0\n"},
                 {"travel.csv", "4", "", "PAIR_MISSING"});
}

TEST(ReadModel, RefusesMoreZonesThanItHasRoomFor) {
    // The first row beyond the limit is named.
    Texts texts{.zones = "zone\n"};
    for (std::size_t i = 0; i <= kZones_max; ++i) texts.zones += "z" + std::to_string(i) + "\n";
    expect_fault(texts, {"zones.csv", "4002", "", "TOO_MANY_ROWS"});
}

TEST(LoadModel, NamesTheFileThatCannotBeRead) {
    // The first of the five.
    const auto model = load_model({"/nonexistent/z", "", "", "", ""});
    ASSERT_FALSE(model.has_value());
    EXPECT_EQ(model.error().code, Code::kNotFound);
    EXPECT_EQ(model.error().reason, "FILE_UNREADABLE");
    EXPECT_EQ(model.error().find("file"), "/nonexistent/z");
}

}  // namespace
}  // namespace liandong::simulator::matrix
