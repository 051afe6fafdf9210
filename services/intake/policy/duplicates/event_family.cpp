#include "services/intake/policy/duplicates/event_family.h"

#include <algorithm>
#include <bit>
#include <initializer_list>

namespace liandong::intake {
namespace {

using enum EventFamily;

constexpr FamilySet set_of(std::initializer_list<EventFamily> families) {
    FamilySet set = 0;
    for (const EventFamily family : families) set |= family_bit(family);
    return set;
}

struct Row {
    std::string_view name;
    FamilySet kin;
    double sight_meters;
    bool slow;
};

// In the order of the enumeration. Kinship is made symmetric by `relate`.
constexpr Row kRows[kEventFamilies] = {
    {"fire", set_of({kExplosion, kGas, kHazmat, kRescue, kUtility}), 180, true},
    {"explosion", set_of({kGas, kHazmat, kCollapse, kMedical, kFire}), 400, true},
    {"gas", set_of({kHazmat, kMedical, kUtility}), 60, true},
    {"hazmat", set_of({kCollision, kFire, kMedical}), 150, true},
    {"collision", set_of({kMedical, kRescue, kDispute}), 90, false},
    {"medical", set_of({kViolence, kFall, kDrowning, kRescue}), 40, false},
    {"violence", set_of({kDispute, kMedical, kCrowd}), 50, false},
    {"theft", set_of({kViolence}), 40, false},
    {"fraud", 0, 40, true},
    {"noise", set_of({kDispute}), 60, true},
    {"drowning", set_of({kFall, kRescue, kMissing, kFlood}), 120, false},
    {"flood", set_of({kRescue, kUtility, kCollapse, kDrowning}), 200, true},
    {"fall", set_of({kMedical, kRescue, kDrowning}), 60, false},
    {"missing", 0, 60, true},
    {"dispute", set_of({kViolence, kCrowd, kNoise}), 50, false},
    {"utility", set_of({kGas, kFlood, kFire}), 120, true},
    {"rescue", set_of({kCollision, kCollapse, kFlood, kUtility}), 60, true},
    {"animal", set_of({kMedical}), 60, true},
    {"collapse", set_of({kRescue, kMedical}), 120, true},
    {"crowd", set_of({kViolence, kDispute}), 120, true},
};

FamilySet kin_of(FamilySet set) {
    FamilySet kin = 0;
    for (; set != 0; set &= set - 1) kin |= kRows[std::countr_zero(set)].kin;
    return kin;
}

}  // namespace

std::string_view to_string(EventFamily family) { return kRows[static_cast<int>(family)].name; }

std::optional<EventFamily> event_family_named(std::string_view name) {
    const auto row = std::ranges::find(kRows, name, &Row::name);
    if (row == std::end(kRows)) return std::nullopt;
    return static_cast<EventFamily>(row - std::begin(kRows));
}

FamilyRelation relate(FamilySet a, FamilySet b) {
    if (a == 0 || b == 0) return FamilyRelation::kUnknown;
    if ((a & b) != 0) return FamilyRelation::kSame;
    if ((kin_of(a) & b) != 0 || (kin_of(b) & a) != 0) return FamilyRelation::kKin;
    return FamilyRelation::kOther;
}

double sight_meters(FamilySet families) {
    double sight = 40;
    for (int i = 0; i < kEventFamilies; ++i) {
        if ((families >> i & 1U) != 0) sight = std::max(sight, kRows[i].sight_meters);
    }
    return sight;
}

FamilyPace pace_of(FamilySet families) {
    if (families == 0) return FamilyPace::kSlow;
    for (int i = 0; i < kEventFamilies; ++i) {
        if ((families >> i & 1U) != 0 && kRows[i].slow) return FamilyPace::kSlow;
    }
    return FamilyPace::kBrief;
}

}  // namespace liandong::intake
