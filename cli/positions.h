#pragma once

#include "common/base/error.h"
#include "liandong/common/v1/types.pb.h"

#include <string>
#include <string_view>

namespace liandong::cli {

/// Reads "LATITUDE,LONGITUDE" or "LATITUDE,LONGITUDE,DATUM" in degrees. Without a datum it is left
/// unspecified: what the platform then does (a report is taken and marked, anything else refused)
/// is its business. INVALID_ARGUMENT / POSITION_MALFORMED, DATUM_UNKNOWN.
Result<common::v1::Position> parse_position(std::string_view text);

/// "30.92830,113.57250"; empty when there is none.
std::string position_text(const common::v1::Place& place);

/// Words, area and position of a place, as far as they are known.
std::string place_text(const common::v1::Place& place);

/// Reads "SCALE:CODE[:AUTHORITY]", such as "fire_alarm:3" or "warning:orange:孝感市气象台".
/// INVALID_ARGUMENT / LEVEL_MALFORMED.
Result<common::v1::Level> parse_level(std::string_view text);

}  // namespace liandong::cli
