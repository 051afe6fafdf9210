#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"
#include "common/domain/incident.h"
#include "common/domain/principal.h"
#include "services/intake/policy/desk_work.h"

#include <optional>
#include <span>
#include <string>

/// Others who take an incident over, or a part in it (D6), and response levels. Pure; each function
/// changes what it is given and returns the incident's note of it. nullopt: it is so already.
namespace liandong::intake {

struct Offer {
    std::string id;
    domain::TransferKind kind = domain::TransferKind::kUnspecified;
    std::string to_agency;
    std::string to_desk;
    std::string reason;
    domain::SharingTier sharing = domain::SharingTier::kUnspecified;
    Timestamp shared_until;
    Timestamp answer_by;    ///< unset: `answer_within` of the kind from now
    Timestamp complete_by;  ///< unset: none
};

/// How long the other side has to answer, unless said otherwise: defaults of our own, by kind.
Duration answer_within(domain::TransferKind kind);
/// Whether acceptance moves the incident to the other agency (转警, 上报, 下派).
bool moves_owner(domain::TransferKind kind);

struct Offered {
    domain::Transfer transfer;
    domain::Note note;
};
/// FAILED_PRECONDITION / INCIDENT_CLOSED, TRANSFER_PENDING (metadata "transfer"); INVALID_ARGUMENT
/// / TRANSFER_TO_ITSELF ("to_agency"), REASON_REQUIRED, KIND_REQUIRED ("kind"), SHARING_REQUIRED
/// ("sharing"), DUE_OUT_OF_RANGE ("answer_by_micros": 10 s … 7 days ahead; "complete_by_micros":
/// after it, ≤ 365 days).
Result<Offered> offer(domain::Incident& incident, const Offer& offer, const Actor& actor);

/// Delivery is not acceptance. FAILED_PRECONDITION / TRANSFER_ENDED.
Result<NoteIfAny> deliver(domain::Transfer& transfer, domain::Incident& incident,
                          const Actor& actor);

/// By the addressee, or by somebody on its behalf (told by telephone). An owner changes here and
/// nowhere else, so that nobody is ever without one. PERMISSION_DENIED / NOT_THE_ADDRESSEE;
/// FAILED_PRECONDITION / TRANSFER_ENDED, TRANSFER_ANSWERED; INVALID_ARGUMENT / REASON_REQUIRED
/// ("answer": of a rejection).
Result<NoteIfAny> answer(domain::Transfer& transfer, domain::Incident& incident, bool accept,
                         const std::string& text, const Actor& actor);

/// What came of it, back to who offered it. PERMISSION_DENIED / NOT_THE_ADDRESSEE;
/// FAILED_PRECONDITION / TRANSFER_NOT_ACCEPTED; INVALID_ARGUMENT / TEXT_REQUIRED ("outcome").
Result<NoteIfAny> complete(domain::Transfer& transfer, domain::Incident& incident,
                           const std::string& outcome, const Actor& actor);

/// By the agency that offered it, before it is answered. PERMISSION_DENIED / NOT_THE_OFFERER;
/// FAILED_PRECONDITION / TRANSFER_ANSWERED, TRANSFER_ENDED; INVALID_ARGUMENT / REASON_REQUIRED.
Result<NoteIfAny> withdraw(domain::Transfer& transfer, domain::Incident& incident,
                           const std::string& reason, const Actor& actor);

/// When its clock is due: unanswered at `answer_by`, not completed at `complete_by`; each once.
std::optional<Timestamp> due_at(const domain::Transfer& transfer);
/// The clock is due: an offer expires (a directive and what was accepted stay), and the incident
/// rings (`ClockKind::kTransfer`) until somebody takes it. nullopt when it is not due.
Result<NoteIfAny> run_out(domain::Transfer& transfer, domain::Incident& incident, Timestamp now);

/// How much of the incident `agency` sees through this transfer at `now`; nullopt: nothing (any
/// more). Who offered it, and who owns the incident, see all of it anyway and are not asked about
/// here.
std::optional<domain::SharingTier> visible_tier(const domain::Transfer& transfer,
                                                const std::string& agency, Timestamp now);

/// Level 1 (gravest) … 4, or 0: stood down. I and II take a duty commander, III and IV a shift
/// supervisor, both to raise to that level and to leave it (突发事件应对法 2024 art. 16–17 leave
/// levels to local plans: this table is data of ours). PERMISSION_DENIED /
/// RESPONSE_LEVEL_BEYOND_ROLE (metadata "role"); INVALID_ARGUMENT / LEVEL_OUT_OF_RANGE ("level"),
/// REASON_REQUIRED.
Result<NoteIfAny> set_response(domain::Incident& incident, std::int32_t level,
                               std::span<const domain::Role> roles, const std::string& reason,
                               const Actor& actor);

}  // namespace liandong::intake
