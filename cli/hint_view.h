#pragma once

#include "liandong/intake/v1/intake.pb.h"

#include <string>

/// What intake proposes, for people to read.
namespace liandong::cli {

std::string callback_text(const intake::v1::Callback& callback);
/// Who answers for a place, a line each.
std::string responsible_lines(const intake::v1::Responsible& responsible);
/// Incidents that a report may be about, with the heaviest reasons.
std::string candidate_table(
    const google::protobuf::RepeatedPtrField<intake::v1::DuplicateCandidate>& candidates);
/// The part of an answer to a report that helps to go on; empty when there is nothing.
std::string hint_lines(const intake::v1::ReportIncidentResponse& response);

}  // namespace liandong::cli
