#pragma once

#include "common/domain/unit.h"
#include "common/routing/time/prior.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace liandong::dispatch {

/// One unit as recommendation reads it: what is filtered by stands side by side, so that 5,000 of
/// them are one scan.
struct UnitRow {
    std::shared_ptr<const domain::Unit> unit;
    std::uint64_t version = 0;
    /// Where it is: the newest fix known; for a unit that was set in station after its last fix,
    /// the station (D23: place is implied by status).
    domain::Point position;
    Timestamp position_at;
    /// Where it drove at that fix, degrees clockwise from north, [0, 360); unset: not said.
    std::optional<double> heading_degrees;
    domain::UnitKind kind = domain::UnitKind::kUnspecified;
    domain::Availability availability = domain::Availability::kNotAvailable;
    domain::CommandRelation relation = domain::CommandRelation::kDirect;
    routing::Readiness readiness = routing::Readiness::kInQuarters;
    std::uint64_t capability_bits = 0;  ///< `capability_bit` of each: a quick no, never a yes
};
std::uint64_t capability_bit(std::string_view capability);
UnitRow make_row(std::shared_ptr<const domain::Unit> unit, std::uint64_t version);

}  // namespace liandong::dispatch
