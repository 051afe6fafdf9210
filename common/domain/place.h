#pragma once

#include "common/domain/geo.h"

#include <cstdint>
#include <optional>
#include <string>

namespace liandong::domain {

/// Where something is, as far as it is known.
struct Place {
    std::optional<Point> position;               ///< WGS-84
    Meters accuracy;                             ///< radius of 68 % confidence; 0: not stated
    Datum reported_datum = Datum::kUnspecified;  ///< the datum the position came in
    std::string address;                         ///< words, UTF-8, ≤ 500 bytes
    std::string area_code;  ///< GB/T 2260/10114 code of grid, village or township; may be empty
    /// The direction of travel that was reported ("towards the airport"), whole degrees clockwise
    /// from north, [0, 360): it chooses the carriageway of a divided road. Unset: not said.
    std::optional<std::int32_t> heading_degrees = std::nullopt;
    /// Above 0: the position lies in no area that is known, `area_code` is the nearest one, and this
    /// is how far away; a person confirms it.
    Meters area_distance = {};

    friend bool operator==(const Place&, const Place&) = default;
};

/// A level of one scale. Levels of different scales never meet: the three Chinese scales run in
/// opposite directions.
enum class LevelScale : std::uint8_t {
    kUnspecified,
    kIncident,   ///< 事件分级: 1 (特别重大) gravest … 4
    kWarning,    ///< 预警级别: 1 red gravest … 4 blue
    kResponse,   ///< 应急响应级别: 1 gravest … 4
    kFireAlarm,  ///< 火警等级: 1 lightest … 5
    kPolice,     ///< 警情等级: 1 gravest … 4
    kPriority,   ///< EIDO common priority: 0 … 10, 10 gravest
};
struct Level {
    LevelScale scale = LevelScale::kUnspecified;
    int code = 0;
    std::string authority;  ///< who issued it

    friend bool operator==(const Level&, const Level&) = default;
};

/// True when `code` lies in the range of the scale (unspecified: only 0).
bool is_valid(const Level& level);

/// 0 (nothing known) … 4 (gravest), comparable across scales; for sorting and for
/// `life_threatening`, never shown.
int urgency_rank(const Level& level);

}  // namespace liandong::domain
