#pragma once

#include "common/routing/time/prior.h"
#include "common/routing/time/quantile_curve.h"

#include <array>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace liandong::routing {

/// A crew that left its quarters.
struct ObservedTurnout {
    std::string group;  ///< kind of unit, opaque here
    std::size_t band = 0;
    double seconds = 0;  ///< sent → departed, ≥ 0
};

/// How long crews take to get under way: what was seen, by kind of unit and hour, and what is
/// assumed where nothing was.
struct TurnoutTable {
    struct Entry {
        QuantileCurve seconds;
        std::size_t trips = 0;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    std::map<std::string, std::array<Entry, kHourBands>, std::less<>> by_group;

    /// Records tell of crews in quarters; for those under way, and for a group that was not seen,
    /// the prior.
    QuantileCurve turnout(std::string_view group, std::size_t band, Readiness readiness) const;

    friend bool operator==(const TurnoutTable&, const TurnoutTable&) = default;
};

/// Empirical quantiles. A band is mixed with its group's whole day, a group with the prior, each as
/// 20 trips against its own number.
TurnoutTable tabulate(std::span<const ObservedTurnout> seen);

}  // namespace liandong::routing
