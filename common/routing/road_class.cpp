#include "common/routing/road_class.h"

namespace liandong::routing {
namespace {

constexpr std::string_view kClassNames[kRoadClasses] = {
    "motorway",    "trunk",   "primary", "secondary", "tertiary",
    "residential", "service", "track",   "path",      "other"};
constexpr std::string_view kProfileNames[kProfiles] = {"emergency", "car", "bicycle", "foot"};

constexpr double kLightsAndSirens = 0.70;

struct Speeds {
    double car, bicycle, foot;  // km/h
};
constexpr Speeds kSpeeds[kRoadClasses] = {
    {90, 15, 4.8}, {65, 15, 4.8}, {45, 15, 4.8}, {38, 15, 4.8}, {33, 15, 4.8},
    {24, 14, 4.8}, {14, 12, 4.8}, {12, 11, 4.5}, {6, 12, 4.8},  {33, 15, 4.8}};

}  // namespace

std::string_view to_string(RoadClass road) { return kClassNames[index_of(road)]; }

std::string_view to_string(Profile profile) { return kProfileNames[index_of(profile)]; }

double class_speed_meters_per_second(RoadClass road, Profile profile) {
    constexpr double kKmhPerMeterPerSecond = 3.6;
    const Speeds& speeds = kSpeeds[index_of(road)];
    switch (profile) {
    case Profile::kEmergency: return speeds.car / kLightsAndSirens / kKmhPerMeterPerSecond;
    case Profile::kCar: return speeds.car / kKmhPerMeterPerSecond;
    case Profile::kBicycle: return speeds.bicycle / kKmhPerMeterPerSecond;
    case Profile::kFoot: return speeds.foot / kKmhPerMeterPerSecond;
    }
    __builtin_unreachable();
}

}  // namespace liandong::routing
