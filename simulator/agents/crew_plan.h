#pragma once

#include "common/base/random.h"
#include "common/domain/geo.h"
#include "common/domain/order.h"
#include "common/domain/unit.h"
#include "simulator/scenario/scenario.h"

#include <optional>
#include <string_view>
#include <vector>

namespace liandong::simulator {

/// A fact that a crew will press, and when: world time after the order reached it.
struct PlannedFact {
    domain::OrderFact fact = domain::OrderFact::kSigned;
    Duration after{};
    friend bool operator==(const PlannedFact&, const PlannedFact&) = default;
};

/// How a crew of this kind reacts, travels and works. Chance: signing after 3 s to 60 s
/// (exponential, mean 8 s), turning out 20 s to 80 s later, the scene's time by 70 % to 130 %;
/// travel is `report.travel`, else distance × 1.3 ÷ the kind's speed, 8 minutes when a place is
/// unknown.
std::vector<PlannedFact> plan_of(const domain::Unit& unit, domain::Point from,
                                 std::optional<domain::Point> to, const ScenarioReport& report,
                                 Random& random);

/// What the report's record says of this unit; nullptr when it does not name it.
const RecordedOrder* recorded_order(const ScenarioReport& report, std::string_view unit_id);

/// The recorded stamps, as offsets from the scenario's start, in order of time; what was not
/// recorded is left out, except signing (halfway to departure, at most 10 s) and clearing (the
/// scene's time after the last stamp).
std::vector<PlannedFact> recorded_plan_of(const RecordedOrder& recorded, Duration scene);

}  // namespace liandong::simulator
