#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"

namespace liandong::intake {

/// Holes are legal, contradictions are not. INVALID_ARGUMENT / DATE_MALFORMED ("date"), TOO_MANY
/// ("shifts"), SHIFT_MALFORMED ("shifts[i].role", ".person", ".to_micros": at most 48 hours, not
/// empty), SHIFT_OUT_OF_DAY ("shifts[i].from_micros": it begins on another day, China time),
/// SHIFT_OVERLAPS ("shifts[i].person": one person on one duty twice at a time).
Status check_roster(const domain::Roster& roster);

}  // namespace liandong::intake
