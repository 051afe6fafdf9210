#include "cli/times.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

const Timestamp kNow = *parse_rfc3339("2026-07-18T18:00:05+08:00");

std::string read(std::string_view text) {
    const auto time = parse_when(text, kNow);
    return time ? exact_time(*time) : time.error().reason;
}

// Times are shown in China's time; what is not set shows as nothing.
TEST(Times, AreShownInChinasTime) {
    EXPECT_EQ(long_time(to_micros(kNow)), "2026-07-18 18:00:05");
    EXPECT_EQ(short_time(to_micros(kNow)), "07-18 18:00:05");
    EXPECT_EQ(long_time(to_micros(*parse_rfc3339("2026-12-31T16:00:00Z"))), "2027-01-01 00:00:00");
    EXPECT_EQ(short_time(0), "-");
    EXPECT_EQ(long_time(0), "");
}

// People type clock times of the world's day, offsets, or the exact form.
TEST(Times, AreReadAsPeopleTypeThem) {
    EXPECT_EQ(read("18:05"), "2026-07-18T18:05:00.000000+08:00");
    EXPECT_EQ(read("07:05:09"), "2026-07-18T07:05:09.000000+08:00");
    EXPECT_EQ(read("now"), "2026-07-18T18:00:05.000000+08:00");
    EXPECT_EQ(read("+2h"), "2026-07-18T20:00:05.000000+08:00");
    EXPECT_EQ(read("-10m"), "2026-07-18T17:50:05.000000+08:00");
    EXPECT_EQ(read("-90s"), "2026-07-18T17:58:35.000000+08:00");
    EXPECT_EQ(read("+1d"), "2026-07-19T18:00:05.000000+08:00");
    EXPECT_EQ(read("2026-07-18T10:00:00Z"), "2026-07-18T18:00:00.000000+08:00");
}

// Whatever else is typed is no time.
TEST(Times, RefuseTheRest) {
    for (const char* text : {"", "24:00", "1805", "18.05", "+h", "+2", "+2w", "--2h", "+-2h",
                             "+2hh", "soon", "+999999999999h", "18:5"}) {
        EXPECT_EQ(read(text), "TIME_MALFORMED") << text;
    }
}

// The server is asked for its clock only when the text needs it.
TEST(Times, KnowWhenTheyAreRelative) {
    EXPECT_TRUE(is_relative("18:05"));
    EXPECT_TRUE(is_relative("+2h"));
    EXPECT_FALSE(is_relative("2026-07-18T10:00:00Z"));
    EXPECT_FALSE(is_relative(""));
}

// The exact form is read back to the microsecond: a repeated request says the same.
TEST(Times, ExactFormRoundTrips) {
    const Timestamp time = from_micros(1'784'368'800'123'456);
    EXPECT_EQ(*parse_when(exact_time(time), kNow), time);
}

}  // namespace
}  // namespace liandong::cli
