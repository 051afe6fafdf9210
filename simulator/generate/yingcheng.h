#pragma once

#include "common/domain/geo.h"
#include "common/domain/unit.h"

#include <string>
#include <string_view>
#include <vector>

namespace liandong::simulator {

/// A place with an area code and an invented position inside the city's bounding box (WGS-84).
struct SyntheticPlace {
    std::string area_code;
    std::string name;
    domain::Point position;
};

/// A camera: its 20-digit GB/T 28181 id (8 digits of the centre, 2 of the trade, 132 for a camera,
/// 1 of the network, 6 of the serial) and where it hangs.
struct Camera {
    std::string id;
    SyntheticPlace place;
};

/// Yingcheng as far as this project knows it: real codes and names, real counts, everything else
/// invented. The same for every seed.
struct YingchengDistrict {
    std::vector<SyntheticPlace> townships;  ///< 17
    std::vector<SyntheticPlace> villages;   ///< 294
    std::vector<SyntheticPlace> grids;      ///< 548; code = village + 3 digits
    std::vector<domain::Unit> units;
    std::vector<Camera> cameras;  ///< 9,987
};

/// [113.3281, 113.7719]° E, [30.7125, 31.1437]° N.
inline constexpr domain::Point kYingchengSouthWest{307'125'000, 1'133'281'000};
inline constexpr domain::Point kYingchengNorthEast{311'437'000, 1'137'719'000};

YingchengDistrict build_yingcheng();

}  // namespace liandong::simulator
