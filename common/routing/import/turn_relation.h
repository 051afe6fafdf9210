#pragma once

#include "common/routing/import/osm.h"
#include "common/routing/road_class.h"

#include <array>
#include <cstdint>

namespace liandong::routing {

/// A turn restriction of the map.
struct TurnRelation {
    std::int64_t from_way = 0, via_node = 0, to_way = 0;
    bool only = false;  ///< only_*: every other turn is banned
    std::array<bool, kProfiles> profiles{};
};

enum class TurnRelationKind : std::uint8_t { kNone, kTaken, kViaWay, kConditional, kUnclear };

/// `relation` → `turn`, if it is kTaken. Binds cars, emergency vehicles and bicycles, unless the
/// kind of vehicle in its key, or `except`, says otherwise; never people on foot. kNone: no
/// restriction, or for vehicles that are none of our profiles.
TurnRelationKind read_turn(const OsmRelation& relation, TurnRelation& turn);

}  // namespace liandong::routing
