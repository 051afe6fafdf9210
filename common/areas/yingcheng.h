#pragma once

#include "common/areas/area_map.h"
#include "common/areas/duty_table.h"

#include <string_view>

namespace liandong::areas {

/// Yingcheng (420981): the real codes and names of 17 townships and 294 villages and communities,
/// and 548 grids whose centres and boundaries are **synthetic** (`data/yingcheng_grids.txt`): the
/// same that the simulator plays with, never to be taken for the city's own.
AreaMap build_yingcheng_areas();

/// Who answers for them: names after the township, grid workers by the simulator's unit ids.
/// Synthetic.
DutyTable build_yingcheng_duties(const AreaMap& areas);

/// Lines of "code name" for areas and "code name latitude longitude" for grids, with # comments.
std::string_view yingcheng_areas_text();

}  // namespace liandong::areas
