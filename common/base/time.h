#pragma once

#include "common/base/error.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace liandong {

/// All durations and times are integer microseconds.
using Duration = std::chrono::microseconds;

/// A point in the world's time (UTC). `Timestamp{}` (1970) stands for "not set" in entities.
using Timestamp = std::chrono::sys_time<Duration>;

/// A point on a process's own monotonic time line; only differences mean anything. Deadlines and
/// latencies use it.
struct MonotonicTag {
    using duration = Duration;
    using rep = Duration::rep;
    using period = Duration::period;
    using time_point = std::chrono::time_point<MonotonicTag, Duration>;
    static constexpr bool is_steady = true;
};
using MonotonicTime = MonotonicTag::time_point;

inline std::int64_t to_micros(Timestamp t) { return t.time_since_epoch().count(); }
inline Timestamp from_micros(std::int64_t micros) { return Timestamp{Duration{micros}}; }
inline bool is_set(Timestamp t) { return t != Timestamp{}; }

/// RFC 3339 in UTC with microseconds: "2026-07-18T10:00:00.000000Z".
std::string to_rfc3339(Timestamp t);

/// Reads RFC 3339 with "Z" or a numeric offset and 0–6 fractional digits. INVALID_ARGUMENT /
/// TIME_MALFORMED.
Result<Timestamp> parse_rfc3339(std::string_view text);

/// The civil date in China (UTC+8, no daylight saving) as "20260718": the date part of readable
/// numbers.
std::string china_date(Timestamp t);

}  // namespace liandong
