#pragma once

#include "common/async/signal.h"
#include "common/async/task.h"
#include "common/async/timers.h"

#include <cstddef>

namespace liandong::simulator {

/// Tasks that somebody waits for. An exception in one aborts the process: it is a bug. Must be
/// joined before it is destroyed; one joiner. On one io_context.
class TaskGroup {
public:
    explicit TaskGroup(Executor executor) : executor_(executor), ended_(executor) {}

    void start(Task<void> task);
    /// Until every task has ended, also those started meanwhile.
    Task<void> join();
    /// Like `join`, but only until `when` or `wake`: whether every task has ended.
    Task<bool> join_until(Timers& timers, MonotonicTime when);
    /// Ends a `join_until` early.
    void wake() { ended_.notify(); }
    std::size_t running() const { return running_; }

private:
    Executor executor_;
    Signal ended_;
    std::size_t running_ = 0;
};

}  // namespace liandong::simulator
