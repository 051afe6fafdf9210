#include "cli/requests.h"

#include "common/base/id.h"

#include <gtest/gtest.h>

#include <set>
#include <sstream>

namespace liandong::cli {
namespace {

// Whatever stands on the command line stands in the request, words byte for byte.
TEST(ReportRequest, CarriesEverything) {
    ReportArguments arguments;
    arguments.words = "\xbb\xf0\xd4\xd6";
    arguments.charset = "gbk";
    arguments.channel = "phone_119";
    arguments.name = "李四";
    arguments.phone = "13800000000";
    arguments.level = "fire_alarm:3";
    arguments.at = "30.93,113.57,gcj02";
    arguments.accuracy_meters = 30;
    arguments.address = "团结村";
    arguments.area = "420981002";
    arguments.life_threatening = true;
    arguments.occurred_at_micros = 42;
    const auto request = report_request(arguments);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->words(), "\xbb\xf0\xd4\xd6");
    EXPECT_EQ(request->words_charset(), "gbk");
    EXPECT_EQ(request->channel(), intake::v1::CHANNEL_PHONE_119);
    EXPECT_EQ(request->reporter().name(), "李四");
    EXPECT_EQ(request->reporter().phone(), "13800000000");
    EXPECT_EQ(request->level_scale(), common::v1::LEVEL_SCALE_FIRE_ALARM);
    EXPECT_EQ(request->level_code(), 3);
    EXPECT_EQ(request->position().datum(), common::v1::DATUM_GCJ02);
    EXPECT_EQ(request->accuracy_meters(), 30);
    EXPECT_EQ(request->address(), "团结村");
    EXPECT_EQ(request->area_code(), "420981002");
    EXPECT_TRUE(request->life_threatening());
    EXPECT_EQ(request->occurred_at_micros(), 42);
}

// A silent call is a report too: nothing but the channel is said (D14), and no datum is invented
// (D1).
TEST(ReportRequest, MayBeEmpty) {
    const auto silent = report_request({});
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->channel(), intake::v1::CHANNEL_CONSOLE);
    EXPECT_FALSE(silent->has_position());
    EXPECT_FALSE(silent->has_reporter());
    ReportArguments untagged;
    untagged.at = "30.93,113.57";
    EXPECT_EQ(report_request(untagged)->position().datum(), common::v1::DATUM_UNSPECIFIED);
}

// A command line is no crew's terminal: what it says is entered on behalf, unless it says
// otherwise.
TEST(FactReport, IsOnBehalfByDefault) {
    EXPECT_EQ(fact_report({})->source(), dispatch::v1::FACT_SOURCE_ON_BEHALF);
    FactArguments arguments;
    arguments.source = "geofence";
    arguments.reason = "抛锚";
    arguments.occurred_at_micros = 7;
    const auto fact = fact_report(arguments);
    EXPECT_EQ(fact->source(), dispatch::v1::FACT_SOURCE_GEOFENCE);
    EXPECT_EQ(fact->reason(), "抛锚");
    EXPECT_EQ(fact->occurred_at_micros(), 7);
    arguments.source = "rumour";
    EXPECT_EQ(fact_report(arguments).error().reason, "WORD_UNKNOWN");
}

// Without needs one unit of any kind is asked for.
TEST(RecommendRequest, AsksForOneByDefault) {
    const auto request = recommend_request({});
    ASSERT_EQ(request->needs_size(), 1);
    EXPECT_EQ(request->needs(0).count(), 1U);
    RecommendArguments arguments;
    arguments.needs = {"2*fire_engine", "ambulance"};
    arguments.at = "30.93,113.57,wgs84";
    EXPECT_EQ(recommend_request(arguments)->needs_size(), 2);
    EXPECT_TRUE(recommend_request(arguments)->has_position());
}

// The Chinese text comes first, further languages behind it.
TEST(DraftRequest, PutsChineseFirst) {
    DraftArguments arguments;
    arguments.kind = "预警";
    arguments.level = "warning:yellow";
    arguments.headline = "暴雨";
    arguments.body = "避险";
    arguments.texts = {{"en", "Rain", "Stay in"}};
    arguments.areas = {"420981001"};
    arguments.expires_at_micros = 9;
    const auto request = draft_request(arguments);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->kind(), publicinfo::v1::BULLETIN_KIND_WARNING);
    EXPECT_EQ(request->level().code(), 3);
    ASSERT_EQ(request->texts_size(), 2);
    EXPECT_EQ(request->texts(0).language(), "zh-CN");
    EXPECT_EQ(request->texts(1).headline(), "Rain");
    EXPECT_EQ(request->area_codes(0), "420981001");
    EXPECT_EQ(request->expires_at_micros(), 9);
}

// One unit a line, in Protobuf's JSON, enumerations by short words too; empty lines do not count as
// units.
TEST(ReadUnits, ReadsJsonLines) {
    std::istringstream lines(
        R"({"id":"fire-1","callSign":"kind","agency":"xiaofang","kind":"fire_engine","crew":6,"home":{"latitude":30.9,"longitude":113.5,"datum":"wgs84"}})"
        "\n\n"
        R"({"id":"amb-1","call_sign":"急救一","agency":"jijiu", "kind" : "UNIT_KIND_AMBULANCE","status":"on_patrol","relation":"request"})"
        "\r\n");
    const auto units = read_units(lines);
    ASSERT_TRUE(units) << units.error().message;
    ASSERT_EQ(units->size(), 2U);
    EXPECT_EQ((*units)[0].call_sign(), "kind");
    EXPECT_EQ((*units)[0].kind(), dispatch::v1::UNIT_KIND_FIRE_ENGINE);
    EXPECT_EQ((*units)[0].home().datum(), common::v1::DATUM_WGS84);
    EXPECT_EQ((*units)[1].kind(), dispatch::v1::UNIT_KIND_AMBULANCE);
    EXPECT_EQ((*units)[1].status(), dispatch::v1::UNIT_STATUS_ON_PATROL);
    EXPECT_EQ((*units)[1].relation(), dispatch::v1::COMMAND_RELATION_REQUEST);
}

// A bad line is named by its number, and nothing of the file is sent.
TEST(ReadUnits, NamesTheBadLine) {
    for (const char* bad :
         {"{", "[]", R"({"id":1,"colour":"red"})", R"({"id":"a","kind":"tank"})"}) {
        std::istringstream lines(std::string("{\"id\":\"ok\"}\n\n") + bad + "\n");
        const auto units = read_units(lines);
        ASSERT_FALSE(units) << bad;
        EXPECT_EQ(units.error().reason, "UNIT_LINE_MALFORMED");
        EXPECT_EQ(units.error().find("line"), "3");
    }
}

// Each batch of a file has an id of its own that a second run repeats.
TEST(NthRequestId, IsStableAndDistinct) {
    const std::string first = "0197f0a0-1234-7abc-8def-000000000001";
    EXPECT_EQ(nth_request_id(first, 0), first);
    std::set<std::string> ids;
    for (std::size_t n = 0; n < 500; ++n) {
        const std::string id = nth_request_id(first, n);
        EXPECT_TRUE(is_uuid_v7(id)) << id;
        EXPECT_EQ(id, nth_request_id(first, n));
        ids.insert(id);
    }
    EXPECT_EQ(ids.size(), 500U);
}

}  // namespace
}  // namespace liandong::cli
