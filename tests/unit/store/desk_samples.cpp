#include "tests/unit/store/desk_samples.h"

#include "tests/unit/store/samples.h"

namespace liandong::store {
namespace {

using namespace domain;

Timestamp at(int second) { return from_micros(1'784'000'000'000'000 + second * 1'000'000LL); }

Transfer sample_transfer() {
    Transfer transfer;
    transfer.id = "transfer-1";
    transfer.incident_id = "incident-1";
    transfer.kind = TransferKind::kAgency;
    transfer.state = TransferState::kCompleted;
    transfer.from_agency = "gongan";
    transfer.to_agency = "xiaofang";
    transfer.to_desk = "119";
    transfer.reason = "起火";
    transfer.sharing = SharingTier::kPersonal;
    transfer.shared_until = at(1);
    transfer.answer_by = at(2);
    transfer.complete_by = at(3);
    transfer.overdue_at = at(26);
    transfer.offered_by = "li";
    transfer.offered_at = at(4);
    transfer.delivered_at = at(5);
    transfer.answered_by = "wang";
    transfer.answered_at = at(6);
    transfer.answer = "一中队出动";
    transfer.completed_by = "zhao";
    transfer.completed_at = at(7);
    transfer.outcome = "扑灭";
    return transfer;
}

Handover sample_handover() {
    Handover handover;
    handover.id = "handover-1";
    handover.seat = "110-3";
    handover.given_by = "li";
    handover.taken_by = "wang";
    handover.incident_ids = {"incident-1", "incident-2"};
    handover.transfer_ids = {"transfer-1"};
    handover.bulletin_ids = {"bulletin-1"};
    handover.units_out = 3;
    handover.promises = {"十分钟内回电"};
    handover.remarks = "注意团结村水位";
    handover.given_at = at(8);
    handover.taken_at = at(9);
    handover.withdrawn_at = at(10);
    return handover;
}

Roster sample_roster() {
    Roster roster;
    roster.id = "20260718";
    roster.shifts = {{DutyRole::kShiftSupervisor, "zhang", "张三", "8110", at(11), at(12)}};
    roster.author = "li";
    roster.recorded_at = at(13);
    return roster;
}

DeskSetting sample_desk_setting() {
    return {{{ClockKind::kNoFeedback, 2, at(14), at(15), "zhao", "洪水"}}};
}

DutyReport sample_duty_report() {
    DutyReport report;
    report.id = "incident-1-d02";
    report.incident_id = "incident-1";
    report.number = 2;
    report.stage = DutyReportStage::kFollowUp;
    report.as_of = at(16);
    report.figures = {{"死亡", 1, "120", "医院确认"}};
    report.text = "火已扑灭";
    report.addressees = {{"县委总值班室", at(17), "chen"}};
    report.author = "li";
    report.agency = "yingji";
    report.sent_at = at(18);
    return report;
}

}  // namespace

std::vector<Entity> desk_samples() {
    return {sample_transfer(), sample_handover(), sample_roster(), sample_desk_setting(),
            sample_duty_report()};
}

Incident sample_alarmed_incident() {
    Incident incident = sample_worked_incident();
    incident.alarms = {{ClockKind::kNotDispatched, 2, at(20), at(21), DutyRole::kShiftSupervisor,
                        "zhang", "wang", at(22)}};
    incident.response_level = 2;
    incident.response_by = "zhao";
    incident.response_at = at(23);
    incident.transfer_id = "transfer-1";
    incident.transfer_failed_at = at(24);
    incident.duty_report_since = at(25);
    incident.duty_report_count = 2;
    incident.duty_report_final = true;
    return incident;
}

}  // namespace liandong::store
