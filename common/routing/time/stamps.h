#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "common/routing/search.h"
#include "common/routing/time/calibration.h"
#include "common/routing/time/turnout.h"

#include <istream>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace liandong::routing {

/// One recorded journey of a crew that left its quarters: what times are calibrated on. Where units
/// really start is rarely recorded; whoever writes these says in `from` what he assumes.
struct Stamp {
    std::string group;  ///< kind of unit, as `services` names it ("fire_engine"); ≤ 64 bytes
    Profile profile = Profile::kEmergency;
    domain::Point from, to;
    Timestamp sent, departed, arrived;

    friend bool operator==(const Stamp&, const Stamp&) = default;
};

inline constexpr std::size_t kStamps_max = 5'000'000;

/// CSV with a header line, no quotes: group,profile,from_latitude,from_longitude,to_latitude,
/// to_longitude,sent,departed,arrived; degrees in WGS-84, times in RFC 3339.
void write_stamps(const std::vector<Stamp>& stamps, std::ostream& out);

/// INVALID_ARGUMENT with metadata "line": STAMPS_MALFORMED (columns, a word, a number out of
/// range), TIME_MALFORMED; STAMPS_MISSING when there is no row, TOO_MANY_STAMPS above kStamps_max.
/// Whether the times make sense is not judged here: real records run backwards at times.
Result<std::vector<Stamp>> read_stamps(std::istream& in);

/// The shortest journey that says anything about speed, and the longest that is one.
inline constexpr double kTravelSeconds_min = 20;
inline constexpr double kTravelSeconds_max = 2 * 3'600;
inline constexpr double kTravelMeters_min = 50;
inline constexpr double kTurnoutSeconds_max = 3'600;

/// A stamp with the road between its ends.
struct ObservedStamp {
    Stamp stamp;
    ObservedTrip trip;
};

/// What stamps came to on a map. `dropped`: why others did not, by cause ("times run backwards or
/// are absurd", "origin off the roads", "destination off the roads", "no way", "too near").
struct Observed {
    std::vector<ObservedStamp> trips;
    std::vector<std::pair<Profile, ObservedTurnout>> turnouts;
    std::map<std::string, std::size_t> dropped;
};
Observed observe(const std::vector<Stamp>& stamps, std::shared_ptr<const RoadGraph> graph,
                 Duration utc_offset);

}  // namespace liandong::routing
