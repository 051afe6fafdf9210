#pragma once

#include "common/routing/time/time_model.h"
#include "services/dispatch/policy/travel.h"

#include <span>

namespace liandong::dispatch {

/// Great circle. Within 100 km by the plane tangent at the target (error below 0.01 %, no
/// trigonometry per unit), beyond that by `domain::distance`. `out[i]` = from `from[i]` to `to`;
/// both spans have the same size.
void straight_distances(domain::Point to, std::span<const domain::Point> from,
                        std::span<domain::Meters> out);

/// Without a map: great circle × detour ÷ speed of the unit's kind, after turning out. Every
/// journey says NO_ROADS.
class StraightLine final : public TravelModel {
public:
    explicit StraightLine(routing::TimeModel model = {}) : model_(std::move(model)) {}
    std::unique_ptr<Journeys> to(Destination place, std::span<const UnitRow> rows,
                                 Timestamp now) override;

private:
    routing::TimeModel model_;
};

}  // namespace liandong::dispatch
