#pragma once

#include "common/async/timers.h"
#include "common/base/clock.h"

#include <map>
#include <optional>
#include <utility>

namespace liandong::test {

/// `Timers` whose time stands still until somebody moves it: whoever polls the io_context does so
/// when nothing is left to run. Equal times fire in the order they were set.
class VirtualTimers final : public Timers {
public:
    MonotonicTime now() const override { return now_; }
    Id at(MonotonicTime when, Callback callback) override;
    bool cancel(Id id) override;

    /// When the earliest callback is due (never before `now`); nullopt: none is set.
    std::optional<MonotonicTime> next() const;
    /// Moves time to the earliest callback and fires that one. False when none is set.
    bool fire_next();
    /// Moves time forward; nothing may be due before `when` (checked).
    void move_to(MonotonicTime when);

private:
    using Slot = std::pair<MonotonicTime, Id>;

    MonotonicTime now_{};
    Id next_id_ = 1;
    std::map<Slot, Callback> callbacks_;
    std::map<Id, MonotonicTime> times_;
};

/// World time that runs with a time line: it read `start` when that stood at zero. It may be told
/// to jump ahead, so that days of the world need no days of timers.
class VirtualClock final : public Clock {
public:
    /// `timers` must outlive it.
    VirtualClock(const Timers& timers, Timestamp start) : timers_(timers), start_(start) {}
    Timestamp now() const override { return start_ + timers_.now().time_since_epoch(); }
    void jump(Duration ahead) { start_ += ahead; }

private:
    const Timers& timers_;
    Timestamp start_;
};

}  // namespace liandong::test
