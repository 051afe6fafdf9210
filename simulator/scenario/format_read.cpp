#include "common/base/id.h"
#include "simulator/scenario/format.h"
#include "simulator/scenario/object_reader.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <cmath>
#include <set>

namespace liandong::simulator {
namespace {

std::unexpected<Error> line_fault(std::size_t line, std::string reason, std::string message) {
    return fail(
        fail(Code::kInvalidArgument, std::move(reason), fmt::format("line {}: {}", line, message))
            .error()
            .with("line", std::to_string(line)));
}

/// The next line without its end, at most one byte longer than the limit; false at the end of the
/// file.
bool next_line(std::istream& in, std::string& line) {
    line.clear();
    for (int c = in.get(); c != std::istream::traits_type::eof(); c = in.get()) {
        if (c == '\n') return true;
        line += static_cast<char>(c);
        if (line.size() > kScenarioLine_max) return true;
    }
    return !line.empty();
}

domain::Point read_point(ObjectReader& reader) {
    const double latitude = reader.required_number("latitude", -90, 90);
    const double longitude = reader.required_number("longitude", -180, 180);
    return {static_cast<std::int32_t>(std::lround(latitude * 1e7)),
            static_cast<std::int32_t>(std::lround(longitude * 1e7))};
}

domain::Level read_level(ObjectReader& reader) {
    domain::Level level;
    level.scale = reader.word("scale", domain::LevelScale::kUnspecified);
    level.code = static_cast<int>(reader.integer("code", 0, 10));
    level.authority = reader.text("authority", 64);
    return level;
}

Need read_need(ObjectReader& reader) {
    Need need;
    need.capability = reader.text("capability", 32);
    need.count = static_cast<int>(reader.integer("count", 1, 50, 1));
    for (const std::string& word : reader.texts("kinds", 14, 32)) {
        const auto kind = parse_word<domain::UnitKind>(word);
        if (!kind)
            reader.fault("kinds", "FIELD_WORD", fmt::format("has no unit kind \"{}\"", word));
        need.kinds.push_back(kind.value_or(domain::UnitKind::kUnspecified));
    }
    return need;
}

RecordedOrder read_recorded(ObjectReader& reader) {
    RecordedOrder order;
    order.unit_id = reader.required_text("unit", 64);
    order.dispatched = reader.required_seconds("dispatched");
    order.departed = reader.seconds("departed");
    order.arrived = reader.seconds("arrived");
    order.cleared = reader.seconds("cleared");
    return order;
}

/// Seven decimals, as everywhere in the system; the JSON parser's own rounding is below that.
double to_degrees(double value) { return static_cast<double>(std::llround(value * 1e7)) / 1e7; }

ReportedPosition read_position(ObjectReader& reader) {
    // Out of range on purpose is allowed: the platform must take such a report (D1).
    ReportedPosition position;
    position.latitude = to_degrees(reader.required_number("latitude", -1e6, 1e6));
    position.longitude = to_degrees(reader.required_number("longitude", -1e6, 1e6));
    position.datum = reader.word("datum", domain::Datum::kUnspecified);
    return position;
}

class Parser {
public:
    Status header(const boost::json::object& object, std::size_t line) {
        ObjectReader reader(object, line);
        if (reader.text("format", 64) != kScenarioFormat) {
            return line_fault(line, "FORMAT_UNKNOWN",
                              fmt::format("\"format\" is not \"{}\"", kScenarioFormat));
        }
        if (reader.integer("version", 0, 1'000'000) != kScenarioVersion) {
            return line_fault(line, "VERSION_UNKNOWN", "this program reads version 1");
        }
        ScenarioHeader& header = scenario_.header;
        header.name = reader.required_text("name", 64);
        header.district = reader.required_text("district", 16);
        const auto start = parse_rfc3339(reader.required_text("start", 40));
        if (!start) reader.fault("start", "FIELD_TYPE", "must be an RFC 3339 time");
        header.start = start.value_or(Timestamp{});
        header.synthetic_places = reader.flag("synthetic_places");
        header.synthetic_events = reader.flag("synthetic_events");
        header.provenance = reader.text("provenance", 2'000);
        return reader.finish();
    }

    Status line(const boost::json::object& object, std::size_t line) {
        ObjectReader reader(object, line);
        const std::string kind = reader.required_text("kind", 32);
        if (kind == "unit") {
            unit(reader);
        } else if (kind == "report") {
            report(reader);
        } else if (kind == "bulletin") {
            bulletin(reader);
        } else if (!reader.failed()) {
            return line_fault(line, "KIND_UNKNOWN",
                              fmt::format("no kind of line is called \"{}\"", kind));
        }
        if (scenario_.units.size() > kScenarioUnits_max ||
            scenario_.reports.size() > kScenarioReports_max ||
            scenario_.bulletins.size() > kScenarioBulletins_max) {
            return line_fault(line, "TOO_MANY", "more lines of this kind than a scenario may have");
        }
        return reader.finish();
    }

    /// Everything that one line alone cannot show.
    Result<Scenario> finish(std::size_t lines) {
        for (const ScenarioReport& report : scenario_.reports) {
            for (const RecordedOrder& order : report.recorded) {
                if (unit_ids_.contains(order.unit_id)) continue;
                return line_fault(lines, "UNIT_UNKNOWN",
                                  fmt::format("report {} names unit {}, which has no line",
                                              report.id, order.unit_id));
            }
            if (report.duplicate_of.empty() || report_ids_.contains(report.duplicate_of)) continue;
            return line_fault(lines, "REPORT_UNKNOWN",
                              fmt::format("report {} repeats {}, which has no line", report.id,
                                          report.duplicate_of));
        }
        return std::move(scenario_);
    }

private:
    std::string id(ObjectReader& reader, std::set<std::string>& taken) {
        std::string id = reader.required_text("id", 64);
        if (reader.failed()) return id;
        if (!is_safe_id(id)) reader.fault("id", "ID_MALFORMED", "must be 1-64 of [A-Za-z0-9_-]");
        if (!taken.insert(id).second) reader.fault("id", "ID_REPEATED", "was given before");
        return id;
    }

    static Duration time(ObjectReader& reader, Duration& last) {
        const Duration at = reader.required_seconds("at");
        if (at < last) reader.fault("at", "OUT_OF_ORDER", "is before that of the line above it");
        last = at;
        return at;
    }

    void unit(ObjectReader& reader) {
        domain::Unit& unit = scenario_.units.emplace_back();
        unit.id = id(reader, unit_ids_);
        unit.call_sign = reader.text("call_sign", 64);
        unit.agency = reader.required_text("agency", 32);
        unit.kind = reader.word("unit_kind", domain::UnitKind::kUnspecified);
        unit.relation = reader.word("relation", domain::CommandRelation::kDirect);
        unit.capabilities = reader.texts("capabilities", 16, 32);
        unit.crew = static_cast<std::int32_t>(reader.integer("crew", 0, 500));
        unit.station = reader.text("station", 100);
        unit.area_code = reader.text("area_code", 15);
        unit.status = reader.word("status", domain::UnitStatus::kInStation);
        reader.child("home", [&](ObjectReader& home) { unit.home = read_point(home); });
    }

    void report(ObjectReader& reader) {
        ScenarioReport& report = scenario_.reports.emplace_back();
        report.id = id(reader, report_ids_);
        report.at = time(reader, last_report_);
        report.channel = reader.word("channel", domain::Channel::kUnspecified);
        report.source_id = reader.text("source_id", 64);
        report.words = reader.bytes("words", domain::kWords_max);
        report.words_charset = reader.text("charset", 16);
        report.reporter_phone = reader.text("phone", 32);
        report.type_code = reader.text("type", domain::kTypeCode_max);
        reader.child("level", [&](ObjectReader& level) { report.level = read_level(level); });
        report.life_threatening = reader.flag("life_threatening");
        reader.child("position",
                     [&](ObjectReader& position) { report.position = read_position(position); });
        report.accuracy_meters = reader.number("accuracy_meters", 0, 100'000);
        report.address = reader.bytes("address", 500);
        report.area_code = reader.text("area_code", 15);
        reader.children("needs", 16,
                        [&](ObjectReader& need) { report.needs.push_back(read_need(need)); });
        report.scene = reader.seconds("scene").value_or(Duration{});
        report.travel = reader.seconds("travel");
        report.duplicate_of = reader.text("duplicate_of", 64);
        reader.children("recorded", 64, [&](ObjectReader& order) {
            report.recorded.push_back(read_recorded(order));
        });
    }

    void bulletin(ObjectReader& reader) {
        ScenarioBulletin& bulletin = scenario_.bulletins.emplace_back();
        bulletin.at = time(reader, last_bulletin_);
        bulletin.kind = reader.word("bulletin_kind", domain::BulletinKind::kUnspecified);
        reader.child("level", [&](ObjectReader& level) { bulletin.level = read_level(level); });
        bulletin.area_codes = reader.texts("area_codes", 64, 15);
        bulletin.valid_for = reader.required_seconds("valid_for");
        reader.children("texts", 8, [&](ObjectReader& text) {
            domain::BulletinText& result = bulletin.texts.emplace_back();
            result.language = text.required_text("language", 35);
            result.headline = text.required_text("headline", 640);
            result.body = text.required_text("body", 4'000);
        });
    }

    Scenario scenario_;
    std::set<std::string> unit_ids_;
    std::set<std::string> report_ids_;
    Duration last_report_{};
    Duration last_bulletin_{};
};

}  // namespace

Result<Scenario> read_scenario(std::istream& in) {
    Parser parser;
    std::string line;
    std::size_t number = 0;
    while (next_line(in, line)) {
        ++number;
        if (line.size() > kScenarioLine_max) {
            return line_fault(number, "LINE_TOO_LONG",
                              fmt::format("more than {} bytes", kScenarioLine_max));
        }
        boost::system::error_code error;
        const boost::json::value value = boost::json::parse(line, error);
        if (error || !value.is_object()) {
            return line_fault(number, "JSON_MALFORMED",
                              error ? error.message() : "not a JSON object");
        }
        const Status status = number == 1 ? parser.header(value.get_object(), number)
                                          : parser.line(value.get_object(), number);
        if (!status) return std::unexpected(status.error());
    }
    if (number == 0) return line_fault(1, "HEADER_MISSING", "the file is empty");
    return parser.finish(number);
}

}  // namespace liandong::simulator
