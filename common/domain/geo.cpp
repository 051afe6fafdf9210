#include "common/domain/geo.h"

#include "common/base/check.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace liandong::domain {
namespace {

using std::numbers::pi;

// GCJ-02: Krasovsky 1940 ellipsoid, and a polynomial with harmonics around (35° N, 105° E)
// (`domain.md` §2.10).
constexpr double kSemiMajorMeters = 6'378'245.0;
constexpr double kEccentricitySquared = 0.006'693'421'622'965'943'23;
constexpr double kOriginLatitude = 35.0;
constexpr double kOriginLongitude = 105.0;

// BD-09 adds a swirl of period 360/3000 degree and a constant offset to GCJ-02.
constexpr double kBaiduFrequency = pi * 3000.0 / 180.0;
constexpr double kBaiduLatitudeOffset = 0.006;
constexpr double kBaiduLongitudeOffset = 0.0065;

// The error after 1, 2, 3 rounds near Yingcheng is 1e-5°, 1.7e-8°, 3e-11°; one more costs nothing.
constexpr int kInversionRounds = 4;

constexpr double kEarthRadiusMeters = 6'371'008.8;
constexpr double kRadiansPerE7 = pi / 180.0 * 1e-7;

bool is_outside_china(Degrees p) {
    return p.longitude < 72.004 || p.longitude > 137.8347 || p.latitude < 0.8292 ||
           p.latitude > 55.8272;
}

/// Σ 2/3 · (20 sin 6πx + 20 sin 2πx): the harmonics that both axes share.
double common_harmonics(double x) {
    return (20.0 * std::sin(6.0 * x * pi) + 20.0 * std::sin(2.0 * x * pi)) * 2.0 / 3.0;
}

double latitude_shift_meters(double x, double y) {
    double shift = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y +
                   0.2 * std::sqrt(std::abs(x)) + common_harmonics(x);
    shift += (20.0 * std::sin(y * pi) + 40.0 * std::sin(y / 3.0 * pi)) * 2.0 / 3.0;
    shift += (160.0 * std::sin(y / 12.0 * pi) + 320.0 * std::sin(y * pi / 30.0)) * 2.0 / 3.0;
    return shift;
}

double longitude_shift_meters(double x, double y) {
    double shift = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * std::sqrt(std::abs(x)) +
                   common_harmonics(x);
    shift += (20.0 * std::sin(x * pi) + 40.0 * std::sin(x / 3.0 * pi)) * 2.0 / 3.0;
    shift += (150.0 * std::sin(x / 12.0 * pi) + 300.0 * std::sin(x / 30.0 * pi)) * 2.0 / 3.0;
    return shift;
}

/// The point that `forward` maps to `target`, by fixed-point iteration: the shifts vary slowly.
Degrees invert(Degrees (*forward)(Degrees), Degrees target) {
    Degrees guess = target;
    for (int round = 0; round < kInversionRounds; ++round) {
        const Degrees image = forward(guess);
        guess.latitude += target.latitude - image.latitude;
        guess.longitude += target.longitude - image.longitude;
    }
    return guess;
}

Point round_to_point(Degrees degrees) {
    return Point{static_cast<std::int32_t>(std::llround(degrees.latitude * 1e7)),
                 static_cast<std::int32_t>(std::llround(degrees.longitude * 1e7))};
}

}  // namespace

Degrees wgs84_to_gcj02(Degrees wgs84) {
    if (is_outside_china(wgs84)) return wgs84;
    const double x = wgs84.longitude - kOriginLongitude, y = wgs84.latitude - kOriginLatitude;
    const double radians = wgs84.latitude / 180.0 * pi;
    const double sine = std::sin(radians);
    const double magic = 1.0 - kEccentricitySquared * sine * sine;
    const double meridian_radius =
        kSemiMajorMeters * (1.0 - kEccentricitySquared) / (magic * std::sqrt(magic));
    const double parallel_radius = kSemiMajorMeters / std::sqrt(magic) * std::cos(radians);
    return Degrees{
        wgs84.latitude + latitude_shift_meters(x, y) / meridian_radius * 180.0 / pi,
        wgs84.longitude + longitude_shift_meters(x, y) / parallel_radius * 180.0 / pi,
    };
}

Degrees gcj02_to_bd09(Degrees gcj02) {
    const double x = gcj02.longitude, y = gcj02.latitude;
    const double radius = std::hypot(x, y) + 0.00002 * std::sin(y * kBaiduFrequency);
    const double angle = std::atan2(y, x) + 0.000003 * std::cos(x * kBaiduFrequency);
    return Degrees{radius * std::sin(angle) + kBaiduLatitudeOffset,
                   radius * std::cos(angle) + kBaiduLongitudeOffset};
}

Result<Point> to_wgs84(double latitude, double longitude, Datum datum) {
    if (!(latitude >= -90.0 && latitude <= 90.0)) {
        return invalid_field("latitude", "LATITUDE_OUT_OF_RANGE",
                             fmt::format("latitude {} is not in [-90, 90]", latitude));
    }
    if (!(longitude >= -180.0 && longitude <= 180.0)) {
        return invalid_field("longitude", "LONGITUDE_OUT_OF_RANGE",
                             fmt::format("longitude {} is not in [-180, 180]", longitude));
    }
    const Degrees given{latitude, longitude};
    switch (datum) {
    case Datum::kUnspecified:
        return invalid_field("datum", "DATUM_UNSPECIFIED",
                             "say in which datum the position is: WGS84, GCJ02, BD09 or CGCS2000");
    case Datum::kWgs84:
    case Datum::kCgcs2000: return round_to_point(given);
    case Datum::kGcj02: return round_to_point(invert(wgs84_to_gcj02, given));
    case Datum::kBd09: return round_to_point(invert(wgs84_to_gcj02, invert(gcj02_to_bd09, given)));
    }
    LIANDONG_UNREACHABLE();
}

Meters distance(Point a, Point b) {
    const auto radians = [](std::int64_t e7) { return static_cast<double>(e7) * kRadiansPerE7; };
    // Differences of the integers: exact, where a difference of rounded doubles is not.
    const double half_latitude =
        radians(std::int64_t{b.latitude_e7} - std::int64_t{a.latitude_e7}) / 2.0;
    const double half_longitude =
        radians(std::int64_t{b.longitude_e7} - std::int64_t{a.longitude_e7}) / 2.0;
    const double sin_latitude = std::sin(half_latitude), sin_longitude = std::sin(half_longitude);
    const double h = sin_latitude * sin_latitude + std::cos(radians(a.latitude_e7)) *
                                                       std::cos(radians(b.latitude_e7)) *
                                                       sin_longitude * sin_longitude;
    return Meters{2.0 * kEarthRadiusMeters * std::asin(std::min(1.0, std::sqrt(h)))};
}

}  // namespace liandong::domain
