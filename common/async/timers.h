#pragma once

#include "common/async/task.h"
#include "common/base/time.h"

#include <cstdint>
#include <functional>

namespace liandong {

/// The monotonic time line of one process, and callbacks on it. In production it follows the
/// machine
/// (`AsioTimers`), in the simulator virtual time: nothing else in the code may wait.
class Timers {
public:
    using Callback = std::move_only_function<void()>;
    using Id = std::uint64_t;

    virtual ~Timers() = default;
    virtual MonotonicTime now() const = 0;
    /// Calls `callback` once, at or after `when`, from the io_context. Equal times fire in the
    /// order they were set.
    virtual Id at(MonotonicTime when, Callback callback) = 0;
    /// False when it has fired already or was never set.
    virtual bool cancel(Id id) = 0;
};

/// Suspends until `now() + duration`. Not cancellable; use for bounded waits only.
Task<void> sleep_for(Timers& timers, Duration duration);

}  // namespace liandong
