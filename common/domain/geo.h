#pragma once

#include "common/base/error.h"

#include <compare>
#include <cstdint>
#include <optional>

namespace liandong::domain {

/// Metres as a type, so that they meet no other number by accident.
struct Meters {
    double value = 0;
    friend auto operator<=>(const Meters&, const Meters&) = default;
};

/// A WGS-84 position in integer 1e-7 degree (about 1 cm): the only form in which positions are
/// stored and compared. Latitude [-90°, 90°], longitude [-180°, 180°].
struct Point {
    std::int32_t latitude_e7 = 0;
    std::int32_t longitude_e7 = 0;

    double latitude() const { return latitude_e7 / 1e7; }
    double longitude() const { return longitude_e7 / 1e7; }
    friend auto operator<=>(const Point&, const Point&) = default;
};

/// The geodetic datum in which a position was given. Chinese maps shift positions by up to 700 m
/// (GCJ-02) and Baidu's once more (BD-09); a wrong datum sends a unit to the wrong street, so an
/// untagged one is refused.
enum class Datum : std::uint8_t { kUnspecified, kWgs84, kGcj02, kBd09, kCgcs2000 };

/// Degrees in `datum` → WGS-84. CGCS2000 is WGS-84 for dispatch purposes (centimetres).
/// GCJ-02 is inverted by iteration (error below 1e-7° after three rounds; `domain.md` §2.10);
/// outside China it is the identity. INVALID_ARGUMENT with reason DATUM_UNSPECIFIED (field
/// "datum"), LATITUDE_OUT_OF_RANGE ("latitude") or LONGITUDE_OUT_OF_RANGE ("longitude"); NaN and
/// infinity are out of range.
Result<Point> to_wgs84(double latitude, double longitude, Datum datum);

/// Degrees in WGS-84 → GCJ-02 or BD-09, for tests and for maps that want them.
struct Degrees {
    double latitude = 0;
    double longitude = 0;
};
Degrees wgs84_to_gcj02(Degrees wgs84);
Degrees gcj02_to_bd09(Degrees gcj02);

/// Great-circle distance on the mean sphere (haversine, R = 6,371,008.8 m; IUGG mean radius).
/// Within 0.6 % of the ellipsoid: good for ranking; roads replace it for travel time.
Meters distance(Point a, Point b);

}  // namespace liandong::domain
