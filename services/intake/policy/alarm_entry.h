#pragma once

#include "services/intake/policy/desk_work.h"
#include "services/intake/policy/take_report.h"

#include <string>
#include <string_view>

/// Machine alarms in a queue of their own, one entry a site with a counter (D16). Pure.
///
/// An entry is an incident that only machines have reported. A person's report never joins one, and
/// an alarm never joins what people have reported: whether they are one event a person decides.
namespace liandong::intake {

/// The site under which a report is counted; empty: it stands alone (no machine's, or nothing is
/// known of where it stands).
std::string site_of(const domain::Report& report);

/// Whether the entry takes another alarm of its site: open, not handled (what rings after the crew
/// has left is new), linked to nothing, and fed within kAlarmFold_max.
bool takes(const domain::Incident& entry, std::string_view site, Timestamp at);

/// Counts the alarm in the entry: the report stays, the incident it would have opened does not come
/// into being. What it adds in danger, hazards and faults is added; everything else stays.
void fold(domain::Incident& entry, TakenReport& alarm);

/// Makes the incident of a report the first alarm of its site.
void begin_entry(TakenReport& alarm, std::string_view site);

/// 复核. FAILED_PRECONDITION / NOT_A_MACHINE_ALARM, INCIDENT_CLOSED; INVALID_ARGUMENT /
/// REASON_REQUIRED.
Result<NoteIfAny> verify(domain::Incident& entry, const std::string& reason, const Actor& actor);

}  // namespace liandong::intake
