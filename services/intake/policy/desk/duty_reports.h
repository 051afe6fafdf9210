#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"
#include "common/domain/incident.h"
#include "services/intake/policy/desk_work.h"

#include <string>
#include <vector>

/// 值班信息报告 (D25), pure.
namespace liandong::intake {

/// A person says that the event must be reported upwards, whatever its level is (a school, a
/// foreign national, a sensitive place or date). nullopt: it is known. FAILED_PRECONDITION /
/// INCIDENT_CLOSED; INVALID_ARGUMENT / REASON_REQUIRED.
Result<NoteIfAny> open_duty_reporting(domain::Incident& incident, const std::string& reason,
                                      const Actor& actor);

struct DutyDraft {
    domain::DutyReportStage stage = domain::DutyReportStage::kUnspecified;
    Timestamp as_of;  ///< unset: now
    std::vector<domain::Figure> figures;
    std::string text;
    std::vector<std::string> addressees;
};
struct DutySent {
    domain::DutyReport report;
    domain::Note note;
};
/// The next report of the chain. 首报 is taken however incomplete it is: it needs an addressee and
/// nothing else. Takes closed incidents (终报). `before`: the report before; nullptr for the first.
/// INVALID_ARGUMENT / STAGE_REQUIRED ("stage"), STAGE_OUT_OF_ORDER ("stage": the first is FIRST,
/// later ones are not), ADDRESSEE_REQUIRED ("addressees"), TEXT_REQUIRED ("text", but for FIRST),
/// SOURCE_REQUIRED ("figures[i].source"), FIGURE_CHANGED_SILENTLY ("figures[i].change_reason"),
/// FIGURE_TWICE ("figures[i].name"), TIME_OUT_OF_RANGE ("as_of_micros": not before the report
/// before, not ahead); FAILED_PRECONDITION / DUTY_REPORTING_ENDED, RESOURCE_EXHAUSTED /
/// TOO_MANY_DUTY_REPORTS.
Result<DutySent> send_duty_report(domain::Incident& incident, const domain::DutyReport* before,
                                  const DutyDraft& draft, const Actor& actor);

/// An addressee has it. False: known already. NOT_FOUND / ADDRESSEE_UNKNOWN (field "addressee").
Result<bool> confirm_received(domain::DutyReport& report, const std::string& addressee,
                              const std::string& by, Timestamp now);

}  // namespace liandong::intake
