#include "common/domain/note.h"

#include <fmt/format.h>

#include <utility>

namespace liandong::domain {

std::string_view to_string(NoteKind kind) {
    constexpr std::string_view kNames[] = {
        "UNSPECIFIED",   "REMARK",      "CORRECTION",     "CAUTION",  "TRIAGED",
        "UNDER_CONTROL", "FEEDBACK",    "APPROVED",       "RETURNED", "CLAIMED",
        "TAKEN_OVER",    "RELEASED",    "LINKED",         "UNLINKED", "GOT_LINK",
        "LOST_LINK",     "READ",        "MASTER",         "CLOSED",   "REOPENED",
        "RANG",          "ALARM_TAKEN", "RESPONSE_LEVEL", "TRANSFER", "HANDED_OVER",
        "DUTY_REPORT",   "CALLBACK",    "VERIFIED"};
    static_assert(std::size(kNames) == kNoteKinds);
    return kNames[std::to_underlying(kind)];
}

std::string note_id(std::string_view incident_id, std::int32_t number) {
    return fmt::format("{}-{:04}", incident_id, number);
}

}  // namespace liandong::domain
