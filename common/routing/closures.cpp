#include "common/routing/closures.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::routing {

Status Closures::put(Closure closure) {
    const auto at = std::ranges::lower_bound(closures_, closure.id, {}, &Closure::id);
    if (at != closures_.end() && at->id == closure.id) {
        *at = std::move(closure);
        return {};
    }
    if (closures_.size() >= kClosures_max) {
        return fail(Code::kResourceExhausted, "TOO_MANY_CLOSURES",
                    fmt::format("{} roads are closed already; lift some", kClosures_max));
    }
    closures_.insert(at, std::move(closure));
    return {};
}

bool Closures::lift(const std::string& id) {
    return std::erase_if(closures_, [&id](const Closure& one) { return one.id == id; }) > 0;
}

std::size_t Closures::expire(Timestamp now) {
    return std::erase_if(closures_, [now](const Closure& one) { return one.until <= now; });
}

std::optional<Timestamp> Closures::next_end(Timestamp now) const {
    std::optional<Timestamp> next;
    for (const Closure& one : closures_) {
        if (one.until > now && (!next || one.until < *next)) next = one.until;
    }
    return next;
}

}  // namespace liandong::routing
