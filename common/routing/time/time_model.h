#pragma once

#include "common/base/time.h"
#include "common/routing/time/calibration.h"
#include "common/routing/time/turnout.h"

#include <array>
#include <optional>
#include <string>

namespace liandong::routing {

/// What a district knows of its travel times: the content of the file that `liandong-roads
/// calibrate` writes. Default-constructed: nothing, so that every answer is a prior.
struct TimeModel {
    std::string name;                             ///< ≤ 200 bytes, for people
    Duration utc_offset = std::chrono::hours{8};  ///< of the local time that hours are told by
    std::array<std::optional<Calibration>, kProfiles> calibrations;
    TurnoutTable turnout;

    bool is_calibrated(Profile profile) const {
        return calibrations[index_of(profile)].has_value();
    }
    /// The profile's calibration, else class speeds.
    Calibration road(Profile profile) const;
    std::size_t band(Timestamp time) const { return hour_band(time, utc_offset); }

    friend bool operator==(const TimeModel&, const TimeModel&) = default;
};

inline constexpr std::size_t kTimeModelBytes_max = 4 * 1024 * 1024;

/// {"format":"liandong-travel-model","version":1, …}, see docs/roads.md. What is read equals what
/// was written to 12 digits.
std::string to_json(const TimeModel& model);

/// INVALID_ARGUMENT / TRAVEL_MODEL_MALFORMED (metadata "field", a dotted path): not such a file, of
/// another version, or with a value that cannot be meant (not finite, quantiles that fall, a slope
/// outside [0.2, 1.2] …).
Result<TimeModel> parse_time_model(std::string_view json);

/// Reads a file. NOT_FOUND / TRAVEL_MODEL_UNREADABLE, and the errors of `parse_time_model`.
Result<TimeModel> load_time_model(const std::string& file);

}  // namespace liandong::routing
