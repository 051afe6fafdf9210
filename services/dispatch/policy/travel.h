#pragma once

#include "common/domain/closure.h"
#include "common/domain/geo.h"
#include "common/routing/time/quantile_curve.h"
#include "services/dispatch/policy/unit_row.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
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

/// Where units are wanted.
struct Destination {
    Destination(domain::Point where, std::optional<double> heading = std::nullopt)
        : at(where), heading_degrees(heading) {}

    domain::Point at;
    /// The reported direction of travel, degrees clockwise from north, [0, 360): it chooses the
    /// carriageway of a divided road.
    std::optional<double> heading_degrees;
};

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
    /// How much longer the way is because of closures, at class speeds; 0: none is in the way.
    double closure_seconds = 0;
    /// The ids of those in the way, ascending; also of those without which there would be one
    /// (NO_WAY). Named for the first kClosuresNamed_max candidates only.
    std::vector<std::string> closures;
    /// How much longer the way to the other carriageway of a divided road is (below 0: shorter), at
    /// class speeds; unset: there is none, or no way to it.
    std::optional<double> opposite_seconds;
};
inline constexpr std::size_t kClosuresNamed_max = 8;

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
        bool is_divided = false;  ///< there is another carriageway beside it
    };
    virtual std::optional<PlaceOnRoad> place_on_road() const { return std::nullopt; }
    /// The road at the place is closed to a fire engine: its name, and which closures say so.
    struct ClosedRoad {
        std::string_view road;
        std::vector<std::string> closures;  ///< ids, ascending
    };
    virtual std::optional<ClosedRoad> closed_road() const { return std::nullopt; }
};

/// What a closure does on this process's map.
struct ClosureEffect {
    /// Why it does nothing: NO_ROADS (no map), ROAD_TOO_FAR (farther than 100 m from any road of
    /// those it stops), NO_WAY (no road leads from one end of the stretch to the other); empty: it
    /// closes roads.
    std::string_view idle_reason = {};
    std::string_view road = {};  ///< at the first point; may be empty; valid as long as the map
    domain::Meters off_road = {};
    std::size_t roads = 0;
    domain::Meters length = {};
};

/// The closures of a scope, in id order.
using ClosureList = std::vector<std::shared_ptr<const domain::Closure>>;

/// Says how long units take to a place. The same rows, place and moment give the same answer.
class TravelModel {
public:
    virtual ~TravelModel() = default;
    /// The rows must outlive the answer; one answer at a time.
    virtual std::unique_ptr<Journeys> to(Destination place, std::span<const UnitRow> rows,
                                         Timestamp now) = 0;
    /// From the next answer on these closures hold, each from when it begins until it ends, and no
    /// others.
    virtual void set_closures(const ClosureList&) {}
    virtual ClosureEffect effect_of(const domain::Closure&) { return {.idle_reason = "NO_ROADS"}; }
};

}  // namespace liandong::dispatch
