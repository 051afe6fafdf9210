#pragma once

#include "common/base/time.h"
#include "common/domain/geo.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liandong::domain {

/// Why a road is closed. Numbers are stored.
enum class ClosureReason : std::uint8_t {
    kUnspecified,
    kFlood,      ///< 积水、漫水
    kLandslide,  ///< 塌方、滑坡
    kControl,    ///< 交通管制
    kHeightBar,  ///< 限高架
    kRoadworks,  ///< 施工
    kAccident,   ///< 事故
    kSnowIce,    ///< 冰雪
    kBridge,     ///< 桥梁损坏、限载
    kEvent,      ///< 集会、活动
    kOther,
};
inline constexpr std::size_t kClosureReasons = 11;
std::string_view to_string(ClosureReason reason);

/// Whom a closure stops: bits of `Closure::stops`, in the order of `routing::Profile`.
enum Stops : std::uint8_t {
    kStopsEmergency = 1,  ///< vehicles with lights and sirens
    kStopsCars = 2,
    kStopsBicycles = 4,
    kStopsFoot = 8,
};
inline constexpr std::uint8_t kStopsAll = 15;
inline constexpr std::uint8_t kStopsVehicles = kStopsEmergency | kStopsCars;

/// A desk's word that a road cannot be driven, until it ends by itself or is lifted (desk practice
/// D24). It names places, never a map's own numbers: each process finds the roads on the map that
/// it has. Written twice at most: closed, lifted.
struct Closure {
    std::string id;
    ClosureReason reason = ClosureReason::kUnspecified;
    Point at;                 ///< on the road, WGS-84; with `to` one end of a stretch
    std::optional<Point> to;  ///< the other end: the roads of the shortest way between them
    Datum reported_datum = Datum::kUnspecified;   ///< the datum the places came in
    std::optional<std::int32_t> heading_degrees;  ///< closed only in this direction: whole degrees
                                                  ///< from north, [0, 360); unset: in both
    std::uint8_t stops = kStopsVehicles;          ///< bits of `Stops`, at least one
    /// Any set: only vehicles above one of them are stopped (a height bar). 0: not limited.
    std::uint32_t height_max_cm = 0;
    std::uint32_t width_max_cm = 0;
    std::uint32_t weight_max_kg = 0;
    Timestamp begins_at;
    Timestamp expires_at;  ///< always set, after `begins_at`
    std::string note;      ///< ≤ kClosureNote_max bytes
    std::string author;    ///< principal subject
    std::string agency;
    std::string on_behalf_of;
    Timestamp recorded_at;
    Timestamp lifted_at;  ///< unset: not lifted
    std::string lifted_by;
    std::string lift_reason;  ///< ≤ kClosureNote_max bytes

    friend bool operator==(const Closure&, const Closure&) = default;
};

inline constexpr std::size_t kClosureNote_max = 300;
inline constexpr std::chrono::hours kClosureLasts_max{24 * 366};
/// Between the two ends of a stretch, straight.
inline constexpr Meters kClosureStretch_max{5'000};

/// When it ends or ended: lifted or expired, whichever comes first. Known from the beginning.
Timestamp end_of(const Closure& closure);

/// Lifted, or expired by `now`. What was lifted is over whatever the clock of who asks says: it may
/// be behind that of who lifted it.
bool is_over(const Closure& closure, Timestamp now);

/// begins_at ≤ now, and not over.
bool is_in_force(const Closure& closure, Timestamp now);

}  // namespace liandong::domain
