#pragma once

#include "common/routing/search.h"
#include "common/routing/time/time_model.h"
#include "services/dispatch/policy/road_closures.h"
#include "services/dispatch/policy/travel.h"
#include "services/dispatch/policy/vehicle.h"

#include <absl/container/flat_hash_map.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace liandong::dispatch {

/// A road network as this process uses it: the times of each vehicle without closures, and one
/// search (16 bytes a node) for all scopes. For one thread.
class Roads {
public:
    explicit Roads(std::shared_ptr<const routing::RoadGraph> graph);

    const routing::RoadGraph& graph() const { return *graph_; }
    const std::shared_ptr<const routing::RoadGraph>& shared_graph() const { return graph_; }
    const routing::Weights& weights(Vehicle vehicle) const { return weights_[index_of(vehicle)]; }
    /// No road, and no way beside one, is faster: straight distance ÷ this is a lower bound of any
    /// time at class speeds.
    double top_speed_meters_per_second(Vehicle vehicle) const {
        return top_speeds_[index_of(vehicle)];
    }
    routing::Search& search() { return search_; }

private:
    std::shared_ptr<const routing::RoadGraph> graph_;
    std::vector<routing::Weights> weights_;
    std::array<double, kVehicles> top_speeds_{};
    routing::Search search_;
};

/// Where units of one scope stand on the roads. A unit is put on its road when a question first
/// needs it, and again only when its fix has changed, or its road was closed or opened.
class UnitsOnRoads {
public:
    UnitsOnRoads(const Roads& roads, const RoadClosures& closures);

    /// The number under which the index knows the unit: from now on it stands where the row says.
    /// nullopt: farther than 500 m from any road that it may use.
    std::optional<std::uint32_t> place(const UnitRow& row);
    /// Closures have changed: those whom that may move are looked at again when they are asked for.
    void closures_changed();
    /// Forgets units, all of them, once there are many more than `units`.
    void keep_to(std::size_t units);
    /// How many numbers are in use: [0, size()).
    std::size_t size() const { return slots_.size(); }
    const routing::UnitIndex& index() const { return *index_; }

private:
    struct Slot {
        domain::Point position;
        std::optional<double> heading_degrees;
        Vehicle vehicle = Vehicle::kCar;
        bool is_known = false;
        bool is_on_road = false;
        bool is_displaced = false;  ///< would stand on another road if that were not closed
    };

    const Roads& roads_;
    const RoadClosures& closures_;
    std::unique_ptr<routing::UnitIndex> index_;
    absl::flat_hash_map<std::string, std::uint32_t> numbers_;
    std::vector<Slot> slots_;
};

/// By road, with the straight line where a road does not do (Rung). Asks the roads about the
/// kLooked_max eligible units that are nearest by straight line at most; the answer is exact when
/// the next one could not be earlier even on the fastest road, which is so unless hundreds of units
/// stand closer together than roads go round.
class RoadTravel final : public TravelModel {
public:
    static constexpr std::size_t kLooked_first = 48;
    static constexpr std::size_t kLooked_max = 512;

    /// `roads` must outlive the model.
    RoadTravel(Roads& roads, routing::TimeModel model)
        : roads_(roads), model_(std::move(model)), closures_(roads), units_(roads, closures_) {}

    std::unique_ptr<Journeys> to(Destination place, std::span<const UnitRow> rows,
                                 Timestamp now) override;
    void set_closures(const ClosureList& closures) override { closures_.set(closures); }
    ClosureEffect effect_of(const domain::Closure& closure) override {
        return closures_.effect_of(closure);
    }

private:
    Roads& roads_;
    routing::TimeModel model_;
    RoadClosures closures_;
    UnitsOnRoads units_;
};

}  // namespace liandong::dispatch
