#include "services/dispatch/policy/close_road.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::dispatch {

using namespace domain;

Status check_closure(const Closure& closure, Timestamp now) {
    if (closure.begins_at < now - std::chrono::hours(24)) {
        return invalid_field("closure.begins_at_micros", "TIME_OUT_OF_RANGE",
                             "at most one day ago");
    }
    if (closure.expires_at <= now || closure.expires_at <= closure.begins_at) {
        return invalid_field("closure.expires_at_micros", "TIME_OUT_OF_RANGE",
                             "in the future, and after it begins");
    }
    if (closure.expires_at - closure.begins_at > kClosureLasts_max) {
        return invalid_field("closure.expires_at_micros", "TIME_OUT_OF_RANGE",
                             "at most 366 days after it begins");
    }
    if (closure.to && distance(closure.at, *closure.to) > kClosureStretch_max) {
        return invalid_field(
            "closure.to", "STRETCH_TOO_LONG",
            fmt::format("{:.0f} m between the ends, the limit is {:.0f} m; close it in parts",
                        distance(closure.at, *closure.to).value, kClosureStretch_max.value));
    }
    return {};
}

Status lift(Closure& closure, Timestamp now, const std::string& by, const std::string& reason) {
    if (is_over(closure, now)) {
        return fail(Error{
            Code::kFailedPrecondition,
            "CLOSURE_ENDED",
            is_set(closure.lifted_at) ? "the closure was lifted" : "the closure has expired",
            {}}.with("ended_at_micros", fmt::to_string(to_micros(end_of(closure)))));
    }
    // The clock of the process that took it may be ahead of this one.
    closure.lifted_at = std::max(now, closure.recorded_at);
    closure.lifted_by = by;
    closure.lift_reason = reason;
    return {};
}

}  // namespace liandong::dispatch
