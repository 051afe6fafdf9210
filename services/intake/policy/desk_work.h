#pragma once

#include "common/base/error.h"
#include "common/domain/incident.h"
#include "common/domain/note.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What people at a desk do to an incident. Pure: each function changes the incident it is given
/// and returns the note that says so, or refuses (what it was given is not to be used then). Texts
/// are within their limits and UTF-8 already; FAILED_PRECONDITION / INCIDENT_CLOSED unless a
/// function says that it takes closed incidents; RESOURCE_EXHAUSTED / TOO_MANY_NOTES from all of
/// them: the last kNotesReserved of kNotes_max are for what ends or links an incident.
namespace liandong::intake {

/// Who does it, and when (world time).
struct Actor {
    std::string subject;
    std::string agency;
    std::string on_behalf_of;
    Timestamp now;
};

/// nullopt: it is so already, and nothing is written.
using NoteIfAny = std::optional<domain::Note>;

struct Triage {
    std::optional<std::string> type_code = {};
    std::optional<domain::Level> level = {};
    std::optional<bool> life_threatening = {};
    std::optional<domain::Place> place = {};
    std::optional<std::string> summary = {};
    std::optional<std::vector<std::string>> hazards = {};
    std::string reason = {};
};
/// 研判. Keeps every value that it replaces in the note. The gravest levels threaten life whatever
/// is said of it. INVALID_ARGUMENT / NOTHING_GIVEN.
Result<NoteIfAny> triage(domain::Incident& incident, const Triage& triage, const Actor& actor);

struct Remark {
    domain::NoteKind kind = domain::NoteKind::kRemark;  ///< also correction, caution, under control
                                                        ///< and feedback
    std::string text = {};
    Timestamp occurred_at = {};  ///< unset: now
    std::int32_t corrects = 0;
    std::string reason = {};
    Timestamp expires_at = {};
};
/// Takes closed incidents, but for "under control" and feedback. INVALID_ARGUMENT / NOTE_KIND_UNFIT
/// (field "kind"), TEXT_REQUIRED ("text"), REASON_REQUIRED ("reason"), NOTE_UNKNOWN ("corrects"),
/// TIME_OUT_OF_RANGE ("occurred_at_micros", as for reports).
Result<NoteIfAny> remark(domain::Incident& incident, const Remark& remark, const Actor& actor);

/// 审核, or 退回: then feedback is awaited again. FAILED_PRECONDITION / FEEDBACK_MISSING;
/// INVALID_ARGUMENT / REASON_REQUIRED.
Result<NoteIfAny> review(domain::Incident& incident, bool approve, const std::string& reason,
                         const Actor& actor);

/// ABORTED / CLAIMED_BY_ANOTHER; INVALID_ARGUMENT / REASON_REQUIRED.
Result<NoteIfAny> claim(domain::Incident& incident, bool take_over, const std::string& reason,
                        const Actor& actor);
/// FAILED_PRECONDITION / NOT_CLAIMED_BY_YOU.
Result<NoteIfAny> release(domain::Incident& incident, const std::string& reason,
                          const Actor& actor);

/// The answers to the two questions of "the same event" (D17); unset: not asked.
struct SameEvent {
    std::optional<bool> in_danger;
    std::optional<bool> anything_new;
    std::string what_is_new;
};
struct Link {
    std::string reason;
    SameEvent answers;
};
using TwoNotes = std::pair<domain::Note, domain::Note>;
/// D5, D17: `repeat` is about the same event as `primary`. Both stay as they are but for the link,
/// the counts and the unread mark; a caller in danger makes the repeat life-threatening.
/// INVALID_ARGUMENT / LINK_TO_ITSELF, REASON_REQUIRED, TEXT_REQUIRED ("what_is_new");
/// FAILED_PRECONDITION / ALREADY_LINKED, LINK_TO_LINKED, HAS_LINKS, QUESTIONS_UNANSWERED.
Result<TwoNotes> link(domain::Incident& repeat, domain::Incident& primary, const Link& link,
                      const Actor& actor);
/// Takes closed incidents. FAILED_PRECONDITION / NOT_LINKED (also: to another one);
/// INVALID_ARGUMENT / REASON_REQUIRED.
Result<TwoNotes> unlink(domain::Incident& repeat, domain::Incident& primary,
                        const std::string& reason, const Actor& actor);

/// Takes closed incidents.
Result<NoteIfAny> mark_read(domain::Incident& incident, const Actor& actor);

/// D17. FAILED_PRECONDITION / ALREADY_LINKED.
Result<NoteIfAny> declare_master(domain::Incident& incident, bool is_master,
                                 const std::string& reason, const Actor& actor);

/// `domain::close`, and the note of it.
Result<NoteIfAny> close(domain::Incident& incident, domain::Disposition disposition,
                        const std::string& text, const Actor& actor);
/// `domain::reopen`; INVALID_ARGUMENT / REASON_REQUIRED.
Result<NoteIfAny> reopen(domain::Incident& incident, const std::string& reason, const Actor& actor);

}  // namespace liandong::intake
