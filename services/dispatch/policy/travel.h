#pragma once

#include "common/domain/geo.h"
#include "common/routing/time/quantile_curve.h"
#include "services/dispatch/policy/unit_row.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace liandong::dispatch {

/// How a time was found: the rungs of the ladder, better ones last. A recommendation never fails
/// because a map did; it says on which rung it stands.
enum class Rung : std::uint8_t {
    kNone,             ///< nobody knows the place
    kStraightLine,     ///< great circle × detour ÷ speed
    kRoadClassSpeeds,  ///< along the roads, at the speeds of their classes
    kRoadCalibrated,   ///< along the roads, corrected by recorded times
};
inline constexpr std::size_t kRungs = 4;

/// One unit's way to the place.
struct Journey {
    Rung rung = Rung::kNone;
    /// Why not by road: NO_ROADS (no map is loaded), PLACE_OFF_ROAD, UNIT_OFF_ROAD (farther than
    /// 500 m from any road that it may use), NO_WAY (none leads there), WAY_TOO_LONG (beyond the
    /// bounds of the search); empty by road, and without a place.
    std::string_view fallback;
    domain::Meters distance;     ///< by road, else great circle
    double road_seconds = 0;     ///< at class speeds; 0 unless by road
    double turnout_seconds = 0;  ///< median
    routing::QuantileCurve eta;  ///< seconds from now: turning out and travelling
    domain::Meters off_road;     ///< the unit from its road; 0 unless by road
    std::string_view road;       ///< that road's name, may be empty; valid as long as the map
};

struct Candidate {
    std::size_t row = 0;
    Journey journey;
};

/// The ways to one place. Valid as long as the rows and the model.
class Journeys {
public:
    virtual ~Journeys() = default;
    /// Those of `eligible` (rows, ascending) that arrive first, at most `count`, by median ETA,
    /// then row.
    virtual std::vector<Candidate> first(std::span<const std::size_t> eligible,
                                         std::size_t count) = 0;
    /// The place from its nearest road that a fire engine may use, and that road's name; unset: off
    /// the roads, or there are none.
    struct PlaceOnRoad {
        domain::Meters distance;
        std::string_view road;
    };
    virtual std::optional<PlaceOnRoad> place_on_road() const { return std::nullopt; }
};

/// Says how long units take to a place. The same rows, place and moment give the same answer.
class TravelModel {
public:
    virtual ~TravelModel() = default;
    /// The rows must outlive the answer; one answer at a time.
    virtual std::unique_ptr<Journeys> to(domain::Point place, std::span<const UnitRow> rows,
                                         Timestamp now) = 0;
};

}  // namespace liandong::dispatch
