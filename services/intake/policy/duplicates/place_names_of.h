#pragma once

#include "services/intake/policy/duplicates/place_names.h"

namespace liandong::areas {
class AreaMap;
}

namespace liandong::intake {

/// What the reader of words must know of a district: its townships without 镇 or 街道 (as people
/// say them) and the village names that are not one village's own.
PlaceNames place_names_of(const areas::AreaMap& areas);

}  // namespace liandong::intake
