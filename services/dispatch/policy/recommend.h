#pragma once

#include "common/domain/unit.h"
#include "services/dispatch/policy/travel.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::dispatch {

/// One slot to fill.
struct Need {
    std::string capability;               ///< empty: any
    std::vector<domain::UnitKind> kinds;  ///< empty: any
    std::size_t count = 1;
};

struct FilledNeed {
    std::vector<Candidate> chosen;        ///< first to arrive first
    std::vector<Candidate> alternatives;  ///< the next ones
    std::size_t missing = 0;
    std::string_view missing_reason;  ///< NO_SUCH_UNIT, ALL_COMMITTED, OUT_OF_SERVICE,
                                      ///< NEEDS_APPROVAL; empty: none missing
};

struct Recommended {
    std::vector<FilledNeed> needs;  ///< one each
    std::optional<Journeys::PlaceOnRoad> place_on_road;
    std::optional<Journeys::ClosedRoad> closed_road;
};

/// The eligible units that arrive first, for each need in turn; a unit fills one slot. Eligible:
/// available, of the kind and capability wanted, and not APPROVAL (D9). Stale positions never
/// remove a candidate (D23). Ties go to the lower row. Without a place, nobody has a journey and
/// rows are taken in order. Policy "closest" (greedy by slot); `dispatch-science.md` §1.1 calls it
/// closest-idle.
Recommended recommend(std::span<const UnitRow> rows, std::optional<Destination> place,
                      std::span<const Need> needs, std::size_t alternatives, TravelModel& model,
                      Timestamp now);

}  // namespace liandong::dispatch
