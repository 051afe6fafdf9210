#pragma once

#include "common/base/time.h"

#include <cmath>
#include <cstdint>

namespace liandong::simulator {

/// Where a scenario's offsets lie on the wall: offset 0 at `origin`, `speed` (> 0) world seconds a
/// wall second.
class Pace {
public:
    Pace(MonotonicTime origin, double speed) : origin_(origin), speed_(speed) {}

    MonotonicTime at(Duration offset) const { return origin_ + wall(offset); }
    Duration wall(Duration world) const { return scaled(world, 1 / speed_); }
    Duration world(Duration wall) const { return scaled(wall, speed_); }
    double speed() const { return speed_; }

private:
    static Duration scaled(Duration value, double factor) {
        return Duration{std::llround(static_cast<double>(value.count()) * factor)};
    }
    MonotonicTime origin_;
    double speed_;
};

/// The server's world time, estimated from the answers it gave: the scenario's epoch is not the
/// server's.
class WorldTime {
public:
    explicit WorldTime(double speed) : speed_(speed) {}

    /// An answer that carries the server's time came at `at`. Answers may come out of order; a
    /// later one counts.
    void observe(std::int64_t server_micros, MonotonicTime at) {
        if (server_micros == 0 || at < observed_at_) return;
        server_micros_ = server_micros;
        observed_at_ = at;
    }

    /// Microseconds since 1970; 0 before the first answer. Behind the server's clock by the age of
    /// that answer's trip.
    std::int64_t estimate(MonotonicTime now) const {
        if (server_micros_ == 0) return 0;
        const auto passed = static_cast<double>((now - observed_at_).count()) * speed_;
        return server_micros_ + std::llround(passed);
    }

private:
    double speed_;
    std::int64_t server_micros_ = 0;
    MonotonicTime observed_at_{};
};

}  // namespace liandong::simulator
