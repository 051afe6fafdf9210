#pragma once

#include "common/domain/incident.h"

#include <optional>
#include <string>
#include <string_view>

namespace liandong::intake {

/// True for channels behind which no person speaks: camera, sensor, alarm, vehicle or lift (D16).
bool is_machine(domain::Channel channel);

/// A machine's alarm, as far as folding goes.
struct MachineAlarm {
    domain::Channel channel{};
    std::string_view source_id;  ///< camera, sensor …; may be empty
    std::string_view area_code;
    std::optional<domain::Point> position;
    Timestamp at;
};

/// The key of the site under which alarms are folded with a counter, ≤ 64 bytes of [A-Za-z0-9_/-]:
/// the square of a thousandth of a degree (some 100 m) in which the machine stands, else its
/// source, else its area. Empty when nothing is known, or when the channel is none of a machine:
/// such a report stands alone.
std::string alarm_site(const MachineAlarm& alarm);

/// Alarms of one site are one queue entry while they follow each other within this time.
inline constexpr std::chrono::minutes kAlarmFold_max{30};

/// Does an alarm join the entry of its site that was last fed at `last`?
bool folds(Timestamp last, Timestamp at);

}  // namespace liandong::intake
