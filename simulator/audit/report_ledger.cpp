#include "simulator/audit/report_ledger.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::simulator {

using namespace domain;

namespace {

/// Written anew here, so that a mistake of the services is not repeated.
bool is_machines(Channel channel) {
    return channel == Channel::kCamera || channel == Channel::kSensor ||
           channel == Channel::kAlarm || channel == Channel::kVehicleOrLift ||
           channel == Channel::kVehicle || channel == Channel::kLift;
}

bool has_ended_unheard(const Incident& incident) {
    const CallbackState state = incident.intake.callback.state;
    const bool is_awaited = state == CallbackState::kDue || state == CallbackState::kNeedsHelp;
    return incident.state == IncidentState::kClosed && is_awaited &&
           !is_set(incident.dispatched_at) && incident.closing_note.empty();
}

}  // namespace

std::string ReportLedger::take(const Report* before, const Report& report) {
    if (before) return *before == report ? "" : "a report was changed: " + report.id;
    ++reports_[report.incident_id];
    return "";
}

void ReportLedger::take(const Incident* before, const Incident& incident) {
    if (before && !before->linked_to.empty()) repeats_[before->linked_to].erase(incident.id);
    if (!incident.linked_to.empty())
        repeats_[incident.linked_to][incident.id] = incident.report_count;
}

std::string ReportLedger::fault_of(const Report& report, const Incident& incident) const {
    const auto listed = std::ranges::count(incident.report_ids, report.id);
    const bool is_full = incident.report_ids.size() == kIncidentReports_max;
    if (listed > 1 || (listed == 0 && !is_full)) return "its incident does not know it";
    if (!incident.intake.site.empty() && !is_machines(report.channel))
        return "a person's report was folded among machine alarms";
    return "";
}

std::string ReportLedger::fault_of(const Incident& incident) const {
    const auto reports = reports_.find(incident.id);
    const std::int32_t count = reports == reports_.end() ? 0 : reports->second;
    if (count != incident.report_count)
        return fmt::format("counts {} reports, there are {}", incident.report_count, count);
    std::int32_t linked = 0, linked_reports = 0;
    if (const auto repeats = repeats_.find(incident.id); repeats != repeats_.end()) {
        for (const auto& [id, reported] : repeats->second) {
            ++linked;
            linked_reports += reported;
        }
    }
    if (linked != incident.linked_count || linked_reports != incident.linked_report_count) {
        return fmt::format("counts {} repeats with {} reports, there are {} with {}",
                           incident.linked_count, incident.linked_report_count, linked,
                           linked_reports);
    }
    if (!incident.linked_to.empty() && (linked > 0 || incident.is_master))
        return "is a repeat and has repeats";
    if (incident.intake.unverified && incident.intake.site.empty())
        return "waits for a check, and people have reported it";
    return has_ended_unheard(incident) ? "was closed, and nobody has spoken to its caller" : "";
}

}  // namespace liandong::simulator
