#pragma once

#include "common/base/error.h"
#include "common/base/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace liandong::cli {

/// "07-18 18:00:05" in China's time; "-" for 0 (not set).
std::string short_time(std::int64_t micros);

/// "2026-07-18 18:00:05" in China's time; empty for 0.
std::string long_time(std::int64_t micros);

/// RFC 3339 with China's offset, as a command line takes it back.
std::string exact_time(Timestamp time);

/// Whether reading `text` needs the world's time: "18:05", "+2h", "-90s", "now".
bool is_relative(std::string_view text);

/// Reads RFC 3339; "HH:MM" or "HH:MM:SS" of `now`'s day in China; "now"; "+" or "-" and a number of
/// s, m, h or d. INVALID_ARGUMENT / TIME_MALFORMED.
Result<Timestamp> parse_when(std::string_view text, Timestamp now);

}  // namespace liandong::cli
