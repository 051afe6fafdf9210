#include "common/base/clock.h"

#include "common/base/check.h"

namespace liandong {

Timestamp SystemClock::now() const {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

WorldClock::WorldClock(const Clock& base, Setting setting) : base_(base) { set(setting); }

void WorldClock::set(Setting setting) {
    LIANDONG_CHECK(setting.rate > 0 && setting.rate <= 100'000);
    setting_ = setting;
}

Timestamp WorldClock::now() const {
    const auto elapsed = (base_.now() - setting_.anchor).count();
    return setting_.epoch +
           Duration{static_cast<std::int64_t>(static_cast<double>(elapsed) * setting_.rate)};
}

MonotonicTime monotonic_now() {
    return MonotonicTime{
        std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch())};
}

}  // namespace liandong
