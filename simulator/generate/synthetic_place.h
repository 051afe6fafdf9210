#pragma once

#include "common/base/random.h"
#include "common/domain/geo.h"

namespace liandong::simulator {

/// The point `east` and `north` metres from `origin`, good to 1 % within 100 km at these latitudes.
domain::Point moved(domain::Point origin, domain::Meters east, domain::Meters north);

/// A point spread evenly over a disc, kept inside Yingcheng's bounding box.
domain::Point scattered(domain::Point centre, domain::Meters radius, Random& random);

}  // namespace liandong::simulator
