#include "common/domain/closure.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace liandong::domain {

std::string_view to_string(ClosureReason reason) {
    constexpr std::string_view kNames[] = {"unspecified", "flood",     "landslide", "control",
                                           "height_bar",  "roadworks", "accident",  "snow_ice",
                                           "bridge",      "event",     "other"};
    static_assert(std::size(kNames) == kClosureReasons);
    const std::size_t index = std::to_underlying(reason);
    return index < kClosureReasons ? kNames[index] : "unspecified";
}

Timestamp end_of(const Closure& closure) {
    return is_set(closure.lifted_at) ? std::min(closure.lifted_at, closure.expires_at)
                                     : closure.expires_at;
}

bool is_over(const Closure& closure, Timestamp now) {
    return is_set(closure.lifted_at) || now >= closure.expires_at;
}

bool is_in_force(const Closure& closure, Timestamp now) {
    return closure.begins_at <= now && !is_over(closure, now);
}

}  // namespace liandong::domain
