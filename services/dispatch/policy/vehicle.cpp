#include "services/dispatch/policy/vehicle.h"

#include <utility>

namespace liandong::dispatch {

using domain::UnitKind;

Vehicle vehicle_of(UnitKind kind) {
    switch (kind) {
    case UnitKind::kFireEngine:
    case UnitKind::kFireTruck: return Vehicle::kFireApparatus;
    case UnitKind::kAmbulance: return Vehicle::kAmbulance;
    case UnitKind::kPolicePatrol:
    case UnitKind::kTrafficPolice:
    case UnitKind::kArmedPolice:
    case UnitKind::kFireChief: return Vehicle::kPatrolCar;
    case UnitKind::kGridWorker: return Vehicle::kBicycle;
    case UnitKind::kVolunteer: return Vehicle::kFoot;
    default: return Vehicle::kCar;
    }
}

routing::Profile profile_of(Vehicle vehicle) {
    switch (vehicle) {
    case Vehicle::kCar: return routing::Profile::kCar;
    case Vehicle::kBicycle: return routing::Profile::kBicycle;
    case Vehicle::kFoot: return routing::Profile::kFoot;
    default: return routing::Profile::kEmergency;
    }
}

routing::SizeLimits size_of(Vehicle vehicle) {
    switch (vehicle) {
    case Vehicle::kFireApparatus: return {.height_cm = 350, .width_cm = 250, .weight_kg = 18'000};
    case Vehicle::kAmbulance: return {.height_cm = 280, .width_cm = 220, .weight_kg = 4'500};
    default: return {};
    }
}

routing::Readiness readiness_of(const domain::Unit& unit) {
    return unit.status == domain::UnitStatus::kInStation ? routing::Readiness::kInQuarters
                                                         : routing::Readiness::kUnderWay;
}

std::string_view group_of(UnitKind kind) {
    constexpr std::string_view kNames[] = {
        "unspecified", "police_patrol", "traffic_police", "fire_engine", "fire_truck",
        "fire_chief",  "ambulance",     "armed_police",   "militia",     "patrol_team",
        "grid_worker", "duty_official", "volunteer",      "other"};
    return kNames[std::to_underlying(kind)];
}

}  // namespace liandong::dispatch
