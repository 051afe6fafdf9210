#include "common/routing/closures.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::routing {

bool stops(const Closure& closure, Profile profile, const SizeLimits& vehicle, Timestamp now) {
    if (now < closure.from || now >= closure.until || !closure.profiles[index_of(profile)])
        return false;
    return closure.limits == SizeLimits{} || is_above(vehicle, closure.limits);
}

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

std::optional<Timestamp> Closures::next_change(Timestamp now) const {
    std::optional<Timestamp> next;
    for (const Closure& one : closures_) {
        for (const Timestamp change : {one.from, one.until}) {
            if (change > now && (!next || change < *next)) next = change;
        }
    }
    return next;
}

}  // namespace liandong::routing
