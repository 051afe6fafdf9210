#pragma once

#include "common/routing/road_graph.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace liandong::bench {

/// Boost.Graph's Dijkstra over the same roads, run backwards: the yardstick for our search.
class BoostDijkstra {
public:
    BoostDijkstra(const routing::RoadGraph& graph, routing::Profile profile);
    ~BoostDijkstra();

    /// Milliseconds from every node to `node`; the largest number: none.
    const std::vector<std::uint32_t>& times_to(routing::NodeId node);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace liandong::bench
