#include "services/intake/policy/alarm_entry.h"

#include "services/intake/policy/duplicates/alarm_site.h"
#include "services/intake/policy/next_note.h"

#include <algorithm>
#include <utility>

namespace liandong::intake {

using namespace domain;

std::string site_of(const Report& report) {
    return alarm_site({.channel = report.channel,
                       .source_id = report.source_id,
                       .area_code = report.place.area_code,
                       .position = report.place.position,
                       .at = report.recorded_at});
}

bool takes(const Incident& entry, std::string_view site, Timestamp at) {
    return is_open(entry) && entry.state != IncidentState::kHandled && entry.intake.site == site &&
           entry.linked_to.empty() && folds(entry.intake.last_report_at, at);
}

void fold(Incident& entry, TakenReport& alarm) {
    alarm.report.incident_id = entry.id;
    ++entry.report_count;
    if (entry.report_ids.size() < kIncidentReports_max) entry.report_ids.push_back(alarm.report.id);
    entry.intake.last_report_at = std::max(entry.intake.last_report_at, alarm.report.recorded_at);
    entry.needs_correction |= alarm.incident.needs_correction;
    entry.life_threatening |= alarm.incident.life_threatening;
    for (const std::string& hazard : alarm.incident.hazards) {
        const bool known = std::ranges::find(entry.hazards, hazard) != entry.hazards.end();
        if (!known && entry.hazards.size() < kHazards_max) entry.hazards.push_back(hazard);
    }
}

void begin_entry(TakenReport& alarm, std::string_view site) {
    alarm.incident.intake.site = site;
    alarm.incident.intake.unverified = true;
}

Result<NoteIfAny> verify(Incident& entry, const std::string& reason, const Actor& actor) {
    if (entry.intake.site.empty()) {
        return fail(Code::kFailedPrecondition, "NOT_A_MACHINE_ALARM",
                    "people have reported it: there is nothing to check");
    }
    if (auto open = must_be_open(entry); !open) return fail(std::move(open.error()));
    if (auto said = must_have_reason(reason); !said) return fail(std::move(said.error()));
    if (!entry.intake.unverified) return std::nullopt;
    auto note = next_note(entry, NoteKind::kVerified, reason, actor);
    if (!note) return fail(std::move(note.error()));
    entry.intake.unverified = false;
    note->changes.push_back({"alarm_unverified", "true", "false"});
    return NoteIfAny(std::move(*note));
}

}  // namespace liandong::intake
