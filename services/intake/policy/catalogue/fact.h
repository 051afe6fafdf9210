#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace liandong::intake {

struct Features;
class Lexicon;

/// What is known of a happening and moves its level. Answers of the caller, or read out of words.
enum class Fact : std::uint8_t {
    kInjured,
    kDead,
    kUnconscious,
    kNotBreathing,
    kTrapped,
    kChild,
    kPregnant,
    kElderly,
    kManyHurt,  ///< three or more
    kWeapon,
    kFire,
    kGas,
    kExplosion,
    kChemical,
    kFuel,
    kCurrent,
    kCollapse,
    kWater,
    kHeight,
    kReporterInDanger,
    kInProgress,  ///< it goes on while they call
    kCrowd,
    kBurning,          ///< flames are seen, not only smoke
    kCrowdedBuilding,  ///< school, hospital, mall, home for the aged
    kHighRise,
    kBlockedRoad,
};
inline constexpr int kFacts = 26;

/// A set of facts: bit i stands for Fact i.
using FactSet = std::uint32_t;
constexpr FactSet fact_bit(Fact fact) { return FactSet{1} << static_cast<int>(fact); }

/// "injured", "not_breathing" …: as written in the catalogue.
std::string_view to_string(Fact fact);
std::optional<Fact> fact_named(std::string_view name);

/// The facts that the words give away. Never more than a proposal: people say 没有人受伤 in many
/// ways.
FactSet facts_of(const Features& features, const Lexicon& lexicon);

}  // namespace liandong::intake
