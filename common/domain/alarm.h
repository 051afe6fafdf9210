#pragma once

#include "common/base/time.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace liandong::domain {

/// What a clock waits for (D10). Numbers are stored.
enum class ClockKind : std::uint8_t {
    kUnspecified,
    kNotTakenUp,     ///< 未接: nobody has claimed, triaged, noted or sent
    kNotTriaged,     ///< 未研判: no type is known, or something needs correction
    kNotDispatched,  ///< 未派警
    kNotSigned,      ///< 未签收: sent, and no crew has signed
    kNoFeedback,     ///< 未反馈: handled, and nobody has told how it ended
    kOpenDemand,     ///< 缺口: life is in danger and a wanted unit is missing (D4)
    kTransfer,       ///< 转警未接: an offer ran out, or a directive was not signed for or answered
    kDutyReport,     ///< 未报: the first report of an event that must be reported (D25)
};
inline constexpr std::size_t kClockKinds = 9;
inline constexpr ClockKind kAllClocks[] = {
    ClockKind::kNotTakenUp, ClockKind::kNotTriaged, ClockKind::kNotDispatched,
    ClockKind::kNotSigned,  ClockKind::kNoFeedback, ClockKind::kOpenDemand,
    ClockKind::kTransfer,   ClockKind::kDutyReport,
};
std::string_view to_string(ClockKind kind);
std::optional<ClockKind> parse_clock_kind(std::string_view text);

/// The duty ladder of D10, lowest first: 坐席 → 值班长 → 指挥长 → 带班领导 → 上级指挥中心. Numbers
/// are stored.
enum class DutyRole : std::uint8_t {
    kUnspecified,
    kSeat,             ///< 坐席
    kShiftSupervisor,  ///< 值班长
    kDutyCommander,    ///< 指挥长
    kDutyLeader,       ///< 带班领导
    kUpperCentre,      ///< 上级指挥中心
};
inline constexpr std::size_t kDutyRoles = 6;
std::string_view to_string(DutyRole role);
std::optional<DutyRole> parse_duty_role(std::string_view text);

/// How far one clock of an incident has climbed. A clock that starts anew has another `started_at`,
/// so what is left of the old one does not count.
struct Alarm {
    ClockKind kind = ClockKind::kUnspecified;
    std::int32_t steps = 0;  ///< how often it rang, ≥ 1
    Timestamp started_at;    ///< what it counts from
    Timestamp rung_at;       ///< the last time
    DutyRole rung_for = DutyRole::kUnspecified;
    std::string person;  ///< who had that duty then; empty: the roster had a hole
    std::string owner;   ///< who has taken it; empty: nobody, it goes on ringing
    Timestamp owned_at;

    friend bool operator==(const Alarm&, const Alarm&) = default;
};
inline constexpr std::size_t kAlarms_max = kClockKinds;

}  // namespace liandong::domain
