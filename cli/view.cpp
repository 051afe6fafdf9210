#include "cli/view.h"

#include "cli/hint_view.h"
#include "cli/hints.h"
#include "cli/positions.h"
#include "cli/table.h"
#include "cli/text.h"
#include "cli/times.h"
#include "cli/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace liandong::cli {
namespace {

constexpr std::size_t kShortId = 8;

std::string yes(bool value, std::string_view word) { return std::string(value ? word : ""); }

/// What must not be overlooked, in one column.
std::string marks(const intake::v1::Incident& incident) {
    std::string text;
    if (incident.life_threatening()) text += "危及生命!";
    if (incident.needs_correction()) text += "待更正 ";
    if (incident.is_master()) text += "主警情 ";
    if (incident.linked_count() > 0) text += fmt::format("关联{} ", incident.linked_count());
    if (!incident.linked_to().empty()) text += fmt::format("→{} ", short_id(incident.linked_to()));
    if (incident.unread()) text += "未读! ";
    if (incident.open_demand_size() > 0) text += fmt::format("缺{} ", incident.open_demand_size());
    return text;
}

/// "missing" where the order is past a milestone that nobody reported, nothing where it is still to
/// come.
std::string milestone(const dispatch::v1::Order& order, std::int64_t micros,
                      dispatch::v1::OrderState state) {
    if (micros != 0) return long_time(micros);
    const bool is_past =
        order.state() > state && order.state() <= dispatch::v1::ORDER_STATE_CLEARED;
    return is_past ? "缺 missing" : "";
}

std::string order_states(const intake::v1::Incident& incident) {
    Table table({"order", "unit", "state"});
    for (const auto& order : incident.orders()) {
        const auto state = parse_word<dispatch::v1::OrderState>(order.state());
        table.add(
            {short_id(order.order_id()), order.unit_id(), state ? words(*state) : order.state()});
    }
    return table.text();
}

std::string demand(const intake::v1::Incident& incident) {
    Table table({"wanted", "reason", "holder", "since"});
    for (const auto& slot : incident.open_demand()) {
        table.add({slot.wanted(), slot.reason(), short_id(slot.holder()),
                   short_time(slot.since_micros())});
    }
    return table.text();
}

std::string correction_lines(const auto& corrections) {
    std::string text;
    for (const auto& correction : corrections) {
        text += fmt::format("  set aside: {} {}", printable(correction.field()),
                            printable(correction.reason()));
        if (!correction.received().empty())
            text += fmt::format(" (came as '{}')", printable(correction.received()));
        text += '\n';
        if (const auto what = hint(correction.reason()); !what.empty())
            text += fmt::format("    → {}\n", what);
    }
    return text;
}

/// Empty unless the caller of this program may see personal data.
std::string reporter_text(const intake::v1::Reporter& reporter) {
    if (reporter.name().empty()) return printable(reporter.phone());
    return printable(reporter.name() + " " + reporter.phone());
}

std::string report_details(const intake::v1::Report& report) {
    std::string text = fmt::format("\nreport {}\n", report.number());
    text += field_lines({
        {"  channel", words(report.channel())},
        {"  source", report.source_id()},
        {"  words", report.words()},
        {"  reporter", reporter_text(report.reporter())},
        {"  place", place_text(report.place())},
        {"  occurred", long_time(report.occurred_at_micros())},
        {"  recorded",
         fmt::format("{} by {}", long_time(report.recorded_at_micros()), report.recorded_by())},
    });
    return text + correction_lines(report.corrections());
}

std::string distance_text(const dispatch::v1::Candidate& candidate, bool place_unknown) {
    if (place_unknown) return "-";
    return candidate.distance_meters() < 1'000
               ? fmt::format("{:.0f} m", candidate.distance_meters())
               : fmt::format("{:.1f} km", candidate.distance_meters() / 1'000);
}

/// "4:10 – 7:35": half the time by the first, nine times in ten by the second.
std::string eta_text(const dispatch::v1::Candidate& candidate, bool place_unknown) {
    if (place_unknown) return "-";
    const auto clock = [](double seconds) {
        const auto whole = std::lround(seconds);
        return fmt::format("{}:{:02}", whole / 60, whole % 60);
    };
    return fmt::format("{} – {}", clock(candidate.eta_p50_seconds()),
                       clock(candidate.eta_p90_seconds()));
}

/// What a dispatcher should know before trusting the row.
std::string candidate_notes(const dispatch::v1::Candidate& candidate) {
    constexpr double kFarFromRoad = 100;
    std::string notes;
    const auto add = [&notes](std::string note) {
        if (!note.empty()) notes += (notes.empty() ? "" : "; ") + note;
    };
    if (candidate.needs_request()) add("请求支援 ask its duty desk");
    if (candidate.within_target() > 0)
        add(fmt::format("{:.0f} % in time", 100 * candidate.within_target()));
    if (candidate.off_road_meters() >= kFarFromRoad)
        add(fmt::format("{:.0f} m from the road", candidate.off_road_meters()));
    if (candidate.closure_seconds() >= 1)
        add(fmt::format("绕行 +{:.0f} s round a closure", candidate.closure_seconds()));
    if (candidate.closure_ids_size() > 0) {
        std::string ids;
        for (const std::string& id : candidate.closure_ids())
            ids += (ids.empty() ? "" : ", ") + short_id(id);
        add("封路 " + ids);
    }
    if (candidate.has_opposite_seconds())
        add(fmt::format("对向 other carriageway {:+.0f} s", candidate.opposite_seconds()));
    // That there is no map at all is said once, not in each row.
    if (candidate.fallback_reason() != "NO_ROADS") add(printable(candidate.fallback_reason()));
    return notes;
}

bool is_without_roads(const dispatch::v1::RecommendUnitsResponse& response) {
    return std::ranges::any_of(response.needs(), [](const dispatch::v1::FilledNeed& need) {
        return std::ranges::any_of(need.chosen(), [](const dispatch::v1::Candidate& candidate) {
            return candidate.fallback_reason() == "NO_ROADS";
        });
    });
}

/// How the place lies to the roads, when that is worth a line.
std::string place_line(const dispatch::v1::RecommendUnitsResponse& response) {
    if (is_without_roads(response)) return "no road map is loaded: times are by straight line\n";
    const auto named = [](const std::string& name) {
        return name.empty() ? "a road without a name" : printable(name);
    };
    std::string line;
    if (response.place_road_closed())
        line =
            fmt::format("道路封闭 {} is closed there\n", named(response.place_closed_road_name()));
    if (!response.place_on_road()) return line;
    return line + fmt::format("the place is {:.0f} m from {}{}\n", response.place_off_road_meters(),
                              named(response.place_road_name()),
                              response.place_divided() ? ", one carriageway of two" : "");
}

std::string need_text(const dispatch::v1::Need& need) {
    std::string kinds;
    for (const int kind : need.kinds()) {
        if (!kinds.empty()) kinds += " | ";
        kinds += words(static_cast<dispatch::v1::UnitKind>(kind));
    }
    std::string text =
        fmt::format("{} × {}", std::max(need.count(), 1U), kinds.empty() ? "any" : kinds);
    if (!need.capability().empty()) text += " + " + need.capability();
    return text;
}

}  // namespace

std::string short_id(const std::string& id) {
    return id.size() == 36 ? id.substr(0, kShortId) : id;
}

std::string incident_table(const std::vector<intake::v1::Incident>& incidents) {
    Table table({"number", "received", "state", "level", "units", "marks", "place", "what"});
    for (const auto& incident : incidents) {
        table.add({incident.number(), short_time(incident.received_at_micros()),
                   words(incident.phase()), level_words(incident.level()),
                   std::to_string(incident.orders_size()), marks(incident),
                   place_text(incident.place()), incident.summary()});
    }
    return table.empty() ? "no incidents\n" : table.text();
}

std::string incident_details(const intake::v1::GetIncidentResponse& response) {
    const auto& incident = response.incident();
    std::string text = field_lines({
        {"incident", incident.number()},
        {"id", incident.id()},
        {"state", words(incident.phase())},
        {"type", incident.type_code()},
        {"level", level_words(incident.level())},
        {"danger to life", yes(incident.life_threatening(), "危及生命 yes")},
        {"needs correction", yes(incident.needs_correction(), "待更正 yes")},
        {"place", place_text(incident.place())},
        {"what", incident.summary()},
        {"agency", incident.agency()},
        {"suggested types", fmt::format("{}", fmt::join(incident.suggested_types(), ", "))},
        {"proposed", fmt::format("{}", fmt::join(incident.proposed(), ", "))},
        {"machine alarm", yes(incident.alarm_unverified(), "未复核 unverified")},
        {"call back", callback_text(incident.callback())},
        {"grid worker", incident.responsible().grid_worker()},
        {"police station", incident.responsible().police_station()},
        {"duty desk", incident.responsible().duty_desk()},
        {"reports", std::to_string(incident.report_count())},
        {"received", long_time(incident.received_at_micros())},
        {"dispatched", long_time(incident.dispatched_at_micros())},
        {"acknowledged", long_time(incident.acknowledged_at_micros())},
        {"departed", long_time(incident.departed_at_micros())},
        {"arrived", long_time(incident.arrived_at_micros())},
        {"handled", long_time(incident.handled_at_micros())},
        {"closed", long_time(incident.closed_at_micros())},
        {"disposition", words(incident.disposition())},
    });
    if (incident.orders_size() > 0) text += "\n" + order_states(incident);
    if (incident.open_demand_size() > 0) text += "\nopen demand\n" + demand(incident);
    for (const auto& report : response.reports()) text += report_details(report);
    return text;
}

std::string report_receipt(const intake::v1::ReportIncidentResponse& response) {
    return field_lines({{"incident", response.incident_number()}, {"id", response.incident_id()}}) +
           correction_lines(response.corrections()) + hint_lines(response);
}

std::string unit_table(const std::vector<dispatch::v1::Unit>& units) {
    Table table(
        {"unit", "call sign", "kind", "agency", "status", "since", "crew", "order", "station"});
    for (const auto& unit : units) {
        table.add({unit.id(), unit.call_sign(), words(unit.kind()), unit.agency(),
                   words(unit.status()), short_time(unit.status_since_micros()),
                   std::to_string(unit.crew()), short_id(unit.active_order_id()), unit.station()});
    }
    return table.empty() ? "no units\n" : table.text();
}

std::string recommendation(const dispatch::v1::RecommendUnitsRequest& request,
                           const dispatch::v1::RecommendUnitsResponse& response) {
    std::string text;
    if (response.place_unknown())
        text += "nobody knows where it is: units are listed by id, not by distance\n";
    text += place_line(response);
    for (const auto& filled : response.needs()) {
        const auto index = static_cast<int>(filled.need_index());
        if (index < request.needs_size()) text += need_text(request.needs(index)) + "\n";
        Table table({"", "unit", "kind", "arrives in", "distance", "by", "position age", "note"});
        const auto add = [&](const dispatch::v1::Candidate& candidate, std::string_view mark) {
            table.add({std::string(mark), candidate.unit_id(), words(candidate.kind()),
                       eta_text(candidate, response.place_unknown()),
                       distance_text(candidate, response.place_unknown()), words(candidate.model()),
                       fmt::format("{} s", candidate.position_age_seconds()),
                       candidate_notes(candidate)});
        };
        for (const auto& candidate : filled.chosen()) add(candidate, "→");
        for (const auto& candidate : filled.alternatives()) add(candidate, "");
        text += table.empty() ? "  nobody is free\n" : table.text();
        if (filled.missing() == 0) continue;
        text += fmt::format("  {} missing: {}\n", filled.missing(), filled.missing_reason());
        if (const auto what = hint(filled.missing_reason()); !what.empty())
            text += fmt::format("  → {}\n", what);
    }
    return text;
}

std::string dispatch_receipt(const dispatch::v1::DispatchUnitsResponse& response) {
    std::string text;
    if (response.orders_size() > 0) {
        text += order_table({response.orders().begin(), response.orders().end()});
    }
    if (response.lost_size() == 0) return text;
    text += response.orders_size() > 0 ? "not sent; their slots stay open demand\n"
                                       : "NOBODY WAS SENT\n";
    Table table({"unit", "reason", "held by order", "of incident"});
    for (const auto& lost : response.lost()) {
        table.add({lost.unit_id(), lost.reason(), short_id(lost.holder_order_id()),
                   short_id(lost.holder_incident_id())});
    }
    text += table.text();
    return text + fmt::format("  → {}\n", hint(response.lost(0).reason()));
}

std::string closure_table(const std::vector<dispatch::v1::Closure>& closures) {
    const auto place = [](const dispatch::v1::Closure& closure) {
        std::string text = closure.effect().road_name();
        if (!text.empty()) text += ' ';
        text += fmt::format("{:.5f},{:.5f}", closure.at().latitude(), closure.at().longitude());
        if (closure.has_to()) {
            text +=
                fmt::format(" – {:.5f},{:.5f}", closure.to().latitude(), closure.to().longitude());
        }
        if (closure.has_heading_degrees())
            text += fmt::format(" heading {}°", closure.heading_degrees());
        return text;
    };
    const auto whom = [](const dispatch::v1::Closure& closure) {
        std::string text;
        for (const int user : closure.stops())
            text += (text.empty() ? "" : ", ") + words(static_cast<dispatch::v1::RoadUser>(user));
        if (closure.height_max_cm() > 0) text += fmt::format(" >{} cm", closure.height_max_cm());
        if (closure.width_max_cm() > 0) text += fmt::format(" wider {} cm", closure.width_max_cm());
        if (closure.weight_max_kg() > 0) text += fmt::format(" >{} kg", closure.weight_max_kg());
        return text;
    };
    const auto effect = [](const dispatch::v1::Closure& closure) {
        if (!closure.has_effect()) return std::string();
        const auto& effect = closure.effect();
        if (!effect.idle_reason().empty()) return "none: " + effect.idle_reason();
        return fmt::format("{} roads, {:.0f} m", effect.roads(), effect.length_meters());
    };
    Table table(
        {"closure", "reason", "state", "until", "where", "stops", "on the map", "by", "note"});
    for (const auto& closure : closures) {
        table.add({short_id(closure.id()), words(closure.reason()), words(closure.state()),
                   short_time(closure.lifted_at_micros() != 0 ? closure.lifted_at_micros()
                                                              : closure.expires_at_micros()),
                   place(closure), whom(closure), effect(closure), closure.author(),
                   closure.note()});
    }
    return table.empty() ? "no roads are closed\n" : table.text();
}

std::string order_table(const std::vector<dispatch::v1::Order>& orders) {
    Table table({"order", "unit", "incident", "state", "sent", "signed", "departed", "arrived",
                 "ended", "place"});
    for (const auto& order : orders) {
        table.add({short_id(order.id()), order.unit_id(), order.incident_number(),
                   words(order.state()), short_time(order.sent_at_micros()),
                   short_time(order.signed_at_micros()), short_time(order.departed_at_micros()),
                   short_time(order.arrived_at_micros()), short_time(order.ended_at_micros()),
                   place_text(order.place())});
    }
    return table.empty() ? "no orders\n" : table.text();
}

std::string order_details(const dispatch::v1::Order& order) {
    using namespace dispatch::v1;
    std::string text = field_lines({
        {"order", order.id()},
        {"unit", order.unit_id()},
        {"incident", order.incident_number()},
        {"state", words(order.state())},
        {"ordered by", order.ordered_by()},
        {"note", order.note()},
        {"place", place_text(order.place())},
        {"sent", long_time(order.sent_at_micros())},
        {"delivered", milestone(order, order.delivered_at_micros(), ORDER_STATE_DELIVERED)},
        {"signed", milestone(order, order.signed_at_micros(), ORDER_STATE_SIGNED)},
        {"departed", milestone(order, order.departed_at_micros(), ORDER_STATE_DEPARTED)},
        {"arrived", milestone(order, order.arrived_at_micros(), ORDER_STATE_ARRIVED)},
        {"ended", long_time(order.ended_at_micros())},
    });
    Table table({"fact", "occurred", "recorded", "source", "by", "reason"});
    for (const auto& entry : order.entries()) {
        table.add({words(entry.fact()) + (entry.moved_state() ? "" : " (kept)"),
                   short_time(entry.occurred_at_micros()), short_time(entry.recorded_at_micros()),
                   words(entry.source()), entry.by(), entry.reason()});
    }
    return table.empty() ? text : text + "\n" + table.text();
}

std::string bulletin_table(const std::vector<publicinfo::v1::Bulletin>& bulletins) {
    Table table({"bulletin", "kind", "state", "level", "author", "expires", "headline"});
    for (const auto& bulletin : bulletins) {
        table.add({short_id(bulletin.id()), words(bulletin.kind()), words(bulletin.state()),
                   level_words(bulletin.level()), bulletin.author(),
                   short_time(bulletin.expires_at_micros()),
                   bulletin.texts_size() > 0 ? bulletin.texts(0).headline() : std::string{}});
    }
    return table.empty() ? "no bulletins\n" : table.text();
}

std::string bulletin_details(const publicinfo::v1::Bulletin& bulletin) {
    std::string areas;
    for (const auto& area : bulletin.area_codes()) areas += (areas.empty() ? "" : " ") + area;
    std::string text = field_lines({
        {"bulletin", bulletin.id()},
        {"kind", words(bulletin.kind())},
        {"state", words(bulletin.state())},
        {"exercise", yes(bulletin.exercise(), "演练 yes")},
        {"level", level_words(bulletin.level())},
        {"incident", bulletin.incident_id()},
        {"areas", areas},
        {"expires", long_time(bulletin.expires_at_micros())},
        {"author", bulletin.author()},
        {"drafted", long_time(bulletin.drafted_at_micros())},
        {"approver", bulletin.approver()},
        {"approved", long_time(bulletin.approved_at_micros())},
        {"published by", bulletin.published_by()},
        {"published", long_time(bulletin.published_at_micros())},
        {"content hash", bulletin.content_hash()},
    });
    for (const auto& t : bulletin.texts()) {
        text += fmt::format("\n[{}] {}\n{}\n", t.language(), printable(t.headline()),
                            printable(t.body()));
    }
    return text;
}

}  // namespace liandong::cli
