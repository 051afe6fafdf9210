#pragma once

#include "common/routing/draft.h"
#include "common/routing/snap.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::routing {

/// Networks drawn by hand, in metres east and north of (30° N, 114° E). Roads take 100 ms a metre
/// for everybody unless told otherwise, and are found again by their names.
class SmallRoads {
public:
    std::uint32_t node(double east, double north);

    struct Facts {
        bool one_way = false;
        RoadClass road_class = RoadClass::kResidential;
        std::uint8_t flags = 0;
        SizeLimits limits{};
        double millis_per_meter = 100;
        std::vector<domain::Point> between{};
    };
    std::uint32_t road(std::string name, std::uint32_t from, std::uint32_t to);
    std::uint32_t road(std::string name, std::uint32_t from, std::uint32_t to, const Facts& facts);
    /// Binds everybody.
    void ban(std::uint32_t from, bool from_forward, std::uint32_t to, bool to_forward);

    Draft draft() const { return draft_; }
    std::shared_ptr<const RoadGraph> graph() const;

    static domain::Point point(double east, double north);

private:
    Draft draft_;
};

/// The road of that name; kNone: none, or several.
RoadId road_named(const RoadGraph& graph, std::string_view name);

/// A place on a road by name, usable in the directions that its arcs have.
RoadPosition place_on(const Weights& weights, std::string_view name, double along);

/// The bytes of a draft's file; aborts when it cannot be built.
std::string bytes_of(Draft draft, bool contracted = true);

}  // namespace liandong::routing
