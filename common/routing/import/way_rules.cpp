#include "common/routing/import/way_rules.h"

#include <algorithm>

namespace liandong::routing {
namespace {

enum Who : std::uint8_t { kE = 1, kC = 2, kB = 4, kF = 8, kAll = 15, kMotor = 3 };

struct Kind {
    std::string_view highway;
    RoadClass road_class;
    std::uint8_t who;  ///< without any access tag
};

constexpr Kind kKinds[] = {
    {"motorway", RoadClass::kMotorway, kMotor},
    {"motorway_link", RoadClass::kMotorway, kMotor},
    {"trunk", RoadClass::kTrunk, kAll},
    {"trunk_link", RoadClass::kTrunk, kAll},
    {"primary", RoadClass::kPrimary, kAll},
    {"primary_link", RoadClass::kPrimary, kAll},
    {"secondary", RoadClass::kSecondary, kAll},
    {"secondary_link", RoadClass::kSecondary, kAll},
    {"tertiary", RoadClass::kTertiary, kAll},
    {"tertiary_link", RoadClass::kTertiary, kAll},
    {"unclassified", RoadClass::kResidential, kAll},
    {"residential", RoadClass::kResidential, kAll},
    {"living_street", RoadClass::kResidential, kAll},
    {"road", RoadClass::kResidential, kAll},
    {"service", RoadClass::kService, kAll},
    {"track", RoadClass::kTrack, kAll},
    {"busway", RoadClass::kTertiary, kE},
    {"pedestrian", RoadClass::kPath, kE | kF},
    {"cycleway", RoadClass::kPath, kB | kF},
    {"path", RoadClass::kPath, kB | kF},
    {"footway", RoadClass::kPath, kF},
    {"bridleway", RoadClass::kPath, kF},
    {"steps", RoadClass::kPath, kF},
};

constexpr std::string_view kAllowed[] = {"yes",      "permissive",  "designated",
                                         "official", "destination", "customers",
                                         "delivery", "permit",      "discouraged"};
constexpr std::string_view kForbidden[] = {
    "no",  "private",  "agricultural", "forestry",   "military",  "emergency", "psv",
    "bus", "dismount", "use_sidepath", "restricted", "residents", "employees", "staff"};

bool any_of(std::string_view value, std::span<const std::string_view> words) {
    return std::ranges::find(words, value) != words.end();
}

/// The first of `keys` that says yes or no.
std::optional<bool> may_by(const OsmTags& tags, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        const std::string_view value = tags.find(key);
        if (any_of(value, kAllowed)) return true;
        if (any_of(value, kForbidden)) return false;
    }
    return std::nullopt;
}

// Where a kind of road is not for somebody, only a tag that names them opens it: access=yes on a
// footway means everybody on foot.

bool car_may(const OsmTags& tags, bool by_kind) {
    return by_kind ? may_by(tags, {"motorcar", "motor_vehicle", "vehicle", "access"}).value_or(true)
                   : may_by(tags, {"motorcar", "motor_vehicle"}).value_or(false);
}

bool bicycle_may(const OsmTags& tags, bool by_kind) {
    if (tags.has("motorroad", "yes")) return false;
    return by_kind ? may_by(tags, {"bicycle", "vehicle", "access"}).value_or(true)
                   : may_by(tags, {"bicycle"}).value_or(false);
}

bool foot_may(const OsmTags& tags, bool by_kind) {
    if (tags.has("motorroad", "yes")) return false;
    return by_kind ? may_by(tags, {"foot", "access"}).value_or(true)
                   : may_by(tags, {"foot"}).value_or(false);
}

bool emergency_may(const OsmTags& tags, bool by_kind) {
    if (tags.has("access", "military") || tags.has("motor_vehicle", "military")) return false;
    if (const auto tagged = may_by(tags, {"emergency"})) return *tagged;
    // A path is closed by its width, not by a sign: it opens only where cars are let in.
    return by_kind || may_by(tags, {"motorcar", "motor_vehicle"}).value_or(false) ||
           tags.has("motor_vehicle", "agricultural") || tags.has("motor_vehicle", "private");
}

struct Ways {
    bool forward = true, backward = true;
};

bool is_roundabout(const OsmTags& tags) {
    return tags.has("junction", "roundabout") || tags.has("junction", "circular");
}

Ways ways_of(const OsmTags& tags) {
    const std::string_view oneway = tags.find("oneway");
    if (oneway == "yes" || oneway == "1" || oneway == "true") return {true, false};
    if (oneway == "-1" || oneway == "reverse") return {false, true};
    // Nobody can say which way is open now.
    if (oneway == "reversible" || oneway == "alternating") return {false, false};
    if (oneway == "no" || oneway == "0" || oneway == "false") return {true, true};
    const std::string_view highway = tags.find("highway");
    const bool one_way = is_roundabout(tags) || highway == "motorway";
    return {true, !one_way};
}

Ways bicycle_ways(const OsmTags& tags, Ways others) {
    const bool against = tags.has("oneway:bicycle", "no") ||
                         tags.find("cycleway").starts_with("opposite") ||
                         tags.find("cycleway:left").starts_with("opposite") ||
                         tags.find("cycleway:right").starts_with("opposite");
    return against ? Ways{true, true} : others;
}

Ways emergency_ways(const OsmTags& tags, Ways others) {
    return tags.has("oneway:emergency", "no") ? Ways{true, true} : others;
}

std::uint8_t flags_of(const OsmTags& tags) {
    const auto set = [&tags](std::string_view key) {
        const std::string_view value = tags.find(key);
        return !value.empty() && value != "no";
    };
    return static_cast<std::uint8_t>((is_roundabout(tags) ? kRoundabout : 0) |
                                     (set("tunnel") ? kTunnel : 0) | (set("bridge") ? kBridge : 0));
}

template <class Integer> Integer stricter(Integer a, Integer b) {
    return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

SizeLimits limits_of(const OsmTags& tags) {
    SizeLimits limits;
    limits.height_cm = stricter(centimeters_of(tags.find("maxheight")),
                                centimeters_of(tags.find("maxheight:physical")));
    limits.width_cm = stricter(centimeters_of(tags.find("maxwidth")),
                               centimeters_of(tags.find("maxwidth:physical")));
    limits.weight_kg = kilograms_of(tags.find("maxweight"));
    return limits;
}

double speed_of(const OsmTags& tags, RoadClass road, Profile profile) {
    const double usual = class_speed_meters_per_second(road, profile);
    if (profile == Profile::kFoot) return tags.has("highway", "steps") ? usual / 2 : usual;
    if (profile == Profile::kBicycle) return usual;
    // A limit below the class's speed slows a crew as much as it slows others: where 30 is signed,
    // the road is such.
    const double limit = speed_limit_meters_per_second(tags.find("maxspeed"));
    const double of_car = class_speed_meters_per_second(road, Profile::kCar);
    return limit > 0 && limit < of_car ? usual * limit / of_car : usual;
}

bool is_no_road(const OsmTags& tags) {
    return tags.has("area", "yes") || tags.has("impassable", "yes") ||
           tags.has("status", "impassable");
}

}  // namespace

std::optional<WayRules> rules_of(const OsmTags& tags) {
    const auto kind = std::ranges::find(kKinds, tags.find("highway"), &Kind::highway);
    if (kind == std::end(kKinds) || is_no_road(tags)) return std::nullopt;
    const auto by_kind = [kind](Who who) { return (kind->who & who) != 0; };
    const std::array<bool, kProfiles> may{
        emergency_may(tags, by_kind(kE)), car_may(tags, by_kind(kC)),
        bicycle_may(tags, by_kind(kB)), foot_may(tags, by_kind(kF))};
    const Ways ways = ways_of(tags);
    const std::array<Ways, kProfiles> open{emergency_ways(tags, ways), ways,
                                           bicycle_ways(tags, ways), Ways{true, true}};
    WayRules rules{kind->road_class, flags_of(tags), limits_of(tags), {}, {}};
    bool anybody = false;
    for (std::size_t i = 0; i < kProfiles; ++i) {
        const double speed = speed_of(tags, rules.road_class, static_cast<Profile>(i));
        if (may[i] && open[i].forward) rules.forward[i] = speed;
        if (may[i] && open[i].backward) rules.backward[i] = speed;
        anybody = anybody || rules.forward[i] > 0 || rules.backward[i] > 0;
    }
    if (!anybody) return std::nullopt;
    return rules;
}

namespace {

constexpr std::uint32_t kOpenGateMillis = 20'000, kOthersGateMillis = 10'000, kPassMillis = 5'000,
                        kUnlockMillis = 60'000;

constexpr std::string_view kOpen[] = {"toll_booth", "border_control", "cattle_grid",
                                      "entrance",   "kerb",           "sally_port",
                                      "no",         "bump_gate",      "coupure"};
constexpr std::string_view kForWheelsOfTwo[] = {
    "bollard", "block", "jersey_barrier", "planter", "cycle_barrier",     "chain",
    "rope",    "log",   "debris",         "bar",     "motorcycle_barrier"};
constexpr std::string_view kForFeet[] = {"stile", "kissing_gate", "turnstile",
                                         "full-height_turnstile", "horse_stile"};
constexpr std::string_view kRemovable[] = {"removable", "foldable", "flexible", "rising"};

std::uint32_t when(bool passes, std::uint32_t millis) { return passes ? millis : kNoEntry; }

BarrierRules wide_barrier(const OsmTags& tags) {
    BarrierRules rules;
    rules.times = {when(emergency_may(tags, true), kOpenGateMillis),
                   when(car_may(tags, true), kOthersGateMillis),
                   when(bicycle_may(tags, true), kPassMillis),
                   when(foot_may(tags, true), kPassMillis)};
    return rules;
}

BarrierRules narrow_barrier(const OsmTags& tags) {
    const bool cars = may_by(tags, {"motorcar", "motor_vehicle"}).value_or(false);
    const bool removable = any_of(tags.find("bollard"), kRemovable) || tags.has("barrier", "chain");
    const bool emergency = may_by(tags, {"emergency"}).value_or(cars || removable);
    BarrierRules rules;
    rules.times = {when(emergency, cars ? 0 : kUnlockMillis), when(cars, 0),
                   when(bicycle_may(tags, true), 0), when(foot_may(tags, true), 0)};
    return rules;
}

BarrierRules barrier_for_feet(const OsmTags& tags) {
    BarrierRules rules;
    rules.times = {kNoEntry, kNoEntry, kNoEntry, when(foot_may(tags, true), kPassMillis)};
    return rules;
}

}  // namespace

std::optional<BarrierRules> barrier_of(const OsmTags& tags) {
    const std::string_view barrier = tags.find("barrier");
    if (barrier.empty() || any_of(barrier, kOpen)) return std::nullopt;
    if (barrier == "height_restrictor") {
        BarrierRules rules{{}, limits_of(tags)};
        if (rules.limits == SizeLimits{}) return std::nullopt;
        return rules;
    }
    if (any_of(barrier, kForFeet)) return barrier_for_feet(tags);
    BarrierRules rules =
        any_of(barrier, kForWheelsOfTwo) ? narrow_barrier(tags) : wide_barrier(tags);
    rules.limits = limits_of(tags);
    return rules;
}

}  // namespace liandong::routing
