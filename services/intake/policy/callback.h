#pragma once

#include "services/intake/policy/desk_work.h"

#include <chrono>
#include <cstdint>
#include <string>

/// Abandoned, silent and written calls: somebody speaks to the caller before the incident ends
/// (D14). Pure.
namespace liandong::intake {

/// What came of an attempt. Numbers as in the API.
enum class CallbackOutcome : std::uint8_t {
    kUnspecified,
    kNoAnswer,
    kBusy,
    kUnreachable,
    kSilent,    ///< answered, and did not speak or pressed a key: may not be able to
    kTextSent,  ///< the answer is awaited
    kNeedsHelp,
    kSafe,
};
inline constexpr int kCallbackOutcomes = 8;
std::string_view to_string(CallbackOutcome outcome);

/// What a report asks for: a call-back is due at once after an abandoned, hung-up or silent call,
/// and after a text.
domain::Callback first_callback(domain::Channel channel, domain::CallEnd end, Timestamp now);

/// How long to wait after the n-th attempt without success, n ≥ 1; the last one repeats.
inline constexpr std::chrono::minutes kCallbackWaits[] = {
    std::chrono::minutes{1}, std::chrono::minutes{3}, std::chrono::minutes{10},
    std::chrono::minutes{30}};

/// 回拨. Counts the attempt; its note says what came of it. FAILED_PRECONDITION / CALLBACK_NOT_DUE
/// when nobody asks for one, INCIDENT_CLOSED.
Result<NoteIfAny> record_callback(domain::Incident& incident, CallbackOutcome outcome,
                                  const std::string& text, const Actor& actor);

/// Whether it may end: nobody had to be called back, or the caller is safe, or a unit was sent, or
/// a supervisor says why. FAILED_PRECONDITION / CALLER_NOT_REACHED.
Status may_end(const domain::Incident& incident, bool is_supervisor, const std::string& reason);

}  // namespace liandong::intake
