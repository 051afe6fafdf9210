#include "services/intake/policy/callback.h"

#include "services/intake/policy/next_note.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace liandong::intake {
namespace {

using namespace domain;

Duration wait_after(std::int32_t attempts) {
    const auto last = static_cast<std::int32_t>(std::size(kCallbackWaits));
    return kCallbackWaits[std::clamp(attempts, 1, last) - 1];
}

CallbackState state_after(CallbackState before, CallbackOutcome outcome) {
    if (outcome == CallbackOutcome::kSafe) return CallbackState::kSafe;
    if (outcome == CallbackOutcome::kNeedsHelp) return CallbackState::kNeedsHelp;
    // Whoever was in need and does not answer now is still in need.
    return before == CallbackState::kNeedsHelp ? before : CallbackState::kDue;
}

}  // namespace

std::string_view to_string(CallbackOutcome outcome) {
    constexpr std::string_view kNames[] = {"UNSPECIFIED", "NO_ANSWER", "BUSY",       "UNREACHABLE",
                                           "SILENT",      "TEXT_SENT", "NEEDS_HELP", "SAFE"};
    static_assert(std::size(kNames) == kCallbackOutcomes);
    return kNames[std::to_underlying(outcome)];
}

Callback first_callback(Channel channel, CallEnd end, Timestamp now) {
    const bool is_lost =
        end == CallEnd::kAbandoned || end == CallEnd::kHungUp || end == CallEnd::kSilent;
    if (!is_lost && channel != Channel::kText12110) return {};
    return {CallbackState::kDue, now, 0};
}

Result<NoteIfAny> record_callback(Incident& incident, CallbackOutcome outcome,
                                  const std::string& text, const Actor& actor) {
    if (auto open = must_be_open(incident); !open) return fail(std::move(open.error()));
    Callback& callback = incident.intake.callback;
    if (callback.state == CallbackState::kNone) {
        return fail(Code::kFailedPrecondition, "CALLBACK_NOT_DUE",
                    "nobody of this incident has to be called back");
    }
    auto note = next_note(incident, NoteKind::kCallback, std::string(to_string(outcome)), actor);
    if (!note) return fail(std::move(note.error()));
    note->text = text;
    const CallbackState before = callback.state;
    callback.state = state_after(before, outcome);
    ++callback.attempts;
    const bool is_reached =
        outcome == CallbackOutcome::kSafe || outcome == CallbackOutcome::kNeedsHelp;
    callback.due_at = is_reached ? Timestamp{} : actor.now + wait_after(callback.attempts);
    if (callback.state != before) {
        note->changes.push_back({"callback", std::string(domain::to_string(before)),
                                 std::string(domain::to_string(callback.state))});
    }
    return NoteIfAny(std::move(*note));
}

Status may_end(const Incident& incident, bool is_supervisor, const std::string& reason) {
    const CallbackState state = incident.intake.callback.state;
    if (state == CallbackState::kNone || state == CallbackState::kSafe) return {};
    if (is_set(incident.dispatched_at)) return {};
    if (is_supervisor && !reason.empty()) return {};
    return fail(Code::kFailedPrecondition, "CALLER_NOT_REACHED",
                "nobody has spoken to the caller and no unit was sent: call back, send, or let a "
                "supervisor close it with a reason (D14)");
}

}  // namespace liandong::intake
