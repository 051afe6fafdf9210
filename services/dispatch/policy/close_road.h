#pragma once

#include "common/base/error.h"
#include "common/domain/closure.h"

#include <string>

namespace liandong::dispatch {

/// In force or to come, in one scope.
inline constexpr std::size_t kClosures_max = 1'000;

/// Whether it may be entered at `now`: begins within the last day or later, ends in the future,
/// lasts at most kClosureLasts_max, a stretch is at most kClosureStretch_max long. INVALID_ARGUMENT
/// / TIME_OUT_OF_RANGE (field "closure.begins_at_micros" or "closure.expires_at_micros"),
/// STRETCH_TOO_LONG ("closure.to").
Status check_closure(const domain::Closure& closure, Timestamp now);

/// Lifts it, or calls it off before it begins. FAILED_PRECONDITION / CLOSURE_ENDED with metadata
/// "ended_at_micros": it was lifted or has expired.
Status lift(domain::Closure& closure, Timestamp now, const std::string& by,
            const std::string& reason);

}  // namespace liandong::dispatch
