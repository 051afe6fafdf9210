#pragma once

#include "common/domain/bulletin.h"

#include <cstdint>
#include <string>
#include <string_view>

/// What the auditor holds of bulletins (D29, invariant 5), by rules of its own. Each says what is
/// wrong, to be read behind "bulletin <id>"; empty: nothing.
namespace liandong::simulator {

/// All that goes out, as one string: two bulletins say the same exactly when these are equal.
std::string words_of(const domain::Bulletin& bulletin);

/// Of one bulletin by itself.
std::string fault_of(const domain::Bulletin& bulletin);

/// Of an event that made `after` of `before` (nullptr: of nothing).
std::string fault_of_step(const domain::Bulletin* before, const domain::Bulletin& after);

/// Of a refusal to `who`, sent when the log ended at `begun_seq`. `bulletin` is what the log says
/// now (nullptr: of no bulletin), last written by event `version`.
std::string fault_of_refusal(const domain::Bulletin* bulletin, std::string_view who,
                             std::string_view reason, std::uint64_t version,
                             std::uint64_t begun_seq);

}  // namespace liandong::simulator
