#include "services/intake/policy/next_note.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::intake {

using namespace domain;

namespace {

bool is_talk(NoteKind kind) {
    return kind == NoteKind::kRemark || kind == NoteKind::kCorrection ||
           kind == NoteKind::kCaution || kind == NoteKind::kTriaged || kind == NoteKind::kRang;
}

}  // namespace

Status must_be_open(const Incident& incident) {
    if (is_open(incident)) return {};
    return fail(Code::kFailedPrecondition, "INCIDENT_CLOSED",
                "the incident is closed; reopen it first");
}

Status must_have_reason(const std::string& reason) {
    if (!reason.empty()) return {};
    return invalid_field("reason", "REASON_REQUIRED", "say why");
}

Result<Note> next_note(Incident& incident, NoteKind kind, std::string reason, const Actor& actor) {
    const std::int32_t limit = is_talk(kind) ? kNotes_max - kNotesReserved : kNotes_max;
    if (incident.note_count >= limit) {
        return fail(Code::kResourceExhausted, "TOO_MANY_NOTES",
                    fmt::format("an incident takes {} such notes", limit));
    }
    Note note;
    note.number = ++incident.note_count;
    note.id = note_id(incident.id, note.number);
    note.incident_id = incident.id;
    note.kind = kind;
    note.author = actor.subject;
    note.agency = actor.agency;
    note.on_behalf_of = actor.on_behalf_of;
    note.occurred_at = actor.now;
    note.recorded_at = actor.now;
    note.reason = std::move(reason);
    return note;
}

}  // namespace liandong::intake
