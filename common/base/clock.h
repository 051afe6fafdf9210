#pragma once

#include "common/base/time.h"

namespace liandong {

/// The world's time. Every domain time and due-time is read from it; latencies never are.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    /// How fast it runs, against the machine's time: for waiting until a world time.
    virtual double rate() const { return 1.0; }
};

/// The machine's wall clock (UTC).
class SystemClock final : public Clock {
public:
    Timestamp now() const override;
};

/// A world's own clock: it read `epoch` when `base` read `anchor`, and runs `rate` times as fast.
/// Only exercises may have a rate other than 1 (checked where worlds are configured). Limits: 0 <
/// rate ≤ 100,000.
class WorldClock final : public Clock {
public:
    struct Setting {
        Timestamp epoch;   ///< world time at the anchor
        Timestamp anchor;  ///< wall time at the anchor
        double rate = 1.0;
    };
    /// `base` must outlive the clock.
    WorldClock(const Clock& base, Setting setting);
    Timestamp now() const override;
    double rate() const override { return setting_.rate; }
    const Setting& setting() const { return setting_; }
    /// Once, at start, when the world's setting has been read.
    void set(Setting setting);

private:
    const Clock& base_;
    Setting setting_;
};

/// A clock that a test or the simulator sets by hand.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp start) : now_(start) {}
    Timestamp now() const override { return now_; }
    void set(Timestamp t) { now_ = t; }
    void advance(Duration d) { now_ += d; }

private:
    Timestamp now_;
};

/// Monotonic time of this process.
MonotonicTime monotonic_now();

}  // namespace liandong
