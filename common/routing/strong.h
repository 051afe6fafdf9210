#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace liandong::routing {

struct Link {
    std::uint32_t from = 0, to = 0;
};

/// True for the nodes of the largest strongly connected component of `nodes` nodes and `links`; of
/// equal ones, that which is found first. (Tarjan 1972, without recursion.)
std::vector<bool> largest_strong_component(std::uint32_t nodes, std::span<const Link> links);

}  // namespace liandong::routing
