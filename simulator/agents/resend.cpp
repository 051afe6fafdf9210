#include "simulator/agents/resend.h"

namespace liandong::simulator {

bool may_resend(const Error& error) {
    switch (error.code) {
    case Code::kUnavailable:
    case Code::kDeadlineExceeded:
    case Code::kCancelled:
    case Code::kAborted:
    case Code::kResourceExhausted: return true;
    default: return false;
    }
}

Duration jittered(Duration backoff, Random& random) {
    const auto half = backoff.count() / 2;
    return Duration{half +
                    static_cast<Duration::rep>(random.below(static_cast<std::uint64_t>(half) + 1))};
}

}  // namespace liandong::simulator
