#include "common/domain/alarm.h"

#include <iterator>
#include <utility>

namespace liandong::domain {
namespace {

constexpr std::string_view kClockNames[] = {"UNSPECIFIED",    "NOT_TAKEN_UP", "NOT_TRIAGED",
                                            "NOT_DISPATCHED", "NOT_SIGNED",   "NO_FEEDBACK",
                                            "OPEN_DEMAND",    "TRANSFER",     "DUTY_REPORT"};
static_assert(std::size(kClockNames) == kClockKinds);

constexpr std::string_view kRoleNames[] = {"UNSPECIFIED",    "SEAT",        "SHIFT_SUPERVISOR",
                                           "DUTY_COMMANDER", "DUTY_LEADER", "UPPER_CENTRE"};
static_assert(std::size(kRoleNames) == kDutyRoles);

template <class Enum, std::size_t n>
std::optional<Enum> parse(const std::string_view (&names)[n], std::string_view text) {
    for (std::size_t i = 1; i < n; ++i) {
        if (names[i] == text) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(ClockKind kind) { return kClockNames[std::to_underlying(kind)]; }
std::optional<ClockKind> parse_clock_kind(std::string_view text) {
    return parse<ClockKind>(kClockNames, text);
}

std::string_view to_string(DutyRole role) { return kRoleNames[std::to_underlying(role)]; }
std::optional<DutyRole> parse_duty_role(std::string_view text) {
    return parse<DutyRole>(kRoleNames, text);
}

}  // namespace liandong::domain
