#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace liandong::routing {

struct Link {
    std::uint32_t from = 0, to = 0;
    std::uint32_t size = 0;
};

/// True for the nodes of the strongly connected component whose links inside it have the largest
/// sum of sizes; of equal ones, that with more links, then that found first. (Tarjan 1972, without
/// recursion.)
std::vector<bool> largest_strong_component(std::uint32_t nodes, std::span<const Link> links);

}  // namespace liandong::routing
