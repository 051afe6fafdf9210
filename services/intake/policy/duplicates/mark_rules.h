#pragma once

#include "services/intake/policy/duplicates/compare.h"
#include "services/intake/policy/duplicates/place_names.h"

#include <array>
#include <cstddef>

namespace liandong::intake {

/// What comparing the marks of a report and of an incident gives.
struct MarkFindings {
    std::array<Ground, kMarkKinds> grounds{};  ///< the first `count` of them
    std::size_t count = 0;
    BarSet bars = 0;  ///< conflicts that bar automatic linking
    /// The marks alone identify the incident: a plate, a kilometre post, or a door in a road, a
    /// site or a village that both name.
    bool certain = false;
};

/// Kind by kind: marks that both state agree when they share one value and conflict when they share
/// none. Villages of an ambiguous name agree only when both name the same township.
MarkFindings weigh_marks(const Features& report, const Features& incident, const PlaceNames& names);

}  // namespace liandong::intake
