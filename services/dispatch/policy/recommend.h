#pragma once

#include "common/domain/unit.h"
#include "services/dispatch/policy/distance.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::dispatch {

/// One unit as recommendation reads it: what is filtered by stands side by side, so that 5,000 of
/// them are one scan.
struct UnitRow {
    std::shared_ptr<const domain::Unit> unit;
    std::uint64_t version = 0;
    domain::Point position;  ///< newest fix known
    Timestamp position_at;
    domain::UnitKind kind = domain::UnitKind::kUnspecified;
    domain::Availability availability = domain::Availability::kNotAvailable;
    domain::CommandRelation relation = domain::CommandRelation::kDirect;
    std::uint64_t capability_bits = 0;  ///< `capability_bit` of each: a quick no, never a yes
};
std::uint64_t capability_bit(std::string_view capability);
UnitRow make_row(std::shared_ptr<const domain::Unit> unit, std::uint64_t version);

/// One slot to fill.
struct Need {
    std::string capability;               ///< empty: any
    std::vector<domain::UnitKind> kinds;  ///< empty: any
    std::size_t count = 1;
};

struct Candidate {
    std::size_t row = 0;
    domain::Meters distance;
};

struct FilledNeed {
    std::vector<Candidate> chosen;        ///< nearest first
    std::vector<Candidate> alternatives;  ///< the next ones
    std::size_t missing = 0;
    std::string_view missing_reason;  ///< NO_SUCH_UNIT, ALL_COMMITTED, OUT_OF_SERVICE,
                                      ///< NEEDS_APPROVAL; empty: none missing
};

/// The nearest eligible units for each need in turn; a unit fills one slot. Eligible: available, of
/// the kind and capability wanted, and not APPROVAL (D9). Stale positions never remove a candidate
/// (D23). Ties go to the lower row. Without a place, all distances are 0. Policy "closest" (greedy
/// by slot); `dispatch-science.md` §1.1 calls it closest-idle.
std::vector<FilledNeed> recommend(std::span<const UnitRow> rows, std::optional<domain::Point> place,
                                  std::span<const Need> needs, std::size_t alternatives,
                                  const DistanceModel& model);

}  // namespace liandong::dispatch
