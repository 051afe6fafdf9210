#include "services/intake/policy/desk/clocks.h"

#include "common/base/check.h"
#include "services/intake/policy/next_note.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>
#include <tuple>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

constexpr Duration kRepeat_min = 10s;
constexpr Duration kRepeat_max = 1h;

bool has_open_order(const Incident& incident) {
    return incident.state >= IncidentState::kDispatched && incident.state < IncidentState::kHandled;
}

bool is_waiting_for_units(const Incident& incident) {
    return incident.state == IncidentState::kReceived && !is_set(incident.controlled_at) &&
           !is_set(incident.feedback_at);
}

DutyRole role_of(const ClockRule& rule, std::int32_t step) {
    const auto top = std::to_underlying(DutyRole::kUpperCentre);
    const std::int64_t rung = std::to_underlying(rule.from) + std::int64_t{step} - 1;
    return static_cast<DutyRole>(std::min<std::int64_t>(rung, top));
}

/// Time from ring `step - 1` to ring `step`. From the top of the ladder on it doubles, so that what
/// nobody takes fills neither screen nor log.
Duration gap_before(const ClockRule& rule, std::int32_t step) {
    const int rungs = std::to_underlying(DutyRole::kUpperCentre) - std::to_underlying(rule.from);
    Duration gap = rule.repeat;
    for (int over = step - 1 - rungs; over > 1 && gap < kRepeat_max; --over) gap *= 2;
    return std::min(gap, std::max(kRepeat_max, rule.repeat));
}

const Alarm* find_alarm(const Incident& incident, ClockKind kind) {
    const auto found = std::ranges::find(incident.alarms, kind, &Alarm::kind);
    return found == incident.alarms.end() ? nullptr : &*found;
}

Timestamp after_suspensions(ClockKind kind, int how_urgent, Timestamp at,
                            std::span<const ClockSuspension> suspensions) {
    for (const ClockSuspension& suspension : suspensions) {
        if (suspension.kind != kind || how_urgent > suspension.urgency_max) continue;
        if (at >= suspension.from && at < suspension.until) at = suspension.until;
    }
    return at;
}

std::optional<Due> due_of(ClockKind kind, const Incident& incident, const ClockRules& rules,
                          std::span<const ClockSuspension> suspensions) {
    const Timestamp start = clock_start(kind, incident);
    if (!is_set(start)) return std::nullopt;
    const ClockRule* rule = rules.find(kind, incident);
    if (!rule) return std::nullopt;
    Due due{kind, start + rule->first, 1, rule->from};
    if (const Alarm* alarm = find_alarm(incident, kind); alarm && is_standing(*alarm, incident)) {
        if (!alarm->owner.empty()) return std::nullopt;
        due.step = alarm->steps + 1;
        due.at = alarm->rung_at + gap_before(*rule, due.step);
        due.role = role_of(*rule, due.step);
    }
    due.at = after_suspensions(kind, urgency(incident), due.at, suspensions);
    return due;
}

std::string_view take_word(std::string_view& line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t\r"), line.size());
    const std::size_t end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const std::string_view word = line.substr(begin, end - begin);
    line.remove_prefix(end);
    return word;
}

std::optional<Duration> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (error != std::errc{} || count < 0 || count > 100'000) return std::nullopt;
    if (unit == "s") return std::chrono::seconds(count);
    if (unit == "m") return std::chrono::minutes(count);
    if (unit == "h") return std::chrono::hours(count);
    return std::nullopt;
}

std::optional<ClockRule> parse_rule(std::string_view line) {
    const auto kind = parse_clock_kind(take_word(line));
    const std::string_view urgency_word = take_word(line), prefix = take_word(line);
    const auto first = parse_duration(take_word(line)), repeat = parse_duration(take_word(line));
    const auto from = parse_duty_role(take_word(line));
    const bool urgency_fits =
        urgency_word.size() == 1 && urgency_word[0] >= '0' && urgency_word[0] <= '4';
    if (!kind || !urgency_fits || prefix.empty() || prefix.size() > kTypeCode_max || !first ||
        !repeat || *repeat < kRepeat_min || !from || !take_word(line).empty()) {
        return std::nullopt;
    }
    return ClockRule{
        *kind, urgency_word[0] - '0', prefix == "-" ? "" : std::string(prefix), *first, *repeat,
        *from};
}

}  // namespace

Result<ClockRules> ClockRules::parse(std::string_view text) {
    ClockRules rules;
    for (int number = 1; !text.empty(); ++number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        line = line.substr(0, line.find('#'));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto rule = parse_rule(line);
        if (!rule) {
            return fail(Error{
                Code::kInvalidArgument,
                "CLOCK_RULE_MALFORMED",
                fmt::format("line {}: KIND urgency(0-4) type|- first repeat(>= 10s) ROLE, such as "
                            "NOT_SIGNED 0 - 3m 2m SEAT",
                            number),
                {}}.with("line", std::to_string(number)));
        }
        rules.rules_.push_back(std::move(*rule));
    }
    return rules;
}

const ClockRules& ClockRules::built_in() {
    static const ClockRules rules = [] {
        auto parsed = parse(built_in_clocks_text());
        LIANDONG_CHECK(parsed);
        return std::move(*parsed);
    }();
    return rules;
}

const ClockRule* ClockRules::find(ClockKind kind, const Incident& incident) const {
    const int how_urgent = urgency(incident);
    const auto found = std::ranges::find_if(rules_, [&](const ClockRule& rule) {
        return rule.kind == kind && how_urgent >= rule.urgency_min &&
               incident.type_code.starts_with(rule.type_prefix);
    });
    return found == rules_.end() ? nullptr : &*found;
}

int urgency(const Incident& incident) {
    return incident.life_threatening ? 4 : urgency_rank(incident.level);
}

Timestamp clock_start(ClockKind kind, const Incident& incident) {
    if (!is_open(incident) || !incident.linked_to.empty()) return {};
    const bool is_triaged = is_set(incident.triaged_at);
    switch (kind) {
    case ClockKind::kUnspecified: return {};
    case ClockKind::kNotTakenUp: {
        const bool is_untouched = is_waiting_for_units(incident) && !is_triaged &&
                                  incident.claimed_by.empty() && incident.orders.empty();
        return is_untouched ? incident.received_at : Timestamp{};
    }
    case ClockKind::kNotTriaged: {
        const bool is_unclear = incident.type_code.empty() || incident.needs_correction;
        return is_unclear && !is_triaged ? incident.received_at : Timestamp{};
    }
    case ClockKind::kNotDispatched:
        return is_waiting_for_units(incident) ? incident.received_at : Timestamp{};
    case ClockKind::kNotSigned:
        return incident.state == IncidentState::kDispatched ? incident.dispatched_at : Timestamp{};
    case ClockKind::kNoFeedback: {
        const bool is_awaited =
            incident.state == IncidentState::kHandled && !is_set(incident.feedback_at);
        return is_awaited ? incident.handled_at : Timestamp{};
    }
    case ClockKind::kOpenDemand: {
        const bool hurts = incident.life_threatening && !incident.open_demand.empty() &&
                           (has_open_order(incident) || is_waiting_for_units(incident));
        return hurts ? incident.open_demand.front().since : Timestamp{};
    }
    case ClockKind::kTransfer: return incident.transfer_failed_at;
    case ClockKind::kDutyReport:
        if (incident.duty_report_count > 0) return {};
        if (is_set(incident.duty_report_since)) return incident.duty_report_since;
        if (!must_be_reported(incident)) return {};
        return is_triaged ? incident.triaged_at : incident.received_at;
    }
    return {};
}

bool is_standing(const Alarm& alarm, const Incident& incident) {
    const Timestamp start = clock_start(alarm.kind, incident);
    return is_set(start) && start == alarm.started_at;
}

std::optional<Due> next_due(const Incident& incident, const ClockRules& rules,
                            std::span<const ClockSuspension> suspensions) {
    std::optional<Due> next;
    for (ClockKind kind : kAllClocks) {
        const auto due = due_of(kind, incident, rules, suspensions);
        if (due && (!next || due->at < next->at)) next = due;
    }
    return next;
}

const DutyShift* on_duty(std::span<const Roster* const> rosters, DutyRole role, Timestamp now) {
    for (const Roster* roster : rosters) {
        for (const DutyShift& shift : roster->shifts) {
            if (shift.role == role && now >= shift.from && now < shift.to) return &shift;
        }
    }
    return nullptr;
}

Result<NoteIfAny> ring(Incident& incident, const Due& due, const std::string& person,
                       const ClockRules& rules, std::span<const ClockSuspension> suspensions,
                       Timestamp now) {
    const auto is_due = due_of(due.kind, incident, rules, suspensions);
    if (!is_due || *is_due != due || now < due.at) return std::nullopt;
    const std::string kind(to_string(due.kind));
    const Actor actor{"system:clock/" + kind, "liandong", "", now};
    auto note = next_note(incident, NoteKind::kRang, "", actor);
    if (!note) return fail(std::move(note.error()));
    note->occurred_at = due.at;
    note->text = fmt::format("{} #{} {} {}", kind, due.step, to_string(due.role),
                             person.empty() ? "-" : person);
    std::erase_if(incident.alarms, [&](const Alarm& alarm) { return alarm.kind == due.kind; });
    incident.alarms.push_back(
        {due.kind, due.step, clock_start(due.kind, incident), now, due.role, person, "", {}});
    return NoteIfAny(std::move(*note));
}

Result<NoteIfAny> take_alarm(Incident& incident, ClockKind kind, const std::string& reason,
                             const Actor& actor) {
    const auto alarm = std::ranges::find(incident.alarms, kind, &Alarm::kind);
    if (alarm == incident.alarms.end() || !is_standing(*alarm, incident)) {
        return fail(Code::kFailedPrecondition, "ALARM_NOT_STANDING", "that clock does not ring");
    }
    if (alarm->owner == actor.subject) return std::nullopt;
    if (!alarm->owner.empty()) {
        return fail(
            Error{Code::kAborted, "ALARM_OWNED_BY_ANOTHER", "somebody has taken it", {}}.with(
                "holder", alarm->owner));
    }
    auto note = next_note(incident, NoteKind::kAlarmTaken, reason, actor);
    if (!note) return fail(std::move(note.error()));
    note->text = to_string(kind);
    alarm->owner = actor.subject;
    alarm->owned_at = actor.now;
    return NoteIfAny(std::move(*note));
}

Status suspend(DeskSetting& setting, ClockSuspension suspension, Timestamp now) {
    if (auto status = must_have_reason(suspension.reason); !status) return status;
    if (suspension.urgency_max < 0 || suspension.urgency_max > 3) {
        return invalid_field("urgency_max", "URGENCY_OUT_OF_RANGE",
                             "0 to 3: the clocks of the gravest are never put off");
    }
    if (suspension.until <= now || suspension.until > now + kSuspension_max) {
        return invalid_field("until_micros", "SUSPENSION_TOO_LONG", "later, by at most four hours");
    }
    auto& all = setting.suspensions;
    std::erase_if(all, [now](const ClockSuspension& old) { return old.until <= now; });
    if (all.size() >= kSuspensions_max) {
        return fail(Code::kResourceExhausted, "TOO_MANY_SUSPENSIONS",
                    fmt::format("at most {} at a time", kSuspensions_max));
    }
    suspension.from = now;
    all.push_back(std::move(suspension));
    return {};
}

void resume(DeskSetting& setting, ClockKind kind, Timestamp now) {
    std::erase_if(setting.suspensions, [&](const ClockSuspension& suspension) {
        return suspension.kind == kind || suspension.until <= now;
    });
}

std::optional<AlarmGroup> standing_alarms(const Incident& incident) {
    AlarmGroup group{&incident, {}};
    for (const Alarm& alarm : incident.alarms) {
        if (alarm.owner.empty() && is_standing(alarm, incident)) group.alarms.push_back(&alarm);
    }
    if (group.alarms.empty()) return std::nullopt;
    std::ranges::sort(group.alarms, [](const Alarm* a, const Alarm* b) {
        return std::tuple(b->rung_for, a->kind) < std::tuple(a->rung_for, b->kind);
    });
    return group;
}

bool is_before(const AlarmGroup& a, const AlarmGroup& b) {
    const auto key = [](const AlarmGroup& group) {
        return std::tuple(-static_cast<int>(group.alarms.front()->rung_for),
                          -urgency(*group.incident), group.incident->received_at,
                          std::string_view(group.incident->id));
    };
    return key(a) < key(b);
}

bool must_be_reported(const Incident& incident) {
    const Level& level = incident.level;
    const bool by_level =
        (level.scale == LevelScale::kIncident || level.scale == LevelScale::kResponse) &&
        level.code >= 1 && level.code <= 2;
    const bool by_response = incident.response_level >= 1 && incident.response_level <= 3;
    return by_level || by_response;
}

}  // namespace liandong::intake
