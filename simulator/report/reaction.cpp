#include "simulator/report/replay_report.h"

#include <fmt/format.h>

#include <span>

namespace liandong::simulator {
namespace {

/// `edges` in `unit`, ascending; the last bucket is everything from the last edge.
std::vector<ReactionBucket> sorted_into(const std::vector<Duration>& world,
                                        std::span<const int> edges, Duration unit,
                                        std::string_view unit_name) {
    std::vector<ReactionBucket> buckets;
    int from = 0;
    for (const int to : edges) {
        buckets.push_back({fmt::format("{}-{} {}", from, to, unit_name), 0});
        from = to;
    }
    buckets.push_back({fmt::format(">{} {}", from, unit_name), 0});
    for (const Duration value : world) {
        std::size_t i = 0;
        while (i < edges.size() && value >= unit * edges[i]) ++i;
        ++buckets[i].count;
    }
    return buckets;
}

}  // namespace

std::vector<ReactionBucket> sign_buckets(const std::vector<Duration>& world) {
    constexpr int kEdges[] = {30, 60, 120, 180};
    return sorted_into(world, kEdges, std::chrono::seconds{1}, "s");
}

std::vector<ReactionBucket> departure_buckets(const std::vector<Duration>& world) {
    constexpr int kEdges[] = {5, 10, 15, 30};
    return sorted_into(world, kEdges, std::chrono::minutes{1}, "min");
}

}  // namespace liandong::simulator
