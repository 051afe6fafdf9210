#pragma once

#include "common/areas/area_map.h"
#include "common/domain/place.h"
#include "liandong/intake/v1/intake.pb.h"
#include "services/intake/policy/catalogue/catalogue.h"
#include "services/intake/policy/duplicates/compare.h"
#include "services/intake/policy/knowledge.h"
#include "services/intake/service/intake_service.h"

#include <optional>
#include <string_view>
#include <vector>

/// What the process knows, as messages. Internal to this folder.
namespace liandong::intake {

namespace pb = liandong::intake::v1;

/// Nothing when no area is known, or nobody is set for it.
std::optional<pb::Responsible> responsible_for(const domain::Place& place,
                                               const Knowledge& knowledge);

pb::Area area_message(const areas::AreaMap& map, const areas::NamedArea& area);

/// The areas that the address names, when the place has no position.
void put_area_candidates(const domain::Place& place, const Knowledge& knowledge,
                         google::protobuf::RepeatedPtrField<pb::Area>& out);

pb::TypeSuggestion type_message(const IncidentType& type, double score);

/// `origin`: what the distance is measured from. A candidate that the mirror does not hold any more
/// is left out.
void put_candidates(const std::vector<Suggestion>& suggestions,
                    const std::optional<domain::Point>& origin, const store::ScopeContext& context,
                    google::protobuf::RepeatedPtrField<pb::DuplicateCandidate>& out);

/// The part of an answer to a report that helps the call-taker to go on. `incident`: as the mirror
/// shows it.
void put_hints(const domain::Incident& incident, std::size_t suggestions, IntakeService& service,
               pb::ReportIncidentResponse& out);

}  // namespace liandong::intake
