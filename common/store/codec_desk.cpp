#include "common/store/codec_desk.h"

#include "common/store/codec_parts.h"

namespace liandong::store::codec {

using namespace domain;

void put(const DutyShift& in, pb::DutyShift& out) {
    out.set_role(number(in.role));
    out.set_person(in.person);
    out.set_name(in.name);
    out.set_contact(in.contact);
    out.set_from(to_micros(in.from));
    out.set_to(to_micros(in.to));
}
DutyShift get(const pb::DutyShift& in) {
    return {static_cast<DutyRole>(in.role()), in.person(),         in.name(), in.contact(),
            from_micros(in.from()),           from_micros(in.to())};
}

void put(const ClockSuspension& in, pb::ClockSuspension& out) {
    out.set_kind(number(in.kind));
    out.set_urgency_max(in.urgency_max);
    out.set_from(to_micros(in.from));
    out.set_until(to_micros(in.until));
    out.set_by(in.by);
    out.set_reason(in.reason);
}
ClockSuspension get(const pb::ClockSuspension& in) {
    return {static_cast<ClockKind>(in.kind()), in.urgency_max(), from_micros(in.from()),
            from_micros(in.until()),           in.by(),          in.reason()};
}

void put(const Figure& in, pb::Figure& out) {
    out.set_name(in.name);
    out.set_value(in.value);
    out.set_source(in.source);
    out.set_change_reason(in.change_reason);
}
Figure get(const pb::Figure& in) {
    return {in.name(), in.value(), in.source(), in.change_reason()};
}

void put(const Addressee& in, pb::Addressee& out) {
    out.set_name(in.name);
    out.set_received_at(to_micros(in.received_at));
    out.set_received_by(in.received_by);
}
Addressee get(const pb::Addressee& in) {
    return {in.name(), from_micros(in.received_at()), in.received_by()};
}

pb::Transfer to_storage(const Transfer& transfer) {
    pb::Transfer out;
    out.set_id(transfer.id);
    out.set_incident_id(transfer.incident_id);
    out.set_kind(number(transfer.kind));
    out.set_state(number(transfer.state));
    out.set_from_agency(transfer.from_agency);
    out.set_to_agency(transfer.to_agency);
    out.set_to_desk(transfer.to_desk);
    out.set_reason(transfer.reason);
    out.set_sharing(number(transfer.sharing));
    out.set_shared_until(to_micros(transfer.shared_until));
    out.set_answer_by(to_micros(transfer.answer_by));
    out.set_complete_by(to_micros(transfer.complete_by));
    out.set_overdue_at(to_micros(transfer.overdue_at));
    out.set_offered_by(transfer.offered_by);
    out.set_offered_at(to_micros(transfer.offered_at));
    out.set_delivered_at(to_micros(transfer.delivered_at));
    out.set_answered_by(transfer.answered_by);
    out.set_answered_at(to_micros(transfer.answered_at));
    out.set_answer(transfer.answer);
    out.set_completed_by(transfer.completed_by);
    out.set_completed_at(to_micros(transfer.completed_at));
    out.set_outcome(transfer.outcome);
    return out;
}

Entity from_storage(const pb::Transfer& in) {
    Transfer transfer;
    transfer.id = in.id();
    transfer.incident_id = in.incident_id();
    transfer.kind = static_cast<TransferKind>(in.kind());
    transfer.state = static_cast<TransferState>(in.state());
    transfer.from_agency = in.from_agency();
    transfer.to_agency = in.to_agency();
    transfer.to_desk = in.to_desk();
    transfer.reason = in.reason();
    transfer.sharing = static_cast<SharingTier>(in.sharing());
    transfer.shared_until = from_micros(in.shared_until());
    transfer.answer_by = from_micros(in.answer_by());
    transfer.complete_by = from_micros(in.complete_by());
    transfer.overdue_at = from_micros(in.overdue_at());
    transfer.offered_by = in.offered_by();
    transfer.offered_at = from_micros(in.offered_at());
    transfer.delivered_at = from_micros(in.delivered_at());
    transfer.answered_by = in.answered_by();
    transfer.answered_at = from_micros(in.answered_at());
    transfer.answer = in.answer();
    transfer.completed_by = in.completed_by();
    transfer.completed_at = from_micros(in.completed_at());
    transfer.outcome = in.outcome();
    return transfer;
}

pb::Handover to_storage(const Handover& handover) {
    pb::Handover out;
    out.set_id(handover.id);
    out.set_seat(handover.seat);
    out.set_given_by(handover.given_by);
    out.set_taken_by(handover.taken_by);
    for (const std::string& id : handover.incident_ids) out.add_incident_ids(id);
    for (const std::string& id : handover.transfer_ids) out.add_transfer_ids(id);
    for (const std::string& id : handover.bulletin_ids) out.add_bulletin_ids(id);
    out.set_units_out(handover.units_out);
    for (const std::string& promise : handover.promises) out.add_promises(promise);
    out.set_remarks(handover.remarks);
    out.set_given_at(to_micros(handover.given_at));
    out.set_taken_at(to_micros(handover.taken_at));
    out.set_withdrawn_at(to_micros(handover.withdrawn_at));
    return out;
}

Entity from_storage(const pb::Handover& in) {
    Handover handover;
    handover.id = in.id();
    handover.seat = in.seat();
    handover.given_by = in.given_by();
    handover.taken_by = in.taken_by();
    handover.incident_ids.assign(in.incident_ids().begin(), in.incident_ids().end());
    handover.transfer_ids.assign(in.transfer_ids().begin(), in.transfer_ids().end());
    handover.bulletin_ids.assign(in.bulletin_ids().begin(), in.bulletin_ids().end());
    handover.units_out = in.units_out();
    handover.promises.assign(in.promises().begin(), in.promises().end());
    handover.remarks = in.remarks();
    handover.given_at = from_micros(in.given_at());
    handover.taken_at = from_micros(in.taken_at());
    handover.withdrawn_at = from_micros(in.withdrawn_at());
    return handover;
}

pb::Roster to_storage(const Roster& roster) {
    pb::Roster out;
    out.set_id(roster.id);
    put_all(roster.shifts, *out.mutable_shifts());
    out.set_author(roster.author);
    out.set_recorded_at(to_micros(roster.recorded_at));
    return out;
}

Entity from_storage(const pb::Roster& in) {
    Roster roster;
    roster.id = in.id();
    get_all(in.shifts(), roster.shifts);
    roster.author = in.author();
    roster.recorded_at = from_micros(in.recorded_at());
    return roster;
}

pb::DeskSetting to_storage(const DeskSetting& setting) {
    pb::DeskSetting out;
    put_all(setting.suspensions, *out.mutable_suspensions());
    return out;
}

Entity from_storage(const pb::DeskSetting& in) {
    DeskSetting setting;
    get_all(in.suspensions(), setting.suspensions);
    return setting;
}

pb::DutyReport to_storage(const DutyReport& report) {
    pb::DutyReport out;
    out.set_id(report.id);
    out.set_incident_id(report.incident_id);
    out.set_number(report.number);
    out.set_stage(number(report.stage));
    out.set_as_of(to_micros(report.as_of));
    put_all(report.figures, *out.mutable_figures());
    out.set_text(report.text);
    put_all(report.addressees, *out.mutable_addressees());
    out.set_author(report.author);
    out.set_agency(report.agency);
    out.set_sent_at(to_micros(report.sent_at));
    return out;
}

Entity from_storage(const pb::DutyReport& in) {
    DutyReport report;
    report.id = in.id();
    report.incident_id = in.incident_id();
    report.number = in.number();
    report.stage = static_cast<DutyReportStage>(in.stage());
    report.as_of = from_micros(in.as_of());
    get_all(in.figures(), report.figures);
    report.text = in.text();
    get_all(in.addressees(), report.addressees);
    report.author = in.author();
    report.agency = in.agency();
    report.sent_at = from_micros(in.sent_at());
    return report;
}

}  // namespace liandong::store::codec
