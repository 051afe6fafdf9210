#include "services/intake/rpc/desk_messages.h"

#include "common/api/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

/// A text that may be empty.
Status text_within(std::string_view text, std::size_t max, std::string_view field) {
    return api::check_text(text, max, field);
}

/// A text that may not.
Status some_text(std::string_view text, std::size_t max, const std::string& field) {
    if (text.empty()) return invalid_field(field, "TEXT_REQUIRED", "it is needed");
    return api::check_text(text, max, field);
}

Status at_most(int count, std::size_t max, const std::string& field) {
    if (count <= static_cast<int>(max)) return {};
    return invalid_field(field, "TOO_MANY", fmt::format("at most {}", max));
}

Status check_agency(std::string_view agency, std::string_view field) {
    const bool is_well_formed =
        !agency.empty() && agency.size() <= 32 && std::ranges::all_of(agency, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-';
        });
    if (is_well_formed) return {};
    return invalid_field(std::string(field), "AGENCY_MALFORMED", "1-32 of A-Z a-z 0-9 -");
}

Status all(std::initializer_list<Status> checks) {
    for (const Status& check : checks) {
        if (!check) return check;
    }
    return {};
}

template <class Enum> Result<Enum> read_enum(int value, int last, const std::string& field) {
    if (value < 0 || value > last)
        return invalid_field(field, "ENUM_UNKNOWN", "this build does not know that value");
    return static_cast<Enum>(value);
}

}  // namespace

pb::Transfer message_of(const Transfer& transfer, std::uint64_t version) {
    pb::Transfer out;
    out.set_id(transfer.id);
    out.set_incident_id(transfer.incident_id);
    out.set_version(version);
    out.set_kind(static_cast<pb::TransferKind>(transfer.kind));
    out.set_state(static_cast<pb::TransferState>(std::to_underlying(transfer.state) + 1));
    out.set_from_agency(transfer.from_agency);
    out.set_to_agency(transfer.to_agency);
    out.set_to_desk(transfer.to_desk);
    out.set_reason(transfer.reason);
    out.set_sharing(static_cast<pb::SharingTier>(transfer.sharing));
    out.set_shared_until_micros(to_micros(transfer.shared_until));
    out.set_answer_by_micros(to_micros(transfer.answer_by));
    out.set_complete_by_micros(to_micros(transfer.complete_by));
    out.set_overdue_at_micros(to_micros(transfer.overdue_at));
    out.set_offered_by(transfer.offered_by);
    out.set_offered_at_micros(to_micros(transfer.offered_at));
    out.set_delivered_at_micros(to_micros(transfer.delivered_at));
    out.set_answered_by(transfer.answered_by);
    out.set_answered_at_micros(to_micros(transfer.answered_at));
    out.set_answer(transfer.answer);
    out.set_completed_by(transfer.completed_by);
    out.set_completed_at_micros(to_micros(transfer.completed_at));
    out.set_outcome(transfer.outcome);
    return out;
}

pb::Handover message_of(const Handover& handover, std::uint64_t version) {
    pb::Handover out;
    out.set_id(handover.id);
    out.set_version(version);
    out.set_seat(handover.seat);
    out.set_given_by(handover.given_by);
    out.set_taken_by(handover.taken_by);
    for (const std::string& id : handover.incident_ids) out.add_incident_ids(id);
    for (const std::string& id : handover.transfer_ids) out.add_transfer_ids(id);
    for (const std::string& id : handover.bulletin_ids) out.add_bulletin_ids(id);
    out.set_units_out(static_cast<std::uint32_t>(handover.units_out));
    for (const std::string& promise : handover.promises) out.add_promises(promise);
    out.set_remarks(handover.remarks);
    out.set_given_at_micros(to_micros(handover.given_at));
    out.set_taken_at_micros(to_micros(handover.taken_at));
    out.set_withdrawn_at_micros(to_micros(handover.withdrawn_at));
    return out;
}

pb::DutyReport message_of(const DutyReport& report) {
    pb::DutyReport out;
    out.set_id(report.id);
    out.set_incident_id(report.incident_id);
    out.set_number(static_cast<std::uint32_t>(report.number));
    out.set_stage(static_cast<pb::DutyReportStage>(report.stage));
    out.set_as_of_micros(to_micros(report.as_of));
    for (const Figure& figure : report.figures) {
        pb::Figure& item = *out.add_figures();
        item.set_name(figure.name);
        item.set_value(figure.value);
        item.set_source(figure.source);
        item.set_change_reason(figure.change_reason);
    }
    out.set_text(report.text);
    for (const Addressee& addressee : report.addressees) {
        pb::Addressee& item = *out.add_addressees();
        item.set_name(addressee.name);
        item.set_received_at_micros(to_micros(addressee.received_at));
        item.set_received_by(addressee.received_by);
    }
    out.set_author(report.author);
    out.set_agency(report.agency);
    out.set_sent_at_micros(to_micros(report.sent_at));
    return out;
}

pb::DutyShift message_of(const DutyShift& shift) {
    pb::DutyShift out;
    out.set_role(static_cast<pb::DutyRole>(shift.role));
    out.set_person(shift.person);
    out.set_name(shift.name);
    out.set_contact(shift.contact);
    out.set_from_micros(to_micros(shift.from));
    out.set_to_micros(to_micros(shift.to));
    return out;
}

pb::ClockSuspension message_of(const ClockSuspension& suspension) {
    pb::ClockSuspension out;
    out.set_kind(static_cast<pb::ClockKind>(suspension.kind));
    out.set_urgency_max(static_cast<std::uint32_t>(suspension.urgency_max));
    out.set_from_micros(to_micros(suspension.from));
    out.set_until_micros(to_micros(suspension.until));
    out.set_by(suspension.by);
    out.set_reason(suspension.reason);
    return out;
}

void redact(pb::Incident& incident, SharingTier tier) {
    if (tier == SharingTier::kPersonal || tier == SharingTier::kWorking) return;
    // Named one by one: what is added to an incident later is hidden until somebody shows it here.
    pb::Incident shown;
    shown.set_id(incident.id());
    shown.set_number(incident.number());
    shown.set_version(incident.version());
    shown.set_state(incident.state());
    shown.set_phase(incident.phase());
    shown.set_type_code(incident.type_code());
    *shown.mutable_level() = incident.level();
    shown.set_life_threatening(incident.life_threatening());
    *shown.mutable_place() = incident.place();
    shown.set_agency(incident.agency());
    shown.set_received_at_micros(incident.received_at_micros());
    incident = std::move(shown);
}

Result<ClockKind> read_clock_kind(int value) {
    if (value == 0) return invalid_field("kind", "ENUM_UNKNOWN", "say which clock");
    return read_enum<ClockKind>(value, static_cast<int>(kClockKinds) - 1, "kind");
}

Result<ClockSuspension> read_suspension(const pb::SuspendClocksRequest& in) {
    const auto kind = read_clock_kind(in.kind());
    if (!kind) return fail(kind.error());
    if (auto status = text_within(in.reason(), kNoteReason_max, "reason"); !status)
        return fail(std::move(status.error()));
    ClockSuspension suspension;
    suspension.kind = *kind;
    suspension.urgency_max = static_cast<std::int32_t>(std::min(in.urgency_max(), 99U));
    suspension.until = from_micros(in.until_micros());
    suspension.reason = in.reason();
    return suspension;
}

Result<Roster> read_roster(const pb::PutRosterRequest& in) {
    if (auto status = at_most(in.shifts_size(), kShifts_max, "shifts"); !status)
        return fail(std::move(status.error()));
    Roster roster;
    roster.id = in.date();
    for (int i = 0; i < in.shifts_size(); ++i) {
        const pb::DutyShift& shift = in.shifts(i);
        const auto field = [i](const char* name) { return fmt::format("shifts[{}].{}", i, name); };
        const auto role =
            read_enum<DutyRole>(shift.role(), static_cast<int>(kDutyRoles) - 1, field("role"));
        if (!role) return fail(role.error());
        if (auto status = all({text_within(shift.person(), 64, field("person")),
                               text_within(shift.name(), 64, field("name")),
                               text_within(shift.contact(), 64, field("contact"))});
            !status) {
            return fail(std::move(status.error()));
        }
        roster.shifts.push_back({*role, shift.person(), shift.name(), shift.contact(),
                                 from_micros(shift.from_micros()), from_micros(shift.to_micros())});
    }
    return roster;
}

Result<Offer> read_offer(const pb::OfferTransferRequest& in) {
    const auto kind =
        read_enum<TransferKind>(in.kind(), static_cast<int>(kTransferKinds) - 1, "kind");
    if (!kind) return fail(kind.error());
    const auto sharing =
        read_enum<SharingTier>(in.sharing(), std::to_underlying(SharingTier::kPersonal), "sharing");
    if (!sharing) return fail(sharing.error());
    if (auto status = all({check_agency(in.to_agency(), "to_agency"),
                           text_within(in.to_desk(), 64, "to_desk"),
                           text_within(in.reason(), kNoteReason_max, "reason")});
        !status) {
        return fail(std::move(status.error()));
    }
    Offer offer;
    offer.kind = *kind;
    offer.to_agency = in.to_agency();
    offer.to_desk = in.to_desk();
    offer.reason = in.reason();
    offer.sharing = *sharing;
    offer.shared_until = from_micros(in.shared_until_micros());
    offer.answer_by = from_micros(in.answer_by_micros());
    offer.complete_by = from_micros(in.complete_by_micros());
    return offer;
}

Result<Leaving> read_leaving(const pb::GiveHandoverRequest& in) {
    if (auto status = all({some_text(in.seat(), 64, "seat"),
                           text_within(in.remarks(), kNoteText_max, "remarks"),
                           at_most(in.promises_size(), kPromises_max, "promises")});
        !status) {
        return fail(std::move(status.error()));
    }
    Leaving leaving;
    leaving.seat = in.seat();
    leaving.remarks = in.remarks();
    for (int i = 0; i < in.promises_size(); ++i) {
        if (auto status = some_text(in.promises(i), kPromise_max, fmt::format("promises[{}]", i));
            !status) {
            return fail(std::move(status.error()));
        }
        leaving.promises.push_back(in.promises(i));
    }
    return leaving;
}

Result<DutyDraft> read_duty_draft(const pb::SendDutyReportRequest& in) {
    const auto stage = read_enum<DutyReportStage>(
        in.stage(), std::to_underlying(DutyReportStage::kFinal), "stage");
    if (!stage) return fail(stage.error());
    if (auto status = all({text_within(in.text(), kDutyText_max, "text"),
                           at_most(in.figures_size(), kFigures_max, "figures"),
                           at_most(in.addressees_size(), kAddressees_max, "addressees")});
        !status) {
        return fail(std::move(status.error()));
    }
    DutyDraft draft;
    draft.stage = *stage;
    draft.as_of = from_micros(in.as_of_micros());
    draft.text = in.text();
    for (int i = 0; i < in.figures_size(); ++i) {
        const pb::Figure& figure = in.figures(i);
        const auto field = [i](const char* name) { return fmt::format("figures[{}].{}", i, name); };
        if (auto status = all({some_text(figure.name(), 64, field("name")),
                               text_within(figure.source(), 100, field("source")),
                               text_within(figure.change_reason(), 200, field("change_reason"))});
            !status) {
            return fail(std::move(status.error()));
        }
        draft.figures.push_back(
            {figure.name(), figure.value(), figure.source(), figure.change_reason()});
    }
    for (int i = 0; i < in.addressees_size(); ++i) {
        if (auto status = some_text(in.addressees(i), 64, fmt::format("addressees[{}]", i));
            !status)
            return fail(std::move(status.error()));
        draft.addressees.push_back(in.addressees(i));
    }
    return draft;
}

}  // namespace liandong::intake
