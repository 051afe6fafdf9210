#include "services/intake/policy/timeline.h"

#include "services/intake/policy/readable_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

Timestamp first_known(std::initializer_list<Timestamp> times) {
    for (const Timestamp time : times) {
        if (is_set(time)) return time;
    }
    return {};
}

TimelineLine line_of(const Report& report) {
    TimelineLine line;
    line.occurred_at = first_known({report.rung_at, report.answered_at, report.recorded_at});
    line.recorded_at = report.recorded_at;
    line.kind = "REPORT";
    line.actor = report.recorded_by;
    line.agency = report.agency;
    line.text = fmt::format("{}: {}", to_string(report.channel),
                            readable_words(report.words, report.words_charset).text);
    line.source_id = report.id;
    return line;
}

TimelineLine sent(const Order& order) {
    TimelineLine line;
    line.occurred_at = line.recorded_at = order.sent_at;
    line.kind = "ORDER_SENT";
    line.actor = order.ordered_by;
    line.agency = order.agency;
    line.text =
        order.note.empty() ? order.unit_id : fmt::format("{}: {}", order.unit_id, order.note);
    line.source_id = order.id;
    return line;
}

TimelineLine line_of(const Order& order, const OrderEntry& entry) {
    TimelineLine line;
    line.occurred_at = first_known({entry.occurred_at, entry.recorded_at});
    line.recorded_at = entry.recorded_at;
    line.kind = fmt::format("ORDER_{}", to_string(entry.fact));
    line.actor = entry.by;
    line.agency = order.agency;
    line.text = order.unit_id;
    line.reason = entry.reason;
    line.source_id = order.id;
    return line;
}

TimelineLine line_of(const Note& note) {
    TimelineLine line;
    line.occurred_at = note.occurred_at;
    line.recorded_at = note.recorded_at;
    line.kind = to_string(note.kind);
    line.actor = note.author;
    line.agency = note.agency;
    line.on_behalf_of = note.on_behalf_of;
    line.text = note.text;
    line.reason = note.reason;
    line.note = note;
    return line;
}

}  // namespace

std::vector<TimelineLine> timeline(const std::vector<Report>& reports,
                                   const std::vector<Order>& orders,
                                   const std::vector<Note>& notes) {
    std::vector<TimelineLine> lines;
    for (const Report& report : reports) lines.push_back(line_of(report));
    for (const Order& order : orders) {
        lines.push_back(sent(order));
        for (const OrderEntry& entry : order.entries) lines.push_back(line_of(order, entry));
    }
    for (const Note& note : notes) lines.push_back(line_of(note));
    std::ranges::sort(lines, {}, [](const TimelineLine& line) {
        return std::tie(line.occurred_at, line.recorded_at, line.note.number, line.source_id,
                        line.kind);
    });
    return lines;
}

}  // namespace liandong::intake
