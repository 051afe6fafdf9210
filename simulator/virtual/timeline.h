#pragma once

#include "common/async/timers.h"
#include "common/base/clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace liandong::simulator {

class ProcessTimers;

/// The one time line of a simulated world, shared by its processes: it stands still until somebody
/// moves it. Equal times fire in the order in which they were set, whichever process set them: the
/// whole tie order.
class Timeline {
public:
    MonotonicTime now() const { return now_; }
    /// When the earliest callback is due; nullopt: none is set.
    std::optional<MonotonicTime> next() const;
    /// Moves time to the earliest callback and fires that one. False when none is set.
    bool fire_next();

private:
    friend class ProcessTimers;
    struct Entry {
        const ProcessTimers* owner = nullptr;
        Timers::Callback callback;
    };
    using Slot = std::pair<MonotonicTime, Timers::Id>;

    MonotonicTime now_{};
    Timers::Id next_id_ = 1;
    std::map<Slot, Entry> entries_;
    std::map<Timers::Id, MonotonicTime> times_;
};

/// `Timers` of one process on a shared time line. What it set and has not fired goes with it.
class ProcessTimers final : public Timers {
public:
    /// `timeline` must outlive it.
    explicit ProcessTimers(Timeline& timeline) : timeline_(timeline) {}
    ~ProcessTimers() override;
    ProcessTimers(const ProcessTimers&) = delete;
    ProcessTimers& operator=(const ProcessTimers&) = delete;

    MonotonicTime now() const override { return timeline_.now(); }
    Id at(MonotonicTime when, Callback callback) override;
    bool cancel(Id id) override;

private:
    Timeline& timeline_;
};

/// Another clock, put wrong by `skew`.
class SkewedClock final : public Clock {
public:
    /// `right` must outlive it.
    explicit SkewedClock(const Clock& right) : right_(right) {}
    Timestamp now() const override { return right_.now() + skew_; }
    void set_skew(Duration skew) { skew_ = skew; }

private:
    const Clock& right_;
    Duration skew_{};
};

/// World time that runs with a time line: it read `start` when that stood at zero.
class TimelineClock final : public Clock {
public:
    /// `timeline` must outlive it.
    TimelineClock(const Timeline& timeline, Timestamp start) : timeline_(timeline), start_(start) {}
    Timestamp now() const override { return start_ + timeline_.now().time_since_epoch(); }

private:
    const Timeline& timeline_;
    Timestamp start_;
};

}  // namespace liandong::simulator
