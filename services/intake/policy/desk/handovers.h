#pragma once

#include "common/base/error.h"
#include "common/domain/desk.h"
#include "common/domain/incident.h"
#include "services/intake/policy/desk_work.h"

#include <string>
#include <vector>

/// 交接班 (D12), pure.
namespace liandong::intake {

/// What who leaves says; the rest is what the state shows.
struct Leaving {
    std::string id;
    std::string seat;
    std::vector<std::string> promises;
    std::string remarks;
};

/// What is seen of the person's work at that moment.
struct Worklist {
    std::vector<std::string> incident_ids;  ///< open and claimed by the person
    std::vector<std::string> transfer_ids;  ///< offered by the person and not ended
    std::vector<std::string> bulletin_ids;  ///< in force
    std::int32_t units_out = 0;
};

/// The hand-over, signed by who gives. RESOURCE_EXHAUSTED / TOO_MUCH_TO_HAND_OVER (metadata "what",
/// "limit"): above kHandoverIncidents_max incidents or kHandoverOthers_max others; hand over in
/// two.
Result<domain::Handover> give(const Leaving& leaving, Worklist work, const Actor& actor);

/// Signed by who takes: from here on it is theirs. FAILED_PRECONDITION / HANDOVER_ENDED (metadata
/// "taken_by"); INVALID_ARGUMENT / HANDOVER_TO_ONESELF ("handover_id").
Status take(domain::Handover& handover, const Actor& actor);
/// One incident of it: claimed by who takes, unless somebody else has taken it over or it is closed
/// (nullopt).
Result<NoteIfAny> pass_on(const domain::Handover& handover, domain::Incident& incident,
                          const Actor& actor);

/// By who gave it, while nobody has taken it. PERMISSION_DENIED / NOT_YOUR_HANDOVER;
/// FAILED_PRECONDITION / HANDOVER_ENDED.
Status withdraw(domain::Handover& handover, const Actor& actor);

}  // namespace liandong::intake
