#pragma once

#include "common/base/time.h"
#include "common/routing/closures.h"
#include "common/routing/road_graph.h"

#include <array>
#include <memory>
#include <span>
#include <vector>

namespace liandong::routing {

/// What a search counts: milliseconds for each arc, or kNoEntry. Cheap to copy; holds the graph
/// (and its own times, if they are not the map's), so it may outlive both of their other owners.
class Weights {
public:
    /// The times of the map, as they are.
    Weights(std::shared_ptr<const RoadGraph> graph, Profile profile);

    /// The map's times for `profile` without the roads too low, narrow or weak for `vehicle` and
    /// those closed to it at `now`. Copies the times (four bytes an arc) only if one of these
    /// forbids anything: build it when a closure begins or ends, not for each search.
    static Weights for_vehicle(std::shared_ptr<const RoadGraph> graph, Profile profile,
                               const SizeLimits& vehicle, const Closures& closures, Timestamp now);

    /// Each time multiplied by its class's factor (> 0), for example another speed of that class or
    /// an hour's. Rounded to the nearest millisecond.
    Weights scaled(const std::array<double, kRoadClasses>& factors) const;

    const RoadGraph& graph() const { return *graph_; }
    const std::shared_ptr<const RoadGraph>& shared_graph() const { return graph_; }
    Profile profile() const { return profile_; }
    std::span<const std::uint32_t> times() const { return times_; }
    std::uint32_t operator[](ArcId arc) const { return times_[arc]; }
    bool open(ArcId arc) const { return times_[arc] != kNoEntry; }
    /// Milliseconds along the whole road in that direction, by whichever of its arcs (the original
    /// or a twin) is open; kNoEntry: none is.
    std::uint32_t along(RoadId road, bool forward) const;

private:
    friend class ClosableWeights;
    Weights(std::shared_ptr<const RoadGraph> graph, Profile profile,
            std::shared_ptr<const std::vector<std::uint32_t>> times);

    std::shared_ptr<const RoadGraph> graph_;
    Profile profile_;
    std::shared_ptr<const std::vector<std::uint32_t>> own_;
    std::span<const std::uint32_t> times_;
};

/// The weights of one vehicle under closures that come and go. Holds a copy of the times (four
/// bytes an arc) from the beginning, so that a change costs what it closes and opens, not the size
/// of the map.
class ClosableWeights {
public:
    /// `open`: without closures, but already without what is too small for `vehicle`.
    ClosableWeights(Weights open, const SizeLimits& vehicle);

    /// Closes what they stop at `now`, and nothing else. False: that was so before. Copies of
    /// `current()` that were taken earlier stay as they are.
    bool close(const Closures& closures, Timestamp now);

    const Weights& open() const { return open_; }
    const Weights& current() const { return current_; }
    bool closes_anything() const { return !closed_.empty(); }

private:
    std::vector<ArcId> stopped(const Closures& closures, Timestamp now) const;

    Weights open_, current_;
    SizeLimits vehicle_;
    /// Without `closed_`; those of `current_` while there are any.
    std::shared_ptr<std::vector<std::uint32_t>> times_;
    std::vector<ArcId> closed_;  ///< ascending
};

}  // namespace liandong::routing
