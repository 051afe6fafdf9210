#include "services/intake/policy/desk_work.h"

#include "services/intake/policy/next_note.h"
#include "services/intake/policy/take_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr std::size_t kShown_max = 300;

std::unexpected<Error> not_now(std::string reason, std::string message) {
    return fail(Code::kFailedPrecondition, std::move(reason), std::move(message));
}

bool is_remark(NoteKind kind) {
    return kind == NoteKind::kRemark || kind == NoteKind::kCorrection || kind == NoteKind::kCaution;
}

Result<NoteIfAny> noted(Result<Note> note) {
    if (!note) return fail(std::move(note.error()));
    return NoteIfAny(std::move(*note));
}

std::string shown(const std::string& text) { return text.substr(0, kShown_max); }
std::string shown(bool value) { return value ? "true" : "false"; }
std::string shown(const Level& level) {
    return fmt::format("{}/{} {}", static_cast<int>(level.scale), level.code, level.authority);
}
std::string shown(const std::vector<std::string>& codes) {
    return shown(fmt::format("{}", fmt::join(codes, ",")));
}
std::string shown(const Place& place) {
    const std::string at =
        place.position
            ? fmt::format("{:.7f},{:.7f} ", place.position->latitude(), place.position->longitude())
            : std::string();
    const std::string heading =
        place.heading_degrees ? fmt::format(" →{}°", *place.heading_degrees) : std::string();
    return shown(fmt::format("{}±{:.0f} {} {}{}", at, place.accuracy.value, place.area_code,
                             place.address, heading));
}

template <class T>
void change(const char* field, T& value, const std::optional<T>& wanted, Note& note) {
    if (!wanted || *wanted == value) return;
    note.changes.push_back({field, shown(value), shown(*wanted)});
    value = *wanted;
}

bool says_nothing(const Triage& triage) {
    return !triage.type_code && !triage.level && !triage.life_threatening && !triage.place &&
           !triage.summary && !triage.hazards;
}

bool is_scene_fact(NoteKind kind) {
    return kind == NoteKind::kUnderControl || kind == NoteKind::kFeedback;
}

Status check(const Remark& remark, const Incident& incident, const Actor& actor) {
    if (!is_remark(remark.kind) && !is_scene_fact(remark.kind)) {
        return invalid_field("kind", "NOTE_KIND_UNFIT", "such notes are written by what they tell");
    }
    if (is_scene_fact(remark.kind)) {
        if (auto open = must_be_open(incident); !open) return open;
    }
    if (remark.text.empty() && remark.kind != NoteKind::kUnderControl) {
        return invalid_field("text", "TEXT_REQUIRED", "a note says something");
    }
    if (remark.kind == NoteKind::kCorrection) {
        if (remark.corrects < 1 || remark.corrects > incident.note_count) {
            return invalid_field(
                "corrects", "NOTE_UNKNOWN",
                fmt::format("the incident has the notes 1–{}", incident.note_count));
        }
        if (auto reason = must_have_reason(remark.reason); !reason) return reason;
    } else if (remark.corrects != 0) {
        return invalid_field("corrects", "NOTE_KIND_UNFIT", "only a correction corrects");
    }
    const bool in_range = remark.occurred_at >= actor.now - kReportAge_max &&
                          remark.occurred_at <= actor.now + kReportFuture_max;
    if (is_set(remark.occurred_at) && !in_range) {
        return invalid_field("occurred_at_micros", "TIME_OUT_OF_RANGE",
                             "between seven days ago and five minutes ahead");
    }
    return {};
}

Status may_link(const Incident& repeat, const Incident& primary, const Link& link) {
    if (repeat.id == primary.id) {
        return invalid_field("to_incident_id", "LINK_TO_ITSELF",
                             "an incident is no repeat of itself");
    }
    if (auto reason = must_have_reason(link.reason); !reason) return reason;
    for (const Incident* incident : {&repeat, &primary}) {
        if (auto open = must_be_open(*incident); !open) return open;
    }
    if (!repeat.linked_to.empty()) {
        return fail(Error{
            Code::kFailedPrecondition,
            "ALREADY_LINKED",
            "it is linked already; unlink it first",
            {}}.with("linked_to", repeat.linked_to));
    }
    if (!primary.linked_to.empty()) {
        return fail(Error{
            Code::kFailedPrecondition,
            "LINK_TO_LINKED",
            "the other is a repeat itself; link to what that one is linked to",
            {}}.with("linked_to", primary.linked_to));
    }
    if (repeat.linked_count > 0 || repeat.is_master) {
        return not_now("HAS_LINKS", "others are linked to it, or it is a master incident");
    }
    const SameEvent& answers = link.answers;
    if (primary.is_master && (!answers.in_danger || !answers.anything_new)) {
        return not_now("QUESTIONS_UNANSWERED",
                       "ask whether the caller is in danger and whether anything is new (D17)");
    }
    if (answers.anything_new.value_or(false) && answers.what_is_new.empty()) {
        return invalid_field("what_is_new", "TEXT_REQUIRED", "say what is new");
    }
    return {};
}

}  // namespace

Result<NoteIfAny> triage(Incident& incident, const Triage& triage, const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (says_nothing(triage)) {
        return invalid_field("type_code", "NOTHING_GIVEN", "give at least one fact");
    }
    auto note = next_note(incident, NoteKind::kTriaged, triage.reason, actor);
    if (!note) return noted(std::move(note));
    change("type_code", incident.type_code, triage.type_code, *note);
    change("level", incident.level, triage.level, *note);
    std::optional<bool> threatens = triage.life_threatening;
    if (urgency_rank(incident.level) == 4) threatens = true;
    change("life_threatening", incident.life_threatening, threatens, *note);
    change("place", incident.place, triage.place, *note);
    change("summary", incident.summary, triage.summary, *note);
    change("hazards", incident.hazards, triage.hazards, *note);
    change("needs_correction", incident.needs_correction, std::optional(false), *note);
    if (!is_set(incident.triaged_at)) incident.triaged_at = actor.now;
    return noted(std::move(note));
}

Result<NoteIfAny> remark(Incident& incident, const Remark& remark, const Actor& actor) {
    if (auto status = check(remark, incident, actor); !status)
        return fail(std::move(status.error()));
    auto note = next_note(incident, remark.kind, remark.reason, actor);
    if (!note) return noted(std::move(note));
    note->text = remark.text;
    note->corrects = remark.corrects;
    note->expires_at = remark.expires_at;
    if (is_set(remark.occurred_at)) note->occurred_at = remark.occurred_at;
    if (remark.kind == NoteKind::kUnderControl && !is_set(incident.controlled_at))
        incident.controlled_at = note->occurred_at;
    if (remark.kind == NoteKind::kFeedback) {
        incident.feedback_at = note->occurred_at;
        incident.reviewed_at = {};
    }
    return noted(std::move(note));
}

Result<NoteIfAny> review(Incident& incident, bool approve, const std::string& reason,
                         const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (!is_set(incident.feedback_at)) {
        return not_now("FEEDBACK_MISSING", "there is no feedback to review");
    }
    if (!approve) {
        if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    }
    const NoteKind kind = approve ? NoteKind::kApproved : NoteKind::kReturned;
    auto note = next_note(incident, kind, reason, actor);
    if (!note) return noted(std::move(note));
    incident.reviewed_at = approve ? actor.now : Timestamp{};
    if (!approve) incident.feedback_at = {};
    return noted(std::move(note));
}

Result<NoteIfAny> claim(Incident& incident, bool take_over, const std::string& reason,
                        const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (incident.claimed_by == actor.subject) return std::nullopt;
    const bool is_free = incident.claimed_by.empty();
    if (!is_free && !take_over) {
        return fail(
            Error{Code::kAborted, "CLAIMED_BY_ANOTHER", "somebody else works on it", {}}.with(
                "holder", incident.claimed_by));
    }
    if (!is_free) {
        if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    }
    auto note =
        next_note(incident, is_free ? NoteKind::kClaimed : NoteKind::kTakenOver, reason, actor);
    if (!note) return fail(std::move(note.error()));
    change("claimed_by", incident.claimed_by, std::optional(actor.subject), *note);
    incident.claimed_at = actor.now;
    return noted(std::move(note));
}

Result<NoteIfAny> release(Incident& incident, const std::string& reason, const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (incident.claimed_by.empty()) return std::nullopt;
    if (incident.claimed_by != actor.subject) {
        return fail(Error{
            Code::kFailedPrecondition,
            "NOT_CLAIMED_BY_YOU",
            "only who has claimed it gives it back; others take it over",
            {}}.with("holder", incident.claimed_by));
    }
    auto note = next_note(incident, NoteKind::kReleased, reason, actor);
    if (!note) return fail(std::move(note.error()));
    change("claimed_by", incident.claimed_by, std::optional(std::string()), *note);
    incident.claimed_at = {};
    return noted(std::move(note));
}

Result<TwoNotes> link(Incident& repeat, Incident& primary, const Link& link, const Actor& actor) {
    if (auto status = may_link(repeat, primary, link); !status)
        return fail(std::move(status.error()));
    auto of_repeat = next_note(repeat, NoteKind::kLinked, link.reason, actor);
    if (!of_repeat) return fail(std::move(of_repeat.error()));
    auto of_primary = next_note(primary, NoteKind::kGotLink, link.reason, actor);
    if (!of_primary) return fail(std::move(of_primary.error()));
    of_repeat->other_incident_id = primary.id;
    of_primary->other_incident_id = repeat.id;
    of_repeat->text = of_primary->text = link.answers.what_is_new;
    if (link.answers.in_danger.value_or(false))
        change("life_threatening", repeat.life_threatening, std::optional(true), *of_repeat);
    repeat.linked_to = primary.id;
    repeat.unread = true;
    primary.linked_count += 1;
    primary.linked_report_count += repeat.report_count;
    return TwoNotes{std::move(*of_repeat), std::move(*of_primary)};
}

Result<TwoNotes> unlink(Incident& repeat, Incident& primary, const std::string& reason,
                        const Actor& actor) {
    if (repeat.linked_to.empty() || repeat.linked_to != primary.id) {
        return not_now("NOT_LINKED", "it is linked to nothing, or to another one by now");
    }
    if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    auto of_repeat = next_note(repeat, NoteKind::kUnlinked, reason, actor);
    if (!of_repeat) return fail(std::move(of_repeat.error()));
    auto of_primary = next_note(primary, NoteKind::kLostLink, reason, actor);
    if (!of_primary) return fail(std::move(of_primary.error()));
    of_repeat->other_incident_id = primary.id;
    of_primary->other_incident_id = repeat.id;
    repeat.linked_to.clear();
    repeat.unread = false;
    primary.linked_count -= 1;
    primary.linked_report_count -= repeat.report_count;
    return TwoNotes{std::move(*of_repeat), std::move(*of_primary)};
}

Result<NoteIfAny> mark_read(Incident& incident, const Actor& actor) {
    if (!incident.unread) return std::nullopt;
    auto note = next_note(incident, NoteKind::kRead, "", actor);
    if (!note) return fail(std::move(note.error()));
    incident.unread = false;
    return noted(std::move(note));
}

Result<NoteIfAny> declare_master(Incident& incident, bool is_master, const std::string& reason,
                                 const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    if (incident.is_master == is_master) return std::nullopt;
    if (!incident.linked_to.empty()) {
        return not_now("ALREADY_LINKED", "a repeat is no master incident");
    }
    auto note = next_note(incident, NoteKind::kMaster, reason, actor);
    if (!note) return fail(std::move(note.error()));
    change("is_master", incident.is_master, std::optional(is_master), *note);
    return noted(std::move(note));
}

Result<NoteIfAny> close(Incident& incident, Disposition disposition, const std::string& text,
                        const Actor& actor) {
    if (auto status = domain::close(incident, disposition, actor.subject, text, actor.now);
        !status) {
        return fail(std::move(status.error()));
    }
    auto note = next_note(incident, NoteKind::kClosed, std::string(to_string(disposition)), actor);
    if (note) note->text = text;
    return noted(std::move(note));
}

Result<NoteIfAny> reopen(Incident& incident, const std::string& reason, const Actor& actor) {
    if (auto status = must_have_reason(reason); !status) return fail(std::move(status.error()));
    const Disposition was = incident.disposition;
    if (auto status = domain::reopen(incident, actor.now); !status)
        return fail(std::move(status.error()));
    auto note = next_note(incident, NoteKind::kReopened, reason, actor);
    if (note) note->changes.push_back({"disposition", std::string(to_string(was)), ""});
    return noted(std::move(note));
}

}  // namespace liandong::intake
