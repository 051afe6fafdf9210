#pragma once

#include "common/domain/unit.h"
#include "common/routing/time/time_model.h"
#include "services/dispatch/policy/travel.h"
#include "services/dispatch/policy/vehicle.h"

#include <array>

namespace liandong::dispatch {

/// Turns ways into arrival times at one moment: what is the same for all units of a kind is worked
/// out once.
class EtaTable {
public:
    /// `model` must outlive the table.
    EtaTable(const routing::TimeModel& model, Timestamp now);

    /// Median turnout of such a unit.
    double turnout_seconds(const UnitRow& row) const { return turnout(row).p50(); }
    /// Median ETA over a straight line, for ranking. Where roads are calibrated, the line's time is
    /// corrected as a road's is: both may stand in one list.
    double straight_seconds(const UnitRow& row, domain::Meters distance) const {
        return turnout_seconds(row) + straight_travel_seconds(row.kind, distance);
    }
    /// No unit of this kind that needs `road_seconds` at class speeds is estimated below this.
    double road_seconds_min(domain::UnitKind kind, double road_seconds) const;
    /// The other way round: beyond these seconds at class speeds (of at most two hours) no unit of
    /// this kind is estimated below `eta_seconds`.
    double road_seconds_max(domain::UnitKind kind, double eta_seconds) const;

    Journey straight(const UnitRow& row, domain::Meters distance, std::string_view fallback) const;
    /// `off_road_meters`: of both ends together.
    Journey by_road(const UnitRow& row, const routing::Trip& trip, double off_road_meters) const;

private:
    static std::size_t number(domain::UnitKind kind) { return static_cast<std::size_t>(kind); }
    const routing::QuantileCurve& turnout(const UnitRow& row) const {
        return turnouts_[number(row.kind)][static_cast<std::size_t>(row.readiness)];
    }
    const routing::Calibration& road(domain::UnitKind kind) const {
        return roads_[routing::index_of(profile_of(vehicle_of(kind)))];
    }
    double straight_travel_seconds(domain::UnitKind kind, domain::Meters distance) const;
    routing::QuantileCurve eta(const UnitRow& row, const routing::QuantileCurve& travel) const;

    static constexpr std::size_t kKinds = static_cast<std::size_t>(domain::UnitKind::kOther) + 1;

    const routing::TimeModel& model_;
    Timestamp now_;
    std::size_t band_;
    std::array<routing::Calibration, routing::kProfiles> roads_;
    std::array<std::array<routing::QuantileCurve, 2>, kKinds> turnouts_;
    std::array<double, kKinds> seconds_per_meter_;
};

}  // namespace liandong::dispatch
