#include "common/routing/time/prior.h"

#include <gtest/gtest.h>

namespace liandong::routing {
namespace {

using namespace std::chrono_literals;

Timestamp at(std::string_view text) { return *parse_rfc3339(text); }

// The band is that of local time, on both sides of midnight and of UTC.
TEST(Prior, BandIsOfLocalTime) {
    EXPECT_EQ(hour_band(at("2026-07-18T00:00:00Z"), 0h), 0U);
    EXPECT_EQ(hour_band(at("2026-07-18T02:59:59Z"), 0h), 0U);
    EXPECT_EQ(hour_band(at("2026-07-18T03:00:00Z"), 0h), 1U);
    EXPECT_EQ(hour_band(at("2026-07-18T23:59:59Z"), 0h), 7U);
    EXPECT_EQ(hour_band(at("2026-07-18T16:00:00Z"), 8h), 0U);
    EXPECT_EQ(hour_band(at("2026-07-18T01:00:00Z"), -8h), 5U);
    EXPECT_EQ(hour_band(at("1969-12-31T23:00:00Z"), 0h), 7U);
}

// Sirens: night slow, rush hour hardly felt; a car: the other way round; feet do not care.
TEST(Prior, HoursDifferByProfile) {
    EXPECT_DOUBLE_EQ(hour_factor(Profile::kEmergency, 0), 1.22);
    EXPECT_LE(hour_factor(Profile::kEmergency, 2), 1.05);
    EXPECT_LT(hour_factor(Profile::kCar, 0), 1);
    EXPECT_GT(hour_factor(Profile::kCar, 2), hour_factor(Profile::kEmergency, 2));
    for (std::size_t band = 0; band < kHourBands; ++band)
        EXPECT_DOUBLE_EQ(hour_factor(Profile::kFoot, band), 1);
}

// Without a map: distance × detour ÷ speed, faster the stronger the engine.
TEST(Prior, StraightLine) {
    EXPECT_DOUBLE_EQ(straight_line_seconds(1'400, Profile::kEmergency, 3), 1'400 * 1.35 / 14);
    EXPECT_LT(straight_line_seconds(1'000, Profile::kEmergency, 3),
              straight_line_seconds(1'000, Profile::kCar, 3));
    EXPECT_LT(straight_line_seconds(1'000, Profile::kBicycle, 3),
              straight_line_seconds(1'000, Profile::kFoot, 3));
}

}  // namespace
}  // namespace liandong::routing
