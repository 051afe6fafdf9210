#pragma once

#include "common/base/error.h"
#include "common/base/time.h"

#include <string_view>

namespace liandong::simulator {

/// Reads "12/31/2016 11:57:56 PM" as local time of Los Angeles (UTC−8, in summer UTC−7 by the rule
/// in force since 2007) and gives UTC. The repeated hour in autumn reads as summer time.
/// INVALID_ARGUMENT / TIME_MALFORMED.
Result<Timestamp> parse_pacific_time(std::string_view text);

}  // namespace liandong::simulator
