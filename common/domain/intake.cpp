#include "common/domain/intake.h"

#include <iterator>
#include <utility>

namespace liandong::domain {

std::string_view to_string(Channel channel) {
    constexpr std::string_view kNames[] = {
        "UNSPECIFIED",     "PHONE_110",   "PHONE_119",    "PHONE_120",    "PHONE_122",
        "PHONE_12345",     "TEXT_12110",  "CONSOLE",      "GRID_WORKER",  "PATROL",
        "RADIO",           "WALK_IN",     "CAMERA",       "SENSOR",       "ALARM",
        "VEHICLE_OR_LIFT", "CITIZEN_APP", "OTHER_AGENCY", "UPPER_CENTRE", "MAILBOX",
        "VEHICLE",         "LIFT",        "VIDEO"};
    static_assert(std::size(kNames) == kChannels);
    return kNames[std::to_underlying(channel)];
}

std::string_view to_string(CallEnd end) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "SPOKEN", "ABANDONED", "HUNG_UP",
                                           "SILENT"};
    static_assert(std::size(kNames) == kCallEnds);
    return kNames[std::to_underlying(end)];
}

std::string_view to_string(CallbackState state) {
    constexpr std::string_view kNames[] = {"NONE", "DUE", "SAFE", "NEEDS_HELP"};
    return kNames[std::to_underlying(state)];
}

}  // namespace liandong::domain
