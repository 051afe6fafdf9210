#pragma once

#include "common/base/time.h"
#include "common/routing/road_graph.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liandong::routing {

/// A desk's word that a road is closed (flood, landslide, control, height bar), until it ends by
/// itself (desk practice D24). The map file is not changed.
struct Closure {
    std::string id;  ///< of the desk's entry; one that comes again replaces the former
    RoadId road = kNone;
    bool forward = true;   ///< closed with the road's line …
    bool backward = true;  ///< … and against it
    Timestamp from{};      ///< in force while from ≤ now …
    Timestamp until{};     ///< … and now < until
    std::array<bool, kProfiles> profiles{true, true, true, true};  ///< closed to whom
    SizeLimits limits;  ///< if any is set: closed only to vehicles above one of them (a height bar)
};

/// Whether it stops such a vehicle of `profile` at `now`.
bool stops(const Closure& closure, Profile profile, const SizeLimits& vehicle, Timestamp now);

inline constexpr std::size_t kClosures_max = 10'000;

/// The closures of one desk. A plain value: copy it, hand it on.
class Closures {
public:
    /// Adds or replaces by id. RESOURCE_EXHAUSTED / TOO_MANY_CLOSURES above kClosures_max.
    Status put(Closure closure);
    /// False: there was none of that id.
    bool lift(const std::string& id);
    /// Takes away those that ended at or before `now` and says how many.
    std::size_t expire(Timestamp now);
    /// When the next of them begins or ends after `now`: the moment to build weights anew.
    std::optional<Timestamp> next_change(Timestamp now) const;

    /// Ascending by id.
    const std::vector<Closure>& all() const { return closures_; }

private:
    std::vector<Closure> closures_;
};

}  // namespace liandong::routing
