#include "common/domain/geo.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace liandong::domain {
namespace {

constexpr double kTolerance = 1e-5;  // about 1 m: the golden points are given to five digits

std::string reason_of(double latitude, double longitude, Datum datum) {
    const auto point = to_wgs84(latitude, longitude, datum);
    return point ? "" : point.error().reason;
}

// The published pair at Beijing station (`domain.md` §5.4).
TEST(Gcj02, MatchesTheGoldenPoint) {
    const Degrees gcj02 = wgs84_to_gcj02({39.90105, 116.42079});
    EXPECT_NEAR(gcj02.latitude, 39.902446, kTolerance);
    EXPECT_NEAR(gcj02.longitude, 116.427022, kTolerance);
    const auto back = to_wgs84(39.90245, 116.42703, Datum::kGcj02);
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->latitude(), 39.90105, kTolerance);
    EXPECT_NEAR(back->longitude(), 116.42079, kTolerance);
}

// In Yingcheng the shift is about 610 m, south-east: a unit that ignored it would stop in another
// street.
TEST(Gcj02, ShiftsYingchengBySixHundredMetres) {
    const Degrees gcj02 = wgs84_to_gcj02({30.93, 113.57});
    EXPECT_NEAR(gcj02.latitude - 30.93, -0.0025, 2e-4);
    EXPECT_NEAR(gcj02.longitude - 113.57, 0.0057, 2e-4);
    const Point given = *to_wgs84(30.93, 113.57, Datum::kWgs84);
    const Point shifted = *to_wgs84(gcj02.latitude, gcj02.longitude, Datum::kWgs84);
    EXPECT_NEAR(distance(given, shifted).value, 610, 15);
}

// There and back again ends on the same stored point, anywhere in the district, for GCJ-02 and
// BD-09.
TEST(Datums, RoundTripAroundYingcheng) {
    SeededRandom random(420'981);
    for (int i = 0; i < 2'000; ++i) {
        const Degrees wgs84{30.7 + 0.5 * random.unit(), 113.2 + 0.7 * random.unit()};
        const Point expected = *to_wgs84(wgs84.latitude, wgs84.longitude, Datum::kWgs84);
        const Degrees gcj02 = wgs84_to_gcj02(wgs84);
        const Degrees bd09 = gcj02_to_bd09(gcj02);
        for (const auto& [given, datum] : {std::pair{gcj02, Datum::kGcj02}, {bd09, Datum::kBd09}}) {
            const Point point = *to_wgs84(given.latitude, given.longitude, datum);
            EXPECT_LE(std::abs(point.latitude_e7 - expected.latitude_e7), 1);
            EXPECT_LE(std::abs(point.longitude_e7 - expected.longitude_e7), 1);
        }
    }
}

// Abroad GCJ-02 is the identity.
TEST(Gcj02, IsTheIdentityAbroad) {
    const auto point = to_wgs84(37.7749, -122.4194, Datum::kGcj02);
    ASSERT_TRUE(point);
    EXPECT_EQ(*point, (Point{377'749'000, -1'224'194'000}));
}

// BD-09 lies about 600–1,400 m from WGS-84 and north-east of GCJ-02.
TEST(Bd09, LiesNorthEastOfGcj02) {
    const Degrees gcj02{30.93, 113.57}, bd09 = gcj02_to_bd09(gcj02);
    EXPECT_GT(bd09.latitude, gcj02.latitude);
    EXPECT_GT(bd09.longitude, gcj02.longitude);
    EXPECT_NEAR(bd09.latitude - gcj02.latitude, 0.006, 1e-3);
    EXPECT_NEAR(bd09.longitude - gcj02.longitude, 0.0065, 1e-3);
}

// CGCS2000 is WGS-84 for dispatch, and the ends of the range fit into the stored form.
TEST(Datums, KeepsCgcs2000AndTheEnds) {
    EXPECT_EQ(*to_wgs84(30.93, 113.57, Datum::kCgcs2000), (Point{309'300'000, 1'135'700'000}));
    EXPECT_EQ(*to_wgs84(90, 180, Datum::kWgs84), (Point{900'000'000, 1'800'000'000}));
    EXPECT_EQ(*to_wgs84(-90, -180, Datum::kWgs84), (Point{-900'000'000, -1'800'000'000}));
}

// An untagged datum and impossible degrees are refused, each with its reason and field; NaN and
// infinity are impossible.
TEST(Datums, RefusesWhatCannotBe) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(reason_of(30.93, 113.57, Datum::kUnspecified), "DATUM_UNSPECIFIED");
    for (double latitude : {90.0000001, -90.0000001, kNan, kInfinity, -kInfinity}) {
        EXPECT_EQ(reason_of(latitude, 0, Datum::kWgs84), "LATITUDE_OUT_OF_RANGE");
    }
    for (double longitude : {180.0000001, -180.0000001, kNan, kInfinity}) {
        EXPECT_EQ(reason_of(0, longitude, Datum::kGcj02), "LONGITUDE_OUT_OF_RANGE");
    }
    EXPECT_EQ(to_wgs84(91, 0, Datum::kWgs84).error().find("field"), "latitude");
    EXPECT_EQ(to_wgs84(0, 181, Datum::kWgs84).error().find("field"), "longitude");
    EXPECT_EQ(to_wgs84(0, 0, Datum::kUnspecified).error().find("field"), "datum");
}

// Distances agree with the haversine formula computed apart, across the date line and to the other
// side of the Earth.
TEST(Distance, MatchesTheFormula) {
    const Point yingcheng{309'283'000, 1'135'725'000}, wuhan{305'928'000, 1'143'055'000};
    EXPECT_NEAR(distance(yingcheng, wuhan).value, 79'354.665, 0.01);
    EXPECT_NEAR(distance({100'000'000, 1'799'000'000}, {100'000'000, -1'799'000'000}).value,
                21'901.155, 0.01);
    EXPECT_NEAR(distance({0, 0}, {0, 1'800'000'000}).value, 20'015'114.442, 0.01);
    EXPECT_EQ(distance(yingcheng, yingcheng).value, 0.0);
    EXPECT_EQ(distance(yingcheng, wuhan), distance(wuhan, yingcheng));
}

}  // namespace
}  // namespace liandong::domain
