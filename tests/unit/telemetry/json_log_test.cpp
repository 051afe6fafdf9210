#include "common/telemetry/json_log.h"

#include "common/telemetry/json_line.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

namespace liandong::telemetry {
namespace {

using namespace std::chrono_literals;

const Timestamp kTime = Timestamp{std::chrono::sys_days{2026y / 7 / 18}} + 10h + 42us;

std::string line(std::initializer_list<LogField> fields) {
    JsonLine json;
    LineBuffer buffer;
    json.write(buffer, kTime, LogLevel::kInfo, "started", fields);
    return {buffer.data(), buffer.size()};
}

std::string slurp(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

class JsonLogTest : public testing::Test {
protected:
    void SetUp() override { std::filesystem::remove(path_); }
    void TearDown() override { std::filesystem::remove(path_); }

    std::unique_ptr<JsonLog> open(LogLevel level) {
        auto log = JsonLog::open({.level = level, .path = path_}, clock_);
        EXPECT_TRUE(log.has_value());
        return std::move(*log);
    }

    ManualClock clock_{kTime};
    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("liandong_log_" + std::to_string(getpid()));
};

TEST(JsonLine, HasTimeLevelEventThenTheFieldsInOrder) {
    EXPECT_EQ(line({{"port", std::int64_t{50051}}, {"ok", true}, {"ratio", 0.5}, {"who", "wang"}}),
              R"({"time":"2026-07-18T10:00:00.000042Z","level":"info","event":"started",)"
              R"("port":50051,"ok":true,"ratio":0.5,"who":"wang"})");
}

// Whatever a field holds, the line stays one line of JSON that reads back as what went in.
TEST(JsonLine, EscapesEveryByteSoThatParsersReadItBack) {
    std::string every;
    for (char c = 0; c < 0x7F; ++c) every.push_back(c);
    every += "\x7F应城\xF0\x9F\x9A\x92";
    const std::string text = line({{"text", every}});
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(boost::json::parse(text).at("text").as_string(), every);
}

TEST(JsonLine, MakesBadUtf8DisplayableAndNotANumberNull) {
    const auto parsed = boost::json::parse(line({{"text",
                                                  "a\xFF"
                                                  "b"},
                                                 {"nan", std::nan("")}}));
    EXPECT_EQ(parsed.at("text").as_string(), "a\uFFFDb");
    EXPECT_TRUE(parsed.at("nan").is_null());
}

TEST(JsonLine, FollowsTheClockFromSecondToSecond) {
    JsonLine json;
    LineBuffer buffer;
    json.write(buffer, kTime, LogLevel::kInfo, "a", {});
    buffer.clear();
    json.write(buffer, kTime + 1s, LogLevel::kWarn, "b", {});
    EXPECT_EQ(std::string(buffer.data(), buffer.size()),
              R"({"time":"2026-07-18T10:00:01.000042Z","level":"warn","event":"b"})");
}

// Warnings are on disk when `write` returns; information may wait for the flush.
TEST_F(JsonLogTest, WritesWarningsAtOnce) {
    const auto log = open(LogLevel::kInfo);
    log->warn("trouble", {{"n", std::int64_t{1}}});
    EXPECT_EQ(boost::json::parse(slurp(path_)).at("event").as_string(), "trouble");
}

TEST_F(JsonLogTest, KeepsBelowTheLevelOut) {
    const auto log = open(LogLevel::kWarn);
    EXPECT_FALSE(log->enabled(LogLevel::kInfo));
    log->info("quiet");
    log->flush();
    EXPECT_EQ(slurp(path_), "");
}

TEST_F(JsonLogTest, WritesWhatWaitsWhenItEnds) {
    open(LogLevel::kInfo)->info("last_words");
    EXPECT_NE(slurp(path_).find("last_words"), std::string::npos);
}

TEST_F(JsonLogTest, SaysSoWhenTheFileCannotBeWritten) {
    const auto log = JsonLog::open({.path = "/nonexistent/log"}, clock_);
    ASSERT_FALSE(log.has_value());
    EXPECT_EQ(log.error().reason, "LOG_FILE_UNWRITABLE");
}

}  // namespace
}  // namespace liandong::telemetry
