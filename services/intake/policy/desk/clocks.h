#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"
#include "common/domain/incident.h"
#include "services/intake/policy/desk_work.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The clocks of D10, pure. Which clocks run, and since when, follows from the incident itself, so
/// a clock can neither be forgotten nor outlive its cause; only how far it has climbed is stored.
namespace liandong::intake {

/// How one clock counts, for incidents at least that urgent whose type begins so.
struct ClockRule {
    domain::ClockKind kind = domain::ClockKind::kUnspecified;
    int urgency_min = 0;                              ///< `urgency` of the incident, 0–4
    std::string type_prefix;                          ///< empty: all
    Duration first{};                                 ///< from its start to the first ring, ≥ 0
    Duration repeat{};                                ///< from ring to ring, ≥ 10 s
    domain::DutyRole from = domain::DutyRole::kSeat;  ///< whom the first ring is for
};

/// Rules as data: the first that fits counts; a clock that no rule fits does not run.
class ClockRules {
public:
    /// Lines of "KIND urgency_min type_prefix|- first repeat ROLE", durations as 90s, 5m, 2h; '#'
    /// begins a comment. INVALID_ARGUMENT / CLOCK_RULE_MALFORMED (metadata "line").
    static Result<ClockRules> parse(std::string_view text);
    /// The ones that are built in (services/intake/data/clocks.txt).
    static const ClockRules& built_in();

    const ClockRule* find(domain::ClockKind kind, const domain::Incident& incident) const;

private:
    std::vector<ClockRule> rules_;
};

/// services/intake/data/clocks.txt, as it was built.
std::string_view built_in_clocks_text();

/// 0 … 4 (gravest): the level's rank, 4 when life is in danger.
int urgency(const domain::Incident& incident);

/// Since when this clock runs; unset: it does not. Never later than now, never for a linked or
/// closed incident (of its primary one the clocks run).
Timestamp clock_start(domain::ClockKind kind, const domain::Incident& incident);

/// Whether the alarm belongs to a clock that still runs.
bool is_standing(const domain::Alarm& alarm, const domain::Incident& incident);

/// What rings next.
struct Due {
    domain::ClockKind kind = domain::ClockKind::kUnspecified;
    Timestamp at;
    std::int32_t step = 1;  ///< which ring it will be
    domain::DutyRole role = domain::DutyRole::kSeat;

    friend bool operator==(const Due&, const Due&) = default;
};

/// The next ring of an incident; nullopt: nothing runs that nobody owns. A suspended clock is due
/// when its suspension ends. Ties: the order of `kAllClocks`.
std::optional<Due> next_due(const domain::Incident& incident, const ClockRules& rules,
                            std::span<const domain::ClockSuspension> suspensions);

/// Who has that duty at `now`: the first such shift, in the rosters' order; nullptr: a hole.
const domain::DutyShift* on_duty(std::span<const domain::Roster* const> rosters,
                                 domain::DutyRole role, Timestamp now);

/// The clock rings: writes how far it has climbed, and the note that says so. `person` may be
/// empty. nullopt when that ring is not due (any more).
Result<NoteIfAny> ring(domain::Incident& incident, const Due& due, const std::string& person,
                       const ClockRules& rules,
                       std::span<const domain::ClockSuspension> suspensions, Timestamp now);

/// Somebody takes it: it rings no more until its cause is gone and comes back.
/// FAILED_PRECONDITION / ALARM_NOT_STANDING; ABORTED / ALARM_OWNED_BY_ANOTHER (metadata "holder").
Result<NoteIfAny> take_alarm(domain::Incident& incident, domain::ClockKind kind,
                             const std::string& reason, const Actor& actor);

/// Puts clocks off in a surge. Those that ended are dropped. INVALID_ARGUMENT / REASON_REQUIRED
/// ("reason"), SUSPENSION_TOO_LONG ("until_micros": now … 4 h), URGENCY_OUT_OF_RANGE
/// ("urgency_max": 0–3); RESOURCE_EXHAUSTED / TOO_MANY_SUSPENSIONS.
Status suspend(domain::DeskSetting& setting, domain::ClockSuspension suspension, Timestamp now);
/// Ends those of one kind now.
void resume(domain::DeskSetting& setting, domain::ClockKind kind, Timestamp now);

/// One row of a desk's alarms: an incident and those of its alarms that stand and nobody owns.
struct AlarmGroup {
    const domain::Incident* incident = nullptr;
    std::vector<const domain::Alarm*> alarms;  ///< highest rung first
};
/// Ordered by danger: highest rung, then urgency, then oldest. nullopt: nothing stands.
std::optional<AlarmGroup> standing_alarms(const domain::Incident& incident);
bool is_before(const AlarmGroup& a, const AlarmGroup& b);

/// Whether the event must be reported upwards (D25): level of the scales 事件分级 or 应急响应 I–II,
/// or a response of level I–III. Casualties, schools and the like are said by a person
/// (`open_duty_reporting`).
bool must_be_reported(const domain::Incident& incident);

}  // namespace liandong::intake
