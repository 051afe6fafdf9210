#include "cli/follow.h"

#include <thread>

namespace liandong::cli {
namespace {

constexpr Duration kFirst = std::chrono::milliseconds{250};
constexpr Duration kLongest = std::chrono::seconds{10};
constexpr int kDoublings_max = 6;  // 0.25 s · 2^6 is beyond the longest

}  // namespace

Duration Backoff::next() {
    const Duration pause = std::min(kLongest, kFirst * (1 << std::min(failures_, kDoublings_max)));
    ++failures_;
    const double spread = 0.8 + 0.4 * random_.unit();
    return Duration{static_cast<std::int64_t>(static_cast<double>(pause.count()) * spread)};
}

bool is_resumable(const Error& error) {
    return error.code == Code::kUnavailable || error.code == Code::kDeadlineExceeded ||
           (error.code == Code::kUnauthenticated && error.reason == "TOKEN_EXPIRED");
}

void wait(Duration duration) { std::this_thread::sleep_for(duration); }

}  // namespace liandong::cli
