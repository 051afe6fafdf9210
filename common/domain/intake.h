#pragma once

#include "common/base/time.h"
#include "common/domain/channel.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::domain {

/// How many of a capability an incident of this type usually needs.
struct UsualNeed {
    std::string capability;  ///< as units bear it, ≤ 32 bytes
    std::int32_t count = 1;

    friend bool operator==(const UsualNeed&, const UsualNeed&) = default;
};

/// Whether somebody must be called back before the incident may end (D14). Numbers are stored.
enum class CallbackState : std::uint8_t {
    kNone,       ///< nobody asks for it
    kDue,        ///< abandoned, silent or written: nobody has spoken to the caller yet
    kSafe,       ///< spoken to, and safe
    kNeedsHelp,  ///< spoken to, and in need: a unit must go
};
std::string_view to_string(CallbackState state);

struct Callback {
    CallbackState state = CallbackState::kNone;
    Timestamp due_at;           ///< of the next attempt; unset: none is due
    std::int32_t attempts = 0;  ///< made so far

    friend bool operator==(const Callback&, const Callback&) = default;
};

/// What of an incident was proposed by rules and has not been confirmed by a person. Bits, stored.
enum class Proposed : std::uint8_t { kLevel = 1, kLifeThreatening = 2, kHazards = 4 };

/// What intake knows of an incident besides what people say of it: where it came from, what the
/// rules propose, whether a machine raised it, who must be called back.
struct Intake {
    Channel channel = Channel::kUnspecified;   ///< of its first report
    std::uint8_t proposed = 0;                 ///< bits of `Proposed`
    std::vector<std::string> suggested_types;  ///< best first, ≤ 3; only while no type is set
    std::vector<UsualNeed> needs;              ///< of its type, ≤ 16: a proposal for dispatchers
    std::vector<std::uint64_t> callers;        ///< sorted keyed hashes of numbers that called, ≤ 16
    Timestamp last_report_at;
    CallEnd call_end = CallEnd::kUnspecified;  ///< of its first report
    Callback callback;
    // ---- machine alarms (D16) ----
    std::string site;         ///< the site whose alarms are counted here; empty: no machine's
    bool unverified = false;  ///< nobody has checked (复核) yet that it is one

    bool is_proposed(Proposed what) const { return (proposed & static_cast<int>(what)) != 0; }
    friend bool operator==(const Intake&, const Intake&) = default;
};

inline constexpr std::size_t kSuggestedTypes_max = 3;
inline constexpr std::size_t kUsualNeeds_max = 16;
inline constexpr std::size_t kCallersKept_max = 16;

}  // namespace liandong::domain
