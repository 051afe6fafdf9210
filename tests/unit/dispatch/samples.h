#pragma once

#include "common/domain/entity.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace liandong::dispatch {

/// World time of the samples: 2026-07-18 18:00 in China.
inline constexpr Timestamp kNow{Duration{1'784'368'800'000'000}};

/// Degrees → point.
domain::Point at(double latitude, double longitude);

/// A police patrol in its station, free.
domain::Unit free_unit(std::string id, domain::Point position = at(30.93, 113.57));
/// The same, held by that order of that incident since it was sent.
domain::Unit busy_unit(std::string id, std::string order_id, std::string incident_id);

/// Just reported.
domain::Incident new_incident(std::string id);
/// SENT, exclusive.
domain::Order sent_order(std::string id, std::string incident_id, std::string unit_id);

}  // namespace liandong::dispatch
