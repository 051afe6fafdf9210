#pragma once

#include "common/areas/area_map.h"
#include "common/areas/duty_table.h"
#include "common/domain/incident.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Where a report lies, by its position or by the names in its address (D15). Pure.
namespace liandong::intake {

/// Fills `place.area_code` (the grid's code, which names village, township and district too) from
/// the position, when there is a position and no code. Outside of all areas the nearest one is
/// named and `area_distance` says how far it is; beyond kAreaReach nothing is named. A code that is
/// there stays, whatever the map says.
///
/// What a person has to look at is returned: AREA_OUTSIDE (received: how far), AREA_CONFLICT (the
/// position lies elsewhere; received: where), AREA_UNKNOWN (the map has no such code).
std::vector<domain::Correction> fill_area(domain::Place& place, const areas::AreaMap& map);
inline constexpr domain::Meters kAreaReach{50'000};

/// The areas whose names stand in a text, smallest level first, then in order of code, at most
/// kAreaCandidates_max. A village counts only within a township that is named too, if one is. Never
/// a decision: a name is not an address (D15).
std::vector<const areas::NamedArea*> areas_named_in(const areas::AreaMap& map,
                                                    std::string_view text);
inline constexpr std::size_t kAreaCandidates_max = 8;

/// Names of the areas above `code`, smallest first.
std::vector<std::string> names_above(const areas::AreaMap& map, std::string_view code);

}  // namespace liandong::intake
