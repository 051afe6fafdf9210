#pragma once

#include "common/async/timers.h"

#include <functional>
#include <optional>
#include <utility>

namespace liandong::redis {

/// One wake-up for many deadlines: `want` moves it forward, never back. It may fire without need;
/// whoever is woken looks what is due and asks again. `timers` must outlive it; `wake` must not
/// destroy it.
class DeadlineTimer {
public:
    DeadlineTimer(Timers& timers, std::function<void()> wake)
        : timers_(timers), wake_(std::move(wake)) {}
    ~DeadlineTimer() { stop(); }
    DeadlineTimer(const DeadlineTimer&) = delete;
    DeadlineTimer& operator=(const DeadlineTimer&) = delete;

    void want(MonotonicTime when) {
        if (when_ && *when_ <= when) return;
        stop();
        when_ = when;
        id_ = timers_.at(when, [this] {
            when_.reset();
            wake_();
        });
    }
    void want(std::optional<MonotonicTime> when) {
        if (when) want(*when);
    }
    void stop() {
        if (when_) timers_.cancel(id_);
        when_.reset();
    }

private:
    Timers& timers_;
    std::function<void()> wake_;
    std::optional<MonotonicTime> when_;
    Timers::Id id_ = 0;
};

}  // namespace liandong::redis
