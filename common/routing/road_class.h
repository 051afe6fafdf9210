#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace liandong::routing {

/// What kind of road: the ladder that speeds, shares of length and the time model are kept by.
/// Ramps belong to their own road's class. `kOther` is a road of a source that does not say.
enum class RoadClass : std::uint8_t {
    kMotorway,
    kTrunk,
    kPrimary,
    kSecondary,
    kTertiary,
    kResidential,  ///< also OSM's unclassified, living_street and road
    kService,
    kTrack,
    kPath,  ///< for feet and bicycles only
    kOther,
};
inline constexpr std::size_t kRoadClasses = 10;
inline constexpr std::size_t index_of(RoadClass road) { return static_cast<std::size_t>(road); }
/// lower_snake ("motorway").
std::string_view to_string(RoadClass road);

/// Whose roads and whose speeds. Each road has a time for each profile, or no entry for it.
enum class Profile : std::uint8_t {
    kEmergency,  ///< lights and sirens; may enter what is closed to others (docs/roads.md)
    kCar,        ///< an ordinary motor vehicle, and a crew without lights
    kBicycle,
    kFoot,
};
inline constexpr std::size_t kProfiles = 4;
inline constexpr std::size_t index_of(Profile profile) { return static_cast<std::size_t>(profile); }
/// lower_snake ("emergency").
std::string_view to_string(Profile profile);

/// Metres on each class of road.
using MetersByClass = std::array<double, kRoadClasses>;

/// Average speed in m/s over whole trips, crossings included, where the map gives no time of its
/// own; always > 0. Lights and sirens take 0.70 of a car's time on roads for cars (JEMSS Auckland,
/// dispatch-science §2.3).
double class_speed_meters_per_second(RoadClass road, Profile profile);

}  // namespace liandong::routing
