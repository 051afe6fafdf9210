#pragma once

#include "common/base/time.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace liandong::simulator::matrix {

/// Zones, bases and units are numbered from 0 in the order of their files; zones and bases are
/// different numbers, so each field says which it is.
using Index = std::uint32_t;

/// Limits of a model. With them no sum of times within a run leaves 63 bits.
inline constexpr std::size_t kZones_max = 4'000;  ///< 128 MB of travel times
inline constexpr std::size_t kBases_max = 4'000;
inline constexpr std::size_t kUnits_max = 10'000;
inline constexpr std::size_t kCalls_max = 4'000'000;
inline constexpr Duration kCallTime_max = std::chrono::seconds{1'000'000'000};
inline constexpr Duration kLeg_max = std::chrono::days{7};  ///< of a way, and of work at a scene

/// Travel times between all ordered pairs of zones, [0, kLeg_max] each.
class TravelMatrix {
public:
    explicit TravelMatrix(std::size_t zones) : zones_(zones), times_(zones * zones) {}

    std::size_t zones() const { return zones_; }
    struct Way {
        Index from = 0;
        Index to = 0;
    };
    Duration& operator[](Way way) { return times_[way.to * zones_ + way.from]; }
    Duration operator[](Way way) const { return times_[way.to * zones_ + way.from]; }
    /// Times to `zone` by zone of departure. Lives as long as the matrix.
    std::span<const Duration> towards(Index zone) const {
        return {times_.data() + zone * zones_, zones_};
    }

private:
    std::size_t zones_;
    std::vector<Duration> times_;  ///< by destination, since one call is compared with many units
};

struct Base {
    std::string id;
    Index zone = 0;
};

struct FleetUnit {
    std::string id;
    Index base = 0;
};

struct MatrixCall {
    std::string id;
    Duration at{0};  ///< since the start, [0, kCallTime_max]
    Index zone = 0;
    Duration on_scene{0};  ///< from arrival until the unit is clear, [0, kLeg_max]
    int priority = 0;      ///< 1–9, 0: none given; goes into the outcome, no policy looks at it
};

/// Everything that a run needs. At least one unit; indices within their vectors; sizes within the
/// limits above; calls in any order.
struct Model {
    std::vector<std::string> zones;
    TravelMatrix travel{0};
    std::vector<Base> bases;
    std::vector<FleetUnit> fleet;
    std::vector<MatrixCall> calls;
};

}  // namespace liandong::simulator::matrix
