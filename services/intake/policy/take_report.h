#pragma once

#include "common/domain/incident.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liandong::intake {

/// A report as it came over the wire: nothing checked, nothing converted.
struct RawReport {
    std::string on_behalf_of;  ///< of the request's header
    int channel = 0;
    std::string source_id;
    std::string words;
    std::string words_charset;
    std::string reporter_name;
    std::string reporter_phone;
    std::string reporter_language;
    std::vector<int> reporter_needs;
    std::string type_code;
    int level_scale = 0;
    int level_code = 0;
    std::string level_authority;
    bool life_threatening = false;
    struct RawPosition {
        double latitude = 0;
        double longitude = 0;
        int datum = 0;
    };
    std::optional<RawPosition> position;
    double accuracy_meters = 0;
    std::string address;
    std::string area_code;
    std::optional<std::uint32_t> heading_degrees;
    std::int64_t occurred_at_micros = 0;
    std::int64_t rung_at_micros = 0;
    std::int64_t answered_at_micros = 0;
    int call_end = 0;
};

/// "The same event" as it came over the wire (D17).
struct RawSameEvent {
    std::string incident_id;
    int in_danger = 0;  ///< numbers of the API's answers: 1 no, 2 yes
    int anything_new = 0;
    std::string what_is_new;
};

/// Who takes it, under which ids.
struct Taking {
    std::string report_id;
    std::string incident_id;
    std::string recorded_by;
    std::string agency;
    Timestamp now;
};

struct TakenReport {
    domain::Report report;             ///< without the sealed reporter
    domain::Incident incident;         ///< RECEIVED, with this one report
    std::string reporter_name;         ///< cut to 200 bytes, to be sealed
    std::string reporter_phone;        ///< cut to 32 bytes
    std::string reporter_language;     ///< cut to 32 bytes
    std::uint32_t reporter_needs = 0;  ///< bit n: need n of the API
};

/// Oldest and newest times that a report may plausibly name.
inline constexpr std::chrono::hours kReportAge_max{7 * 24};
inline constexpr std::chrono::minutes kReportFuture_max{5};
inline constexpr std::size_t kOnBehalfOf_max = 64;

/// D1: never refuses. Whatever cannot be taken as it came is set aside as a `Correction` with one
/// of CHANNEL_UNKNOWN, SOURCE_MALFORMED, TEXT_EMPTY, TEXT_TOO_LONG (cut), NOT_UTF8,
/// CHARSET_UNKNOWN, LEVEL_OUT_OF_RANGE, PLACE_MISSING, DATUM_UNSPECIFIED, LATITUDE_OUT_OF_RANGE,
/// LONGITUDE_OUT_OF_RANGE, ACCURACY_OUT_OF_RANGE, AREA_MALFORMED, TIME_OUT_OF_RANGE,
/// TIME_IMPOSSIBLE, CAMERA_ID_MALFORMED (a camera has 20 digits, GB/T 28181), CALL_END_UNKNOWN,
/// NEED_UNKNOWN; the words themselves are kept as bytes up to kWords_max.
TakenReport take_report(const RawReport& raw, const Taking& taking);

}  // namespace liandong::intake
