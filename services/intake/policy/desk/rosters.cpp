#include "services/intake/policy/desk/rosters.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace liandong::intake {
namespace {

using namespace domain;

bool is_date(std::string_view text) {
    return text.size() == 8 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// As principals' subjects are.
bool is_person(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '@' || c == '-';
    });
}

bool overlap(const DutyShift& a, const DutyShift& b) {
    return a.role == b.role && a.person == b.person && a.from < b.to && b.from < a.to;
}

Status check_shift(const Roster& roster, std::size_t i) {
    const DutyShift& shift = roster.shifts[i];
    const auto wrong = [i](const char* field, const char* reason, std::string message) {
        return invalid_field(fmt::format("shifts[{}].{}", i, field), reason, std::move(message));
    };
    if (shift.role == DutyRole::kUnspecified)
        return wrong("role", "SHIFT_MALFORMED", "say which duty it is");
    if (!is_person(shift.person))
        return wrong("person", "SHIFT_MALFORMED", "1-64 of A-Z a-z 0-9 _ . @ -");
    if (shift.to <= shift.from || shift.to > shift.from + kShiftLength_max)
        return wrong("to_micros", "SHIFT_MALFORMED", "after its begin, by at most 48 hours");
    if (china_date(shift.from) != roster.id)
        return wrong("from_micros", "SHIFT_OUT_OF_DAY", "it begins on the roster's day");
    for (std::size_t before = 0; before < i; ++before) {
        if (overlap(shift, roster.shifts[before])) {
            return wrong("person", "SHIFT_OVERLAPS",
                         fmt::format("on the same duty as in shifts[{}] at the same time", before));
        }
    }
    return {};
}

}  // namespace

Status check_roster(const Roster& roster) {
    if (!is_date(roster.id))
        return invalid_field("date", "DATE_MALFORMED", "eight digits such as 20260718");
    if (roster.shifts.size() > kShifts_max)
        return invalid_field("shifts", "TOO_MANY", fmt::format("at most {} shifts", kShifts_max));
    for (std::size_t i = 0; i < roster.shifts.size(); ++i) {
        if (auto status = check_shift(roster, i); !status) return status;
    }
    return {};
}

}  // namespace liandong::intake
