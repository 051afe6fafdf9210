#include "services/intake/policy/desk/handovers.h"

#include "services/intake/policy/next_note.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

Status must_fit(std::string_view what, std::size_t count, std::size_t limit) {
    if (count <= limit) return {};
    return fail(Error{
        Code::kResourceExhausted,
        "TOO_MUCH_TO_HAND_OVER",
        fmt::format("{} {}, at most {}: release or close some first", count, what, limit),
        {}}.with("what", std::string(what))
                    .with("limit", std::to_string(limit)));
}

Status must_be_open(const Handover& handover) {
    if (!is_set(ended_at(handover))) return {};
    return fail(
        Error{Code::kFailedPrecondition, "HANDOVER_ENDED", "it was taken or withdrawn", {}}.with(
            "taken_by", handover.taken_by));
}

}  // namespace

Result<Handover> give(const Leaving& leaving, Worklist work, const Actor& actor) {
    for (const auto& [what, count, limit] :
         {std::tuple("incidents", work.incident_ids.size(), kHandoverIncidents_max),
          std::tuple("transfers", work.transfer_ids.size(), kHandoverOthers_max),
          std::tuple("bulletins", work.bulletin_ids.size(), kHandoverOthers_max)}) {
        if (auto status = must_fit(what, count, limit); !status)
            return fail(std::move(status.error()));
    }
    Handover handover;
    handover.id = leaving.id;
    handover.seat = leaving.seat;
    handover.given_by = actor.subject;
    handover.incident_ids = std::move(work.incident_ids);
    handover.transfer_ids = std::move(work.transfer_ids);
    handover.bulletin_ids = std::move(work.bulletin_ids);
    handover.units_out = work.units_out;
    handover.promises = leaving.promises;
    handover.remarks = leaving.remarks;
    handover.given_at = actor.now;
    return handover;
}

Status take(Handover& handover, const Actor& actor) {
    if (auto status = must_be_open(handover); !status) return status;
    if (actor.subject == handover.given_by) {
        return invalid_field("handover_id", "HANDOVER_TO_ONESELF",
                             "another person takes it, or it is withdrawn");
    }
    handover.taken_by = actor.subject;
    handover.taken_at = actor.now;
    return {};
}

Result<NoteIfAny> pass_on(const Handover& handover, Incident& incident, const Actor& actor) {
    if (!is_open(incident) || incident.claimed_by != handover.given_by) return std::nullopt;
    auto note = next_note(incident, NoteKind::kHandedOver, "", actor);
    if (!note) return fail(std::move(note.error()));
    note->text = handover.seat;
    note->changes.push_back({"claimed_by", handover.given_by, actor.subject});
    incident.claimed_by = actor.subject;
    incident.claimed_at = actor.now;
    return NoteIfAny(std::move(*note));
}

Status withdraw(Handover& handover, const Actor& actor) {
    if (actor.subject != handover.given_by) {
        return fail(Code::kPermissionDenied, "NOT_YOUR_HANDOVER", "only who gave it withdraws it");
    }
    if (auto status = must_be_open(handover); !status) return status;
    handover.withdrawn_at = actor.now;
    return {};
}

}  // namespace liandong::intake
