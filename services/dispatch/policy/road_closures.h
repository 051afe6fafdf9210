#pragma once

#include "common/routing/closed_roads.h"
#include "common/routing/weights.h"
#include "services/dispatch/policy/travel.h"
#include "services/dispatch/policy/vehicle.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace liandong::dispatch {

class Roads;

/// The closures of one scope on the map of this process. Which roads a closure means is found once,
/// when it first comes. Changing them is not: weights follow when a question is asked, so nothing
/// waits for a timer, and a begin or an end is exact. Cost of a change: what it closes and opens.
/// Holds 24 bytes an arc (`routing::ClosableWeights` of six vehicles).
class RoadClosures {
public:
    /// `roads` must outlive it.
    explicit RoadClosures(Roads& roads);

    void set(const ClosureList& closures);
    /// Weights and answers are those of `now` from here on. True: some vehicle's have changed.
    bool bring_to(Timestamp now);

    const routing::Weights& weights(Vehicle vehicle) const {
        return weights_[index_of(vehicle)].current();
    }
    /// As if nothing were closed.
    const routing::Weights& open(Vehicle vehicle) const {
        return weights_[index_of(vehicle)].open();
    }
    bool closes_anything(Vehicle vehicle) const {
        return weights_[index_of(vehicle)].closes_anything();
    }

    /// The ids of closures that stop the vehicle on that road in one of these directions;
    /// ascending.
    std::vector<std::string> on_road(Vehicle vehicle, routing::RoadId road, bool forward,
                                     bool backward) const;
    std::vector<std::string> on_route(Vehicle vehicle, const routing::Route& route) const;

    ClosureEffect effect_of(const domain::Closure& closure);

private:
    using Found = Result<routing::ClosedRoads>;
    const Found& find(const domain::Closure& closure);
    void add_ids(Vehicle vehicle, routing::RoadId road, bool forward, bool backward,
                 std::vector<std::string>& ids) const;

    Roads& roads_;
    ClosureList closures_;
    std::map<std::string, Found, std::less<>> found_;  ///< by closure id
    routing::Closures list_;
    std::vector<std::pair<routing::RoadId, std::size_t>> by_road_;  ///< into `list_`, ascending
    std::vector<routing::ClosableWeights> weights_;
    bool is_new_ = false;
    Timestamp now_{};
    std::optional<Timestamp> next_change_;
};

}  // namespace liandong::dispatch
