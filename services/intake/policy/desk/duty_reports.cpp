#include "services/intake/policy/desk/duty_reports.h"

#include "services/intake/policy/next_note.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

Status check_order(const Incident& incident, const DutyReport* before, const DutyDraft& draft) {
    if (draft.stage == DutyReportStage::kUnspecified)
        return invalid_field("stage", "STAGE_REQUIRED", "FIRST, FOLLOW_UP or FINAL");
    if (incident.duty_report_final) {
        return fail(Code::kFailedPrecondition, "DUTY_REPORTING_ENDED", "the final report was made");
    }
    if (incident.duty_report_count >= kDutyReports_max) {
        return fail(Code::kResourceExhausted, "TOO_MANY_DUTY_REPORTS",
                    fmt::format("an incident takes {} reports", kDutyReports_max));
    }
    const bool is_first = draft.stage == DutyReportStage::kFirst;
    if (is_first != (before == nullptr)) {
        return invalid_field("stage", "STAGE_OUT_OF_ORDER",
                             before ? "the first report was made" : "the first report comes first");
    }
    return {};
}

const Figure* find_figure(const DutyReport* report, const std::string& name) {
    if (!report) return nullptr;
    const auto found = std::ranges::find(report->figures, name, &Figure::name);
    return found == report->figures.end() ? nullptr : &*found;
}

Status check_figures(const DutyReport* before, const std::vector<Figure>& figures) {
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const Figure& figure = figures[i];
        const auto field = [i](const char* name) { return fmt::format("figures[{}].{}", i, name); };
        if (figure.source.empty())
            return invalid_field(field("source"), "SOURCE_REQUIRED", "say whose figure it is");
        if (std::ranges::count(figures, figure.name, &Figure::name) > 1)
            return invalid_field(field("name"), "FIGURE_TWICE", "one value a figure");
        const Figure* old = find_figure(before, figure.name);
        if (old && old->value != figure.value && figure.change_reason.empty()) {
            return invalid_field(field("change_reason"), "FIGURE_CHANGED_SILENTLY",
                                 fmt::format("it was {}: say why it changed", old->value));
        }
    }
    return {};
}

Status check(const Incident& incident, const DutyReport* before, const DutyDraft& draft,
             Timestamp as_of, Timestamp now) {
    if (auto status = check_order(incident, before, draft); !status) return status;
    if (draft.addressees.empty())
        return invalid_field("addressees", "ADDRESSEE_REQUIRED", "a report goes to somebody");
    if (draft.text.empty() && draft.stage != DutyReportStage::kFirst)
        return invalid_field("text", "TEXT_REQUIRED", "only the first report may be without words");
    if (as_of > now || (before && as_of < before->as_of)) {
        return invalid_field("as_of_micros", "TIME_OUT_OF_RANGE",
                             "not ahead, and not before the report before");
    }
    return check_figures(before, draft.figures);
}

}  // namespace

Result<NoteIfAny> open_duty_reporting(Incident& incident, const std::string& reason,
                                      const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (is_set(incident.duty_report_since)) return std::nullopt;
    if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    auto note = next_note(incident, NoteKind::kDutyReport, reason, actor);
    if (!note) return fail(std::move(note.error()));
    incident.duty_report_since = actor.now;
    return NoteIfAny(std::move(*note));
}

Result<DutySent> send_duty_report(Incident& incident, const DutyReport* before,
                                  const DutyDraft& draft, const Actor& actor) {
    const Timestamp as_of = is_set(draft.as_of) ? draft.as_of : actor.now;
    if (auto status = check(incident, before, draft, as_of, actor.now); !status)
        return fail(std::move(status.error()));
    auto note = next_note(incident, NoteKind::kDutyReport, "", actor);
    if (!note) return fail(std::move(note.error()));
    DutyReport report;
    report.number = ++incident.duty_report_count;
    report.id = duty_report_id(incident.id, report.number);
    report.incident_id = incident.id;
    report.stage = draft.stage;
    report.as_of = as_of;
    report.figures = draft.figures;
    report.text = draft.text;
    for (const std::string& name : draft.addressees) report.addressees.push_back({name, {}, ""});
    report.author = actor.subject;
    report.agency = actor.agency;
    report.sent_at = actor.now;
    note->text = fmt::format("{} #{} → {}", to_string(draft.stage), report.number,
                             fmt::join(draft.addressees, ", "));
    if (!is_set(incident.duty_report_since)) incident.duty_report_since = actor.now;
    incident.duty_report_final = draft.stage == DutyReportStage::kFinal;
    return DutySent{std::move(report), std::move(*note)};
}

Result<bool> confirm_received(DutyReport& report, const std::string& addressee,
                              const std::string& by, Timestamp now) {
    const auto found = std::ranges::find(report.addressees, addressee, &Addressee::name);
    if (found == report.addressees.end()) {
        return fail(
            Error{Code::kNotFound, "ADDRESSEE_UNKNOWN", "the report does not go there", {}}.with(
                "field", "addressee"));
    }
    if (is_set(found->received_at)) return false;
    found->received_at = now;
    found->received_by = by;
    return true;
}

}  // namespace liandong::intake
