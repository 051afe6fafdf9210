#pragma once

#include "common/routing/import/osm.h"
#include "common/routing/road_class.h"
#include "common/routing/road_graph.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace liandong::routing {

/// Metres per second by profile; 0: no entry.
using SpeedsByProfile = std::array<double, kProfiles>;

/// What a way is for us.
struct WayRules {
    RoadClass road_class = RoadClass::kOther;
    std::uint8_t flags = 0;
    SizeLimits limits;
    SpeedsByProfile forward{}, backward{};
};

/// The table of docs/roads.md, "Who may drive where": class and access tags → who may go which way,
/// and how fast. nullopt: no road for anybody (also: ferries, roads under construction, areas).
///
/// An emergency vehicle may enter what the law closes to others (private, no, buses only,
/// pedestrian streets), but no path that is closed by its width, no one-way road against its way
/// (D24: only on a commander's order), nothing tagged emergency=no, and no military ground.
std::optional<WayRules> rules_of(const OsmTags& tags);

/// Who can pass a barrier on a node, and how long it takes: milliseconds or kNoEntry by profile.
struct BarrierRules {
    std::array<std::uint32_t, kProfiles> times{};
    SizeLimits limits;
};
/// nullopt: it stops nobody (toll booths, cattle grids, kerbs …).
std::optional<BarrierRules> barrier_of(const OsmTags& tags);

/// "3.8", "3.8 m", "12'6\"", "380 cm" → cm; "7.5", "7.5 t", "3500 kg" → kg; 0: not a number.
std::uint16_t centimeters_of(std::string_view text);
std::uint32_t kilograms_of(std::string_view text);

/// "50", "30 mph", "walk" → m/s; 0: no limit that can be read.
double speed_limit_meters_per_second(std::string_view text);

}  // namespace liandong::routing
