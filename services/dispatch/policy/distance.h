#pragma once

#include "common/domain/geo.h"

#include <span>

namespace liandong::dispatch {

/// How far units are from a place: the port that road travel times will fill. Many to one, since
/// that is the question.
class DistanceModel {
public:
    virtual ~DistanceModel() = default;
    /// `out[i]` = distance from `from[i]` to `to`. Both spans have the same size.
    virtual void distances(domain::Point to, std::span<const domain::Point> from,
                           std::span<domain::Meters> out) const = 0;
};

/// Great circle. Within 100 km by the plane tangent at the target (error below 0.01 %, no
/// trigonometry per unit), beyond that by `domain::distance`.
class StraightLine final : public DistanceModel {
public:
    void distances(domain::Point to, std::span<const domain::Point> from,
                   std::span<domain::Meters> out) const override;
};

}  // namespace liandong::dispatch
