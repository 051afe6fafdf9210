#pragma once

#include "simulator/agents/exercise.h"

#include <algorithm>
#include <string_view>

namespace liandong::simulator {

inline constexpr Duration kResendFor = std::chrono::seconds{90};
inline constexpr Duration kFirstBackoff = std::chrono::milliseconds{50};
inline constexpr Duration kBackoff_max = std::chrono::seconds{2};

/// Errors after which the same request, with the same id, may be sent again: the outcome is
/// unknown, or nothing was done because the platform was busy.
bool may_resend(const Error& error);

/// Half to all of the backoff, so that agents that failed together do not come back together.
Duration jittered(Duration backoff, Random& random);

/// Calls until the outcome is known, with growing pauses, for at most kResendFor after the first
/// failure; counts resends, refusals (under `name`, the RPC's) and outcomes that stayed unknown.
/// `call` makes a new `Task<Result<T>>` of the same request each time.
template <class T, class Call>
Task<Result<T>> call_until_resolved(Exercise& exercise, std::string_view name, Call call) {
    Duration backoff = kFirstBackoff;
    const MonotonicTime give_up_at = exercise.now() + kResendFor;
    ++exercise.in_flight;
    while (true) {
        Result<T> result = co_await call();
        if (result) {
            exercise.observe(result->header());
            --exercise.in_flight;
            co_return result;
        }
        const bool again = may_resend(result.error());
        if (!again) exercise.record.refused(name, result.error());
        if (again && (exercise.now() >= give_up_at || exercise.stop.is_cancelled())) {
            exercise.record.count(Counter::kOutcomesUnknown);
        } else if (again) {
            exercise.record.resent(name, result.error());
            co_await exercise.sleep_until(exercise.now() + jittered(backoff, exercise.random));
            backoff = std::min(backoff * 2, kBackoff_max);
            continue;
        }
        --exercise.in_flight;
        co_return result;
    }
}

}  // namespace liandong::simulator
