#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace liandong::intake {

/// What a text can state that identifies a place, a vehicle or a person. Two texts that state a
/// kind either agree on it or conflict; one that is silent about it does neither.
enum class MarkKind : std::uint8_t {
    kPlate,        ///< "鄂k12345", separators left out
    kPhone,        ///< digits
    kRoad,         ///< the last two characters of its name and the suffix: "人民路", "huimin road"
    kRoadCode,     ///< "g107", "s43"
    kHouseNumber,  ///< "28", "28-1"
    kBuilding,     ///< "3", "a"
    kEntrance,     ///< 单元
    kFloor,        ///< "5", "-1"
    kRoom,
    kGroup,    ///< 村民小组
    kHeading,  ///< "n", "s", "e", "w"
    kToward,   ///< last two characters of the place: "武汉"; a word in English
    kSide,     ///< "up", "down", "left", "right": 上行, 下行, 左幅, 右幅
    kPost,     ///< kilometre post in metres: "1012300"
    kVillage,
    kTownship,
    kSite,  ///< named place: "实验小学", "people hospital"
    kSymptom,
    kPerson,
    kVehicle,
    kColour,
};
inline constexpr int kMarkKinds = 21;

struct Mark {
    MarkKind kind{};
    std::string value;

    friend auto operator<=>(const Mark&, const Mark&) = default;
};

/// Sorted, without repetition, at most kMarks_max.
using Marks = std::vector<Mark>;
inline constexpr std::size_t kMarks_max = 64;

}  // namespace liandong::intake
