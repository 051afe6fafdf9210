#include "services/intake/policy/duplicates/alarm_site.h"

#include "common/base/id.h"

#include <fmt/format.h>

#include <cmath>

namespace liandong::intake {
namespace {

std::int32_t thousandths(std::int32_t degrees_e7) {
    return static_cast<std::int32_t>(std::floor(degrees_e7 / 1e4));
}

}  // namespace

bool is_machine(domain::Channel channel) {
    switch (channel) {
    case domain::Channel::kCamera:
    case domain::Channel::kSensor:
    case domain::Channel::kAlarm:
    case domain::Channel::kVehicleOrLift:
    case domain::Channel::kVehicle:
    case domain::Channel::kLift: return true;
    default: return false;
    }
}

std::string alarm_site(const MachineAlarm& alarm) {
    if (!is_machine(alarm.channel)) return "";
    if (alarm.position) {
        return fmt::format("place/{}/{}", thousandths(alarm.position->latitude_e7),
                           thousandths(alarm.position->longitude_e7));
    }
    // An id may be any bytes: what is not safe in a key is hashed.
    if (!alarm.source_id.empty()) {
        return is_safe_id(alarm.source_id) && alarm.source_id.size() <= 50
                   ? fmt::format("source/{}", alarm.source_id)
                   : fmt::format("source/{}", sha256_hex_of(alarm.source_id).substr(0, 32));
    }
    return is_safe_id(alarm.area_code) ? fmt::format("area/{}", alarm.area_code) : "";
}

bool folds(Timestamp last, Timestamp at) {
    return (at > last ? at - last : last - at) <= kAlarmFold_max;
}

}  // namespace liandong::intake
