#pragma once

#include "common/domain/unit.h"
#include "common/routing/road_graph.h"
#include "common/routing/time/prior.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace liandong::dispatch {

/// What a unit travels in: decides which roads it may use and how fast.
enum class Vehicle : std::uint8_t {
    kFireApparatus,  ///< sirens; 3.5 m high, 2.5 m wide, 18 t
    kAmbulance,      ///< sirens; 2.8 m, 2.2 m, 4.5 t
    kPatrolCar,      ///< sirens; passes wherever a car does
    kCar,            ///< no sirens
    kBicycle,
    kFoot,
};
inline constexpr std::size_t kVehicles = 6;
inline constexpr std::size_t index_of(Vehicle vehicle) { return static_cast<std::size_t>(vehicle); }

/// Fire engines and ladders, ambulances, police and armed police and chiefs by car with sirens;
/// militia, patrol teams, officials and others by car; grid workers by bicycle; volunteers on foot.
Vehicle vehicle_of(domain::UnitKind kind);

routing::Profile profile_of(Vehicle vehicle);

/// Above these a road, a bridge or a gate is closed to it (D24). A usual vehicle of the kind,
/// within GB 1589-2016 (4.0 m, 2.55 m); a district with larger ones enters them as closures. 0: no
/// matter.
routing::SizeLimits size_of(Vehicle vehicle);

/// In its station: must board first.
routing::Readiness readiness_of(const domain::Unit& unit);

/// How the time model names the kind ("fire_engine").
std::string_view group_of(domain::UnitKind kind);

}  // namespace liandong::dispatch
