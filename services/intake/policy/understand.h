#pragma once

#include "services/intake/policy/catalogue/catalogue.h"
#include "services/intake/policy/desk_work.h"
#include "services/intake/policy/duplicates/features.h"
#include "services/intake/policy/knowledge.h"
#include "services/intake/policy/take_report.h"

#include <cstdint>
#include <string_view>

/// What data adds to what people say: areas by position, types and levels by the catalogue. All of
/// it is a proposal that is marked as one; nothing is refused, and dispatch waits for none of it
/// (D1, D2). Pure.
namespace liandong::intake {

/// Adds to a report just taken what `knowledge` tells, and returns what its words give away.
///
/// - Place: `fill_area`; what it has to say stands in the corrections.
/// - Type: an unknown code is kept and flagged TYPE_UNKNOWN. Without one, `suggested_types`.
/// - Level and danger to life, each only where the caller said none, by the rules of the type (of
///   the best suggestion, when none is given), and the hazards that the words name: marked in
///   `intake.proposed`. What machines
///   raise and nobody has checked is never proposed as a danger to life.
/// - What such incidents usually need.
Features understand(TakenReport& taken, const Knowledge& knowledge);

/// A triage with what the catalogue and the map add to it: another type brings its level and
/// needs where nobody has set them, a new position its area.
struct UnderstoodTriage {
    Triage triage;
    std::uint8_t proposed = 0;  ///< bits of `domain::Proposed` that hold after it
    bool has_type = false;      ///< `needs` replace those of the incident
    std::vector<domain::UsualNeed> needs;
};
UnderstoodTriage understand(const domain::Incident& incident, Triage triage,
                            const Knowledge& knowledge);

/// Who proposes: `Level.authority` of a proposed level.
inline constexpr std::string_view kCatalogueAuthority = "catalogue";

}  // namespace liandong::intake
