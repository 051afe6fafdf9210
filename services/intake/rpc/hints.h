#pragma once

#include "common/domain/place.h"
#include "liandong/intake/v1/intake.pb.h"
#include "services/intake/service/intake_service.h"
#include "services/intake/service/lookups.h"

#include <optional>
#include <string_view>
#include <vector>

/// What the process knows, as messages. Internal to this folder.
namespace liandong::intake {

namespace pb = liandong::intake::v1;

pb::Responsible message_of(const Responsible& responsible);
pb::Area message_of(const FoundArea& area);
void put_areas(const std::vector<FoundArea>& areas,
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
