#pragma once

#include "common/routing/draft.h"

#include <cstdint>
#include <string>

namespace liandong::test {

/// Draws a town road by road.
class Town {
public:
    /// Degrees in WGS-84.
    std::uint32_t node(double latitude, double longitude);
    /// A straight road, open both ways to all, at the speed of its class.
    void road(std::uint32_t begin, std::uint32_t end,
              routing::RoadClass kind = routing::RoadClass::kPrimary, std::string name = "",
              std::uint16_t height_cm = 0);
    /// The last road may be driven from its beginning to its end only.
    void make_one_way();
    /// The bytes of its roads file; aborts the test program when it is none.
    std::string bytes() const;

private:
    routing::Draft draft_;
};

/// Two banks of a river, 222 m apart, from 113.48 to 113.53 east at latitudes 30.900 (南岸路) and
/// 30.902 (北岸路), joined at the eastern end by a bridge (大桥) under which 3.0 m pass.
Town river_town();

}  // namespace liandong::test
