#pragma once

#include "common/domain/incident.h"
#include "services/intake/policy/duplicates/evidence.h"
#include "services/intake/policy/knowledge.h"

namespace liandong::intake {

/// What an incident gives the search for duplicates: summary and address as words, its place, type,
/// callers, how its first call went. `knowledge.reads_words()` holds.
Evidence evidence_of_incident(const domain::Incident& incident, const Knowledge& knowledge);

/// The same with words that were read before.
Evidence evidence_of_incident(const domain::Incident& incident, const Knowledge& knowledge,
                              const Features& features);

/// Whether what was read of one holds for the other.
bool has_same_words(const domain::Incident& a, const domain::Incident& b);

/// A call that has no incident yet.
struct Call {
    domain::Place place;
    std::string words;  ///< UTF-8, ≤ kWords_max
    std::string type_code;
    std::uint64_t caller = 0;  ///< `Sealer::token` of the number; 0: not known
    Timestamp at;
    bool in_danger = false;
};
Evidence evidence_of_call(const Call& call, const Knowledge& knowledge);

}  // namespace liandong::intake
