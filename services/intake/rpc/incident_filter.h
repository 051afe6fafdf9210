#pragma once

#include "common/base/error.h"
#include "liandong/intake/v1/intake.pb.h"
#include "services/intake/service/intake_service.h"

namespace liandong::intake {

/// INVALID_ARGUMENT / ENUM_UNKNOWN, TEXT_TOO_LONG, NOT_UTF8, RADIUS_OUT_OF_RANGE, those of
/// `domain::to_wgs84`, and ID_MALFORMED for "linked_to"; fields are below "filter".
Result<IncidentFilter> read_filter(const liandong::intake::v1::IncidentFilter& in);

}  // namespace liandong::intake
