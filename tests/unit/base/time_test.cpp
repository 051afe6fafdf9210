#include "common/base/time.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

Timestamp parsed(std::string_view text) {
    const auto time = parse_rfc3339(text);
    EXPECT_TRUE(time) << text;
    return time.value_or(Timestamp{});
}

// A time is written in UTC with all six digits of a microsecond.
TEST(Time, FormatsMicroseconds) {
    EXPECT_EQ(to_rfc3339(from_micros(1'784'368'800'000'000)), "2026-07-18T10:00:00.000000Z");
    EXPECT_EQ(to_rfc3339(from_micros(1'784'368'800'000'001)), "2026-07-18T10:00:00.000001Z");
    EXPECT_EQ(to_rfc3339(from_micros(-1)), "1969-12-31T23:59:59.999999Z");
}

// Offsets, fractions of one to six digits and leap days are read to the microsecond.
TEST(Time, ParsesWhatTheStandardAllows) {
    EXPECT_EQ(to_micros(parsed("2026-07-18T10:00:00Z")), 1'784'368'800'000'000);
    EXPECT_EQ(parsed("2026-07-18T18:00:00+08:00"), parsed("2026-07-18T10:00:00Z"));
    EXPECT_EQ(parsed("2026-07-18T04:30:00-05:30"), parsed("2026-07-18T10:00:00Z"));
    EXPECT_EQ(to_micros(parsed("2026-07-18T10:00:00.5Z")), 1'784'368'800'500'000);
    EXPECT_EQ(to_micros(parsed("2026-07-18T10:00:00.000042Z")), 1'784'368'800'000'042);
    EXPECT_EQ(to_rfc3339(parsed("2028-02-29 00:00:00Z")), "2028-02-29T00:00:00.000000Z");
}

// Whatever is not an RFC 3339 time is refused with one reason.
TEST(Time, RefusesEverythingElse) {
    for (const char* text :
         {"", "2026-07-18", "2026-07-18T10:00:00", "2026-07-18T10:00:00z", "2026-13-01T00:00:00Z",
          "2026-02-29T00:00:00Z", "2026-07-18T24:00:00Z", "2026-07-18T10:60:00Z",
          "2026-07-18T10:00:00.Z", "2026-07-18T10:00:00.1234567Z", "2026-07-18T10:00:00+0800",
          "2026-07-18T10:00:00+15:00", "2026-07-18T10:00:00Zx", " 2026-07-18T10:00:00Z",
          "2026/07/18T10:00:00Z", "2026-07-18T10.00.00Z", "-026-07-18T10:00:00Z"}) {
        const auto time = parse_rfc3339(text);
        ASSERT_FALSE(time) << text;
        EXPECT_EQ(time.error().code, Code::kInvalidArgument);
        EXPECT_EQ(time.error().reason, "TIME_MALFORMED");
    }
}

// Writing and reading again gives the same instant.
TEST(Time, RoundTrips) {
    for (std::int64_t micros : {0L, 1L, 999'999L, 1'784'368'800'123'456L, 4'102'444'800'000'000L}) {
        EXPECT_EQ(to_micros(parsed(to_rfc3339(from_micros(micros)))), micros);
    }
}

// The date of a readable number turns at midnight in China, not in Greenwich.
TEST(Time, ChinaDateTurnsAtSixteenUtc) {
    EXPECT_EQ(china_date(parsed("2026-07-18T15:59:59.999999Z")), "20260718");
    EXPECT_EQ(china_date(parsed("2026-07-18T16:00:00Z")), "20260719");
    EXPECT_EQ(china_date(parsed("2026-12-31T16:00:00Z")), "20270101");
}

}  // namespace
}  // namespace liandong
