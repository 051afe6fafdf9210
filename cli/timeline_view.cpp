#include "cli/table.h"
#include "cli/times.h"
#include "cli/view.h"
#include "cli/words.h"

#include <fmt/format.h>

namespace liandong::cli {
namespace {

/// "签收 signed" of ORDER_SIGNED, "研判 triaged" of TRIAGED, "接报 report" of REPORT.
std::string kind_words(const std::string& kind) {
    if (kind == "REPORT") return "接报 report";
    if (kind == "ORDER_SENT") return "派警 order sent";
    if (const auto fact = kind.starts_with("ORDER_")
                              ? parse_word<dispatch::v1::OrderFact>(kind.substr(6))
                              : std::nullopt) {
        return words(*fact);
    }
    if (const auto note = parse_word<intake::v1::NoteKind>(kind)) return words(*note);
    return kind;
}

std::string what(const intake::v1::TimelineLine& line) {
    std::string text = line.text();
    for (const auto& change : line.changes()) {
        text += fmt::format("{}{}: {} → {}", text.empty() ? "" : "; ", change.field(),
                            change.before().empty() ? "-" : change.before(),
                            change.after().empty() ? "-" : change.after());
    }
    if (line.corrects() != 0) text += fmt::format(" (更正 corrects #{})", line.corrects());
    if (!line.other_incident_id().empty())
        text += fmt::format(" [{}]", short_id(line.other_incident_id()));
    if (!line.reason().empty()) text += fmt::format(" ({})", line.reason());
    return text;
}

std::string count_table(const char* heading,
                        const google::protobuf::RepeatedPtrField<intake::v1::IncidentCount>& rows) {
    Table table({heading, "open", "closed"});
    for (const auto& row : rows) {
        const auto phase = parse_word<intake::v1::IncidentPhase>(row.key());
        const std::string key = row.key().empty() ? "不明 unknown" : row.key();
        table.add({phase ? words(*phase) : key, std::to_string(row.open()),
                   std::to_string(row.closed())});
    }
    return table.text();
}

}  // namespace

std::string timeline_lines(const intake::v1::GetTimelineResponse& response) {
    Table table({"happened", "recorded", "#", "what", "who", ""});
    for (const auto& line : response.lines()) {
        const bool is_late = line.recorded_at_micros() != line.occurred_at_micros();
        const std::string who = line.on_behalf_of().empty()
                                    ? line.actor()
                                    : fmt::format("{} 代 {}", line.actor(), line.on_behalf_of());
        table.add({short_time(line.occurred_at_micros()),
                   is_late ? short_time(line.recorded_at_micros()) : "",
                   line.note_number() == 0 ? "" : std::to_string(line.note_number()),
                   kind_words(line.kind()), who, what(line)});
    }
    return fmt::format("{} {}\n{}", response.incident().number(), response.incident().summary(),
                       table.text());
}

std::string count_tables(const intake::v1::CountIncidentsResponse& response) {
    return fmt::format("open {}, of them life-threatening {}, unread {}; closed {}\n\n{}\n{}\n{}",
                       response.open(), response.life_threatening_open(), response.unread(),
                       response.closed(), count_table("area", response.by_area()),
                       count_table("type", response.by_type()),
                       count_table("phase", response.by_phase()));
}

}  // namespace liandong::cli
