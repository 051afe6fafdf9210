#pragma once

#include "services/intake/policy/duplicates/evidence.h"
#include "services/intake/policy/duplicates/reason.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liandong::intake {

/// How bold the search is. Data of a deployment.
struct DuplicatePolicy {
    double suggest_at = 0.50;        ///< a smaller score is not shown
    double link_at = 0.95;           ///< a smaller score is never linked without a person
    bool automatic_linking = false;  ///< D5: off by default
};

/// One ground of a score: positive speaks for one incident, negative against.
struct Ground {
    DuplicateReason reason{};
    double weight = 0;  ///< in log odds
};

/// A set of reasons: bit i stands for DuplicateReason i.
using BarSet = std::uint64_t;
static_assert(kDuplicateReasons <= 64);
constexpr BarSet bar_bit(DuplicateReason reason) { return BarSet{1} << static_cast<int>(reason); }

/// An incident that a new report may belong to.
struct Suggestion {
    std::string incident_id;
    double score = 0;             ///< (0, 1): the logistic function of the sum of all weights
    std::vector<Ground> grounds;  ///< heaviest first, for and against
    /// Why a person has to decide (D5), in order of the enumeration. Empty: it may be linked
    /// automatically, which never happens while the policy says so.
    std::vector<DuplicateReason> bars;

    bool may_link_automatically() const { return bars.empty(); }
};

/// Scores a new report against one incident. Pure; symmetric in place, time and kind, but not in
/// what is new: casualties, hazards and "another one" count in the report only.
///
/// The score is logistic in a sum of weights, in the spirit of Fellegi and Sunter (1969): one for
/// each thing that both state. What only one of them states counts neither way. A conflicting house
/// number or plate bars automatic linking and lowers the score a little; another building or
/// carriageway lowers it a lot (D5).
Suggestion compare(const Evidence& report, const Evidence& incident, const PlaceNames& names,
                   const DuplicatePolicy& policy);

/// The same when the score reaches the policy's `suggest_at`; else nothing, and nothing is built.
std::optional<Suggestion> compare_if_alike(const Evidence& report, const Evidence& incident,
                                           const PlaceNames& names, const DuplicatePolicy& policy);

/// 68 % radius that is taken for a position whose accuracy is not stated.
inline constexpr domain::Meters kUnstatedAccuracy{80};

}  // namespace liandong::intake
