#include "services/intake/policy/take_report.h"

#include "common/base/id.h"
#include "common/base/utf8.h"
#include "services/intake/policy/callback.h"
#include "services/intake/policy/readable_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr std::size_t kReceived_max = 200;
constexpr std::size_t kAddress_max = 500;
constexpr std::size_t kAuthority_max = 64;

/// The longest prefix of ≤ `limit` bytes that does not end inside a UTF-8 sequence.
std::string cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string(text);
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return std::string(text.substr(0, end));
}

constexpr int kReporterNeed_max = 4;

bool is_camera_id(std::string_view id) {
    return id.size() == 20 && std::ranges::all_of(id, [](char c) { return c >= '0' && c <= '9'; });
}

class Taker {
public:
    Taker(const RawReport& raw, const Taking& taking) : raw_(raw), taking_(taking) {}

    TakenReport take() {
        take_identity();
        take_words();
        take_type_and_level();
        take_place();
        take_times();
        open_incident();
        taken_.reporter_name = personal(raw_.reporter_name, 200, "reporter.name");
        taken_.reporter_phone = personal(raw_.reporter_phone, 32, "reporter.phone");
        taken_.reporter_language = personal(raw_.reporter_language, 32, "reporter.language");
        take_reporter_needs();
        taken_.report.corrections = std::move(corrections_);
        taken_.incident.needs_correction = !taken_.report.corrections.empty();
        return std::move(taken_);
    }

private:
    void set_aside(std::string_view field, std::string_view reason, std::string_view received) {
        if (corrections_.size() == kCorrections_max) return;
        corrections_.push_back({std::string(field), std::string(reason),
                                cut(to_displayable(received), kReceived_max)});
    }

    /// Readable text of at most `limit` bytes; what had to be changed for it is set aside.
    std::string text(const std::string& bytes, std::size_t limit, std::string_view field) {
        if (!is_utf8(bytes)) set_aside(field, "NOT_UTF8", bytes);
        if (bytes.size() > limit)
            set_aside(field, "TEXT_TOO_LONG", fmt::format("{} bytes", bytes.size()));
        return cut(to_displayable(bytes), limit);
    }

    void take_identity() {
        Report& report = taken_.report;
        report.id = taking_.report_id;
        report.incident_id = taking_.incident_id;
        report.serial_date = china_date(taking_.now);
        report.recorded_at = taking_.now;
        report.recorded_by = taking_.recorded_by;
        report.agency = taking_.agency;
        if (raw_.channel >= 0 && raw_.channel < kChannels) {
            report.channel = static_cast<Channel>(raw_.channel);
        }
        if (report.channel == Channel::kUnspecified) {
            set_aside("channel", "CHANNEL_UNKNOWN", fmt::to_string(raw_.channel));
        }
        take_source();
        if (raw_.call_end >= 0 && raw_.call_end < kCallEnds) {
            report.call_end = static_cast<CallEnd>(raw_.call_end);
        } else {
            set_aside("call_end", "CALL_END_UNKNOWN", fmt::to_string(raw_.call_end));
        }
        // The event header carries it when it can be read; here only what is wrong with it counts.
        text(raw_.on_behalf_of, kOnBehalfOf_max, "header.on_behalf_of");
    }

    void take_source() {
        Report& report = taken_.report;
        const std::string& id = raw_.source_id;
        if (report.channel == Channel::kCamera && !is_camera_id(id)) {
            set_aside("source_id", "CAMERA_ID_MALFORMED", id);
        } else if (id.empty() || is_safe_id(id)) {
            report.source_id = id;
        } else {
            set_aside("source_id", "SOURCE_MALFORMED", id);
        }
    }

    void take_reporter_needs() {
        for (const int need : raw_.reporter_needs) {
            if (need > 0 && need <= kReporterNeed_max) {
                taken_.reporter_needs |= 1U << static_cast<unsigned>(need);
            } else {
                set_aside("reporter.needs", "NEED_UNKNOWN", fmt::to_string(need));
            }
        }
    }

    void take_words() {
        Report& report = taken_.report;
        report.words = raw_.words.substr(0, kWords_max);
        if (raw_.words.size() > kWords_max) {
            set_aside("words", "TEXT_TOO_LONG", fmt::format("{} bytes", raw_.words.size()));
        }
        report.words_charset = cut(to_displayable(raw_.words_charset), 32);
        if (raw_.words.empty()) {
            set_aside("words", "TEXT_EMPTY", "");
            return;
        }
        summary_ = readable_words();
    }

    std::string readable_words() {
        const ReadableWords words = intake::readable_words(raw_.words, raw_.words_charset);
        if (words.is_guess) {
            set_aside("words", raw_.words_charset.empty() ? "CHARSET_UNKNOWN" : "NOT_UTF8",
                      raw_.words_charset);
        }
        return cut(words.text, kSummary_max);
    }

    void take_type_and_level() {
        if (raw_.type_code.size() <= kTypeCode_max && is_utf8(raw_.type_code)) {
            taken_.report.type_code = raw_.type_code;
        } else {
            set_aside("type_code", is_utf8(raw_.type_code) ? "TEXT_TOO_LONG" : "NOT_UTF8",
                      raw_.type_code);
        }
        const bool is_scale =
            raw_.level_scale >= 0 && raw_.level_scale <= static_cast<int>(LevelScale::kPriority);
        const Level level{
            is_scale ? static_cast<LevelScale>(raw_.level_scale) : LevelScale::kUnspecified,
            raw_.level_code, text(raw_.level_authority, kAuthority_max, "level_authority")};
        if (is_scale && is_valid(level)) {
            level_ = level;
        } else {
            set_aside("level_code", "LEVEL_OUT_OF_RANGE",
                      fmt::format("{}/{}", raw_.level_scale, raw_.level_code));
        }
    }

    void take_place() {
        Place& place = taken_.report.place;
        place.address = text(raw_.address, kAddress_max, "address");
        take_area(place);
        take_heading(place);
        if (raw_.position) {
            take_position(place);
        } else if (raw_.address.empty()) {
            set_aside("position", "PLACE_MISSING", "");
        }
        if (std::isfinite(raw_.accuracy_meters) && raw_.accuracy_meters >= 0 &&
            raw_.accuracy_meters <= 100'000) {
            place.accuracy = Meters{raw_.accuracy_meters};
        } else {
            set_aside("accuracy_meters", "ACCURACY_OUT_OF_RANGE",
                      fmt::to_string(raw_.accuracy_meters));
        }
    }

    void take_heading(Place& place) {
        if (!raw_.heading_degrees) return;
        if (*raw_.heading_degrees < 360) {
            place.heading_degrees = static_cast<std::int32_t>(*raw_.heading_degrees);
        } else {
            set_aside("heading_degrees", "HEADING_OUT_OF_RANGE",
                      fmt::to_string(*raw_.heading_degrees));
        }
    }

    void take_area(Place& place) {
        const std::string& code = raw_.area_code;
        const bool is_code = code.size() >= 6 && code.size() <= 15 &&
                             std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
        if (code.empty() || is_code) {
            place.area_code = code;
        } else {
            set_aside("area_code", "AREA_MALFORMED", code);
        }
    }

    void take_position(Place& place) {
        const auto& raw = *raw_.position;
        const bool is_datum = raw.datum >= 0 && raw.datum <= static_cast<int>(Datum::kCgcs2000);
        const Datum datum = is_datum ? static_cast<Datum>(raw.datum) : Datum::kUnspecified;
        const auto point = to_wgs84(raw.latitude, raw.longitude, datum);
        if (point) {
            place.position = *point;
            place.reported_datum = datum;
            return;
        }
        set_aside(fmt::format("position.{}", point.error().find("field")), point.error().reason,
                  fmt::format("{},{} datum {}", raw.latitude, raw.longitude, raw.datum));
    }

    Timestamp take_time(std::int64_t micros, std::string_view field) {
        if (micros == 0) return {};
        const Timestamp time = from_micros(micros);
        if (time >= taking_.now - kReportAge_max && time <= taking_.now + kReportFuture_max)
            return time;
        set_aside(field, "TIME_OUT_OF_RANGE", fmt::to_string(micros));
        return {};
    }

    void take_times() {
        Report& report = taken_.report;
        report.occurred_at = take_time(raw_.occurred_at_micros, "occurred_at_micros");
        report.rung_at = take_time(raw_.rung_at_micros, "rung_at_micros");
        report.answered_at = take_time(raw_.answered_at_micros, "answered_at_micros");
        if (is_set(report.rung_at) && is_set(report.answered_at) &&
            report.answered_at < report.rung_at) {
            set_aside("answered_at_micros", "TIME_IMPOSSIBLE",
                      fmt::to_string(raw_.answered_at_micros));
            report.answered_at = {};
        }
    }

    /// Names and numbers never stand in a correction: those are not sealed.
    std::string personal(const std::string& bytes, std::size_t limit, std::string_view field) {
        if (bytes.size() > limit)
            set_aside(field, "TEXT_TOO_LONG", fmt::format("{} bytes", bytes.size()));
        return bytes.substr(0, limit);
    }

    void open_incident() {
        const Report& report = taken_.report;
        Incident& incident = taken_.incident;
        incident.id = taking_.incident_id;
        incident.serial_date = report.serial_date;
        incident.type_code = report.type_code;
        incident.level = level_;
        incident.life_threatening = raw_.life_threatening || urgency_rank(level_) == 4;
        incident.place = report.place;
        incident.summary = summary_;
        incident.agency = taking_.agency;
        incident.report_count = 1;
        incident.report_ids = {taking_.report_id};
        incident.received_at = taking_.now;
        incident.intake.channel = report.channel;
        incident.intake.call_end = report.call_end;
        incident.intake.last_report_at = taking_.now;
        incident.intake.callback = first_callback(report.channel, report.call_end, taking_.now);
    }

    const RawReport& raw_;
    const Taking& taking_;
    TakenReport taken_;
    std::vector<Correction> corrections_;
    std::string summary_;
    Level level_;
};

}  // namespace

TakenReport take_report(const RawReport& raw, const Taking& taking) {
    return Taker(raw, taking).take();
}

}  // namespace liandong::intake
