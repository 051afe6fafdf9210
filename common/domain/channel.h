#pragma once

#include <cstdint>
#include <string_view>

namespace liandong::domain {

/// How a report came in (`domain.md` §2, D13). Numbers are stored.
enum class Channel : std::uint8_t {
    kUnspecified,
    kPhone110,
    kPhone119,
    kPhone120,
    kPhone122,
    kPhone12345,
    kText12110,
    kConsole,
    kGridWorker,
    kPatrol,
    kRadio,
    kWalkIn,
    kCamera,
    kSensor,
    kAlarm,
    kVehicleOrLift,  ///< a machine that does not say which
    kCitizenApp,
    kOtherAgency,
    kUpperCentre,
    kMailbox,
    kVehicle,  ///< a car's own call (eCall)
    kLift,     ///< 电梯
    kVideo,    ///< video call, sign language
};
inline constexpr int kChannels = 23;
std::string_view to_string(Channel channel);

/// How a call ended before anybody knew what it was about (D14). Numbers are stored.
enum class CallEnd : std::uint8_t {
    kUnspecified,  ///< nothing is said of it
    kSpoken,
    kAbandoned,  ///< the caller hung up before an answer
    kHungUp,     ///< after the answer, with nothing said that helps
    kSilent,     ///< the line is open and nobody speaks
};
inline constexpr int kCallEnds = 5;
std::string_view to_string(CallEnd end);

}  // namespace liandong::domain
