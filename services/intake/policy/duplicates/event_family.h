#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace liandong::intake {

/// The coarse kind of a happening: as much of its type as words give away, and the bridge between
/// types of different catalogues. Two reports of different families can be one incident only when
/// one grows out of the other (gas → explosion → fire).
enum class EventFamily : std::uint8_t {
    kFire,
    kExplosion,
    kGas,
    kHazmat,
    kCollision,
    kMedical,
    kViolence,
    kTheft,
    kFraud,
    kNoise,
    kDrowning,
    kFlood,
    kFall,
    kMissing,
    kDispute,
    kUtility,
    kRescue,
    kAnimal,
    kCollapse,
    kCrowd,
};
inline constexpr int kEventFamilies = 20;

/// A set of families: bit i stands for EventFamily i.
using FamilySet = std::uint32_t;

constexpr FamilySet family_bit(EventFamily family) {
    return FamilySet{1} << static_cast<int>(family);
}

/// "fire", "violence" …: as written in the data files.
std::string_view to_string(EventFamily family);
std::optional<EventFamily> event_family_named(std::string_view name);

/// How two sets of families go together.
enum class FamilyRelation : std::uint8_t {
    kUnknown,  ///< nothing is known of one side
    kSame,     ///< they share a family
    kKin,      ///< one can grow out of, or be seen as, the other
    kOther,
};
FamilyRelation relate(FamilySet a, FamilySet b);

/// How far from the place itself people stand who see it and call, in metres: what is added to the
/// stated accuracy. The largest of the set; 40 for the empty set.
double sight_meters(FamilySet families);

/// How fast a later report of the same place stops being about the same thing.
enum class FamilyPace : std::uint8_t {
    kBrief,  ///< over in minutes: violence, collision, a fall
    kSlow,   ///< goes on for hours: fire, flood, outage, a missing person
};
/// kSlow when any of the set is slow, or nothing is known.
FamilyPace pace_of(FamilySet families);

}  // namespace liandong::intake
