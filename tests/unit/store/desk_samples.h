#pragma once

#include "common/domain/entity.h"

#include <vector>

namespace liandong::store {

/// As `sample_…` of samples.h, of what desks keep: transfer, handover, roster, desk setting, duty
/// report.
std::vector<domain::Entity> desk_samples();
inline constexpr std::size_t kDeskSamples = 5;

/// With clocks that rang, a response level and a duty report.
domain::Incident sample_alarmed_incident();

}  // namespace liandong::store
