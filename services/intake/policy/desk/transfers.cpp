#include "services/intake/policy/desk/transfers.h"

#include "services/intake/policy/desk/clocks.h"
#include "services/intake/policy/next_note.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::intake {
namespace {

using namespace domain;
using namespace std::chrono_literals;

constexpr Duration kAnswer_min = 10s;
constexpr Duration kAnswer_max = 24h * 7;
constexpr Duration kComplete_max = 24h * 365;

std::unexpected<Error> not_now(std::string reason, std::string message) {
    return fail(Code::kFailedPrecondition, std::move(reason), std::move(message));
}

bool is_unanswered(const Transfer& transfer) {
    return transfer.state == TransferState::kOffered || transfer.state == TransferState::kDelivered;
}

Result<NoteIfAny> noted(Incident& incident, const Transfer& transfer, std::string reason,
                        const Actor& actor) {
    auto note = next_note(incident, NoteKind::kTransfer, std::move(reason), actor);
    if (!note) return fail(std::move(note.error()));
    note->text = fmt::format("{} {} {} → {}", to_string(transfer.kind), to_string(transfer.state),
                             transfer.from_agency, transfer.to_agency);
    return NoteIfAny(std::move(*note));
}

Status must_be_unanswered(const Transfer& transfer) {
    if (is_unanswered(transfer)) return {};
    if (transfer.state == TransferState::kAccepted)
        return not_now("TRANSFER_ANSWERED", "the other side has accepted");
    return fail(
        Error{Code::kFailedPrecondition, "TRANSFER_ENDED", "it has come to its end", {}}.with(
            "state", std::string(to_string(transfer.state))));
}

Status must_be_addressee(const Transfer& transfer, const Actor& actor) {
    if (actor.agency == transfer.to_agency || !actor.on_behalf_of.empty()) return {};
    return fail(Error{
        Code::kPermissionDenied,
        "NOT_THE_ADDRESSEE",
        "only the agency it was offered to answers, or somebody on its behalf",
        {}}.with("addressee", transfer.to_agency));
}

/// The other side does not have it: the one who has it is reminded.
void failed(Incident& incident, const Transfer& transfer, Timestamp now) {
    if (incident.transfer_id == transfer.id) incident.transfer_id.clear();
    incident.transfer_failed_at = now;
}

void settled(Incident& incident, const Transfer& transfer) {
    if (incident.transfer_id == transfer.id) incident.transfer_id.clear();
    incident.transfer_failed_at = {};
}

Status check(const Incident& incident, const Offer& offer, Timestamp answer_by, Timestamp now) {
    if (auto open = must_be_open(incident); !open) return open;
    if (offer.kind == TransferKind::kUnspecified)
        return invalid_field("kind", "KIND_REQUIRED", "say what kind of transfer it is");
    if (auto reason = must_have_reason(offer.reason); !reason) return reason;
    if (offer.sharing == SharingTier::kUnspecified)
        return invalid_field("sharing", "SHARING_REQUIRED", "say how much the other side sees");
    if (offer.kind != TransferKind::kDirective && offer.to_agency == incident.agency) {
        return invalid_field("to_agency", "TRANSFER_TO_ITSELF", "that agency has it");
    }
    if (moves_owner(offer.kind) && !incident.transfer_id.empty()) {
        return fail(Error{
            Code::kFailedPrecondition,
            "TRANSFER_PENDING",
            "another transfer waits for its answer",
            {}}.with("transfer", incident.transfer_id));
    }
    if (answer_by < now + kAnswer_min || answer_by > now + kAnswer_max) {
        return invalid_field("answer_by_micros", "DUE_OUT_OF_RANGE",
                             "between ten seconds and seven days ahead");
    }
    if (is_set(offer.complete_by) &&
        (offer.complete_by <= answer_by || offer.complete_by > now + kComplete_max)) {
        return invalid_field("complete_by_micros", "DUE_OUT_OF_RANGE",
                             "after the answer, within a year");
    }
    return {};
}

Role role_for(std::int32_t level) {
    return level == 1 || level == 2 ? Role::kDutyCommander : Role::kShiftSupervisor;
}

bool has(std::span<const Role> roles, Role wanted) {
    return std::ranges::any_of(roles, [&](Role role) {
        return role == wanted || (wanted == Role::kShiftSupervisor && role == Role::kDutyCommander);
    });
}

}  // namespace

Duration answer_within(TransferKind kind) {
    switch (kind) {
    case TransferKind::kAgency: return 3min;
    case TransferKind::kUpward:
    case TransferKind::kDownward: return 10min;
    case TransferKind::kDirective: return 30min;
    case TransferKind::kReferral: return 24h;
    case TransferKind::kUnspecified: break;
    }
    return 3min;
}

bool moves_owner(TransferKind kind) {
    return kind == TransferKind::kAgency || kind == TransferKind::kUpward ||
           kind == TransferKind::kDownward;
}

Result<Offered> offer(Incident& incident, const Offer& offer, const Actor& actor) {
    const Timestamp answer_by =
        is_set(offer.answer_by) ? offer.answer_by : actor.now + answer_within(offer.kind);
    if (auto status = check(incident, offer, answer_by, actor.now); !status)
        return fail(std::move(status.error()));
    Transfer transfer;
    transfer.id = offer.id;
    transfer.incident_id = incident.id;
    transfer.kind = offer.kind;
    transfer.from_agency = actor.agency;
    transfer.to_agency = offer.to_agency;
    transfer.to_desk = offer.to_desk;
    transfer.reason = offer.reason;
    transfer.sharing = offer.sharing;
    transfer.shared_until = offer.shared_until;
    transfer.answer_by = answer_by;
    transfer.complete_by = offer.complete_by;
    transfer.offered_by = actor.subject;
    transfer.offered_at = actor.now;
    auto note = noted(incident, transfer, offer.reason, actor);
    if (!note) return fail(std::move(note.error()));
    if (moves_owner(offer.kind)) incident.transfer_id = transfer.id;
    incident.transfer_failed_at = {};
    return Offered{std::move(transfer), std::move(**note)};
}

Result<NoteIfAny> deliver(Transfer& transfer, Incident& incident, const Actor& actor) {
    if (is_set(transfer.delivered_at)) return std::nullopt;
    if (auto status = must_be_unanswered(transfer); !status) return fail(std::move(status.error()));
    transfer.state = TransferState::kDelivered;
    transfer.delivered_at = actor.now;
    return noted(incident, transfer, "", actor);
}

Result<NoteIfAny> answer(Transfer& transfer, Incident& incident, bool accept,
                         const std::string& text, const Actor& actor) {
    if (auto status = must_be_addressee(transfer, actor); !status)
        return fail(std::move(status.error()));
    if (accept && transfer.state == TransferState::kAccepted) return std::nullopt;
    if (auto status = must_be_unanswered(transfer); !status) return fail(std::move(status.error()));
    if (!accept && text.empty())
        return invalid_field("answer", "REASON_REQUIRED", "say why it is rejected");
    transfer.state = accept ? TransferState::kAccepted : TransferState::kRejected;
    transfer.answered_by = actor.subject;
    transfer.answered_at = actor.now;
    transfer.answer = text;
    auto note = noted(incident, transfer, text, actor);
    if (!note) return note;
    if (!accept) {
        failed(incident, transfer, actor.now);
        return note;
    }
    settled(incident, transfer);
    if (moves_owner(transfer.kind) && is_open(incident)) {
        (*note)->changes.push_back({"agency", incident.agency, transfer.to_agency});
        incident.agency = transfer.to_agency;
        incident.claimed_by.clear();
        incident.claimed_at = {};
    }
    return note;
}

Result<NoteIfAny> complete(Transfer& transfer, Incident& incident, const std::string& outcome,
                           const Actor& actor) {
    if (auto status = must_be_addressee(transfer, actor); !status)
        return fail(std::move(status.error()));
    if (transfer.state == TransferState::kCompleted) return std::nullopt;
    if (transfer.state != TransferState::kAccepted)
        return not_now("TRANSFER_NOT_ACCEPTED", "only what was accepted is completed");
    if (outcome.empty()) return invalid_field("outcome", "TEXT_REQUIRED", "say what came of it");
    transfer.state = TransferState::kCompleted;
    transfer.completed_by = actor.subject;
    transfer.completed_at = actor.now;
    transfer.outcome = outcome;
    settled(incident, transfer);
    auto note = noted(incident, transfer, "", actor);
    if (note) (*note)->text += ": " + outcome;
    return note;
}

Result<NoteIfAny> withdraw(Transfer& transfer, Incident& incident, const std::string& reason,
                           const Actor& actor) {
    if (actor.agency != transfer.from_agency) {
        return fail(Code::kPermissionDenied, "NOT_THE_OFFERER",
                    "only the agency that offered it withdraws it");
    }
    if (transfer.state == TransferState::kWithdrawn) return std::nullopt;
    if (auto status = must_be_unanswered(transfer); !status) return fail(std::move(status.error()));
    if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    transfer.state = TransferState::kWithdrawn;
    transfer.answered_by = actor.subject;
    transfer.answered_at = actor.now;
    transfer.answer = reason;
    settled(incident, transfer);
    return noted(incident, transfer, reason, actor);
}

std::optional<Timestamp> due_at(const Transfer& transfer) {
    const bool has_rung = is_set(transfer.overdue_at);
    if (is_unanswered(transfer)) {
        if (has_rung) return std::nullopt;
        return transfer.answer_by;
    }
    if (transfer.state != TransferState::kAccepted || !is_set(transfer.complete_by))
        return std::nullopt;
    if (has_rung && transfer.overdue_at >= transfer.complete_by) return std::nullopt;
    return transfer.complete_by;
}

Result<NoteIfAny> run_out(Transfer& transfer, Incident& incident, Timestamp now) {
    const auto due = due_at(transfer);
    if (!due || now < *due) return std::nullopt;
    const Actor actor{"system:clock/TRANSFER", "liandong", "", now};
    transfer.overdue_at = now;
    if (is_unanswered(transfer) && transfer.kind != TransferKind::kDirective) {
        transfer.state = TransferState::kExpired;
        transfer.answered_by = actor.subject;
        transfer.answered_at = now;
    }
    auto note = noted(incident, transfer, "", actor);
    if (note) failed(incident, transfer, now);
    return note;
}

std::optional<SharingTier> visible_tier(const Transfer& transfer, const std::string& agency,
                                        Timestamp now) {
    if (agency != transfer.to_agency) return std::nullopt;
    const bool is_theirs = is_unanswered(transfer) || transfer.state == TransferState::kAccepted;
    const bool is_over = is_set(transfer.shared_until) && now >= transfer.shared_until;
    if (!is_theirs || is_over) return std::nullopt;
    return transfer.sharing;
}

Result<NoteIfAny> set_response(Incident& incident, std::int32_t level, std::span<const Role> roles,
                               const std::string& reason, const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (level < 0 || level > 4)
        return invalid_field("level", "LEVEL_OUT_OF_RANGE", "1 (gravest) to 4, or 0: stood down");
    if (level == incident.response_level) return std::nullopt;
    if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    for (std::int32_t touched : {level, incident.response_level}) {
        if (touched == 0 || has(roles, role_for(touched))) continue;
        return fail(Error{
            Code::kPermissionDenied,
            "RESPONSE_LEVEL_BEYOND_ROLE",
            fmt::format("level {} is not yours to raise or to stand down", touched),
            {}}.with("role", std::string(to_string(role_for(touched)))));
    }
    auto note = next_note(incident, NoteKind::kResponseLevel, reason, actor);
    if (!note) return fail(std::move(note.error()));
    note->changes.push_back(
        {"response_level", std::to_string(incident.response_level), std::to_string(level)});
    incident.response_level = level;
    incident.response_by = actor.subject;
    incident.response_at = actor.now;
    if (must_be_reported(incident) && !is_set(incident.duty_report_since))
        incident.duty_report_since = actor.now;
    return NoteIfAny(std::move(*note));
}

}  // namespace liandong::intake
