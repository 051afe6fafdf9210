#pragma once

#include "simulator/matrix/fleet_state.h"

#include <optional>
#include <span>
#include <string_view>

namespace liandong::simulator::matrix {

struct Choice {
    Index unit = 0;
    Duration travel{0};
};

/// What a policy knows when a call comes in.
struct Situation {
    Duration now;
    std::span<const UnitState> units;
    std::span<const Duration> towards;  ///< times to the call's zone, by zone of departure
};

/// Which unit goes. Pure: equal situations, equal choices.
class Policy {
public:
    virtual ~Policy() = default;
    virtual std::string_view name() const = 0;
    /// Whether a unit on its way to its base may be sent. If not, a unit that gets back takes the
    /// oldest waiting call, as one that clears does.
    virtual bool sends_returning() const = 0;
    /// A unit that is not busy; nullopt: none, the call waits (or is lost).
    virtual std::optional<Choice> choose(const Situation& situation) const = 0;
};

/// "at-base": the unit with the shortest travel time among those at their bases. Of equal times,
/// the lowest index.
const Policy& nearest_at_base();

/// "returning": among those at their bases and those on their way there, each from where it is
/// (`time_from_where_it_is`). Of equal times, the lowest index.
const Policy& nearest_or_returning();

/// By name; nullptr: there is none.
const Policy* find_policy(std::string_view name);

}  // namespace liandong::simulator::matrix
