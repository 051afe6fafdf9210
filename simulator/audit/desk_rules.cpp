#include "simulator/audit/desk_rules.h"

#include <algorithm>

namespace liandong::simulator {
namespace {

using namespace domain;

bool may_follow(TransferState before, TransferState after) {
    switch (before) {
    case TransferState::kOffered: return after != TransferState::kCompleted;
    case TransferState::kDelivered:
        return after != TransferState::kOffered && after != TransferState::kCompleted;
    case TransferState::kAccepted:
        return after == TransferState::kAccepted || after == TransferState::kCompleted;
    default: return after == before;
    }
}

std::string fault_of_alarm(const Alarm* before, const Alarm& after) {
    if (after.steps < 1) return "has an alarm that never rang";
    if (!before || before->started_at != after.started_at)
        return after.steps == 1 ? "" : "has an alarm that begins in the middle";
    if (*before == after) return "";
    if (!before->owner.empty()) return "lets an alarm ring that somebody has taken";
    if (!after.owner.empty()) return before->steps == after.steps ? "" : "skips a ring";
    if (after.steps != before->steps + 1) return "rings a step twice, or skips one";
    return after.rung_at >= before->rung_at ? "" : "rings before it rang";
}

}  // namespace

std::string fault_of_step(const Incident* before, const Incident& after) {
    if (after.agency.empty()) return "has no owner";
    for (const Alarm& alarm : after.alarms) {
        const Alarm* was = nullptr;
        if (before) {
            const auto found = std::ranges::find(before->alarms, alarm.kind, &Alarm::kind);
            if (found != before->alarms.end()) was = &*found;
        }
        if (auto sentence = fault_of_alarm(was, alarm); !sentence.empty()) return sentence;
    }
    if (before && after.duty_report_count < before->duty_report_count)
        return "has lost a duty report";
    return "";
}

std::string fault_of_step(const Transfer* before, const Transfer& after) {
    if (!before) return after.state == TransferState::kOffered ? "" : "begins in the middle";
    if (!may_follow(before->state, after.state)) return "goes back";
    const bool is_same = before->incident_id == after.incident_id && before->kind == after.kind &&
                         before->to_agency == after.to_agency &&
                         before->from_agency == after.from_agency &&
                         before->offered_at == after.offered_at;
    return is_same ? "" : "is another than was offered";
}

std::string fault_of_step(const Handover* before, const Handover& after) {
    if (!before) return after.taken_by.empty() ? "" : "is taken before it is given";
    if (is_set(ended_at(*before)) && *before != after) return "changes after its end";
    if (after.taken_by == after.given_by) return "is taken by who gave it";
    return before->incident_ids == after.incident_ids ? "" : "changes what it carries";
}

std::string fault_of_step(const DutyReport* before, const DutyReport& after) {
    if (!before) return "";
    DutyReport same = after;
    same.addressees = before->addressees;
    if (same != *before || after.addressees.size() != before->addressees.size())
        return "is changed";
    for (std::size_t i = 0; i < after.addressees.size(); ++i) {
        const Addressee& was = before->addressees[i];
        if (is_set(was.received_at) && was != after.addressees[i]) return "loses a confirmation";
    }
    return "";
}

}  // namespace liandong::simulator
