#pragma once

#include "common/routing/snap.h"
#include "common/routing/unit_index.h"
#include "common/routing/weights.h"

#include <absl/functional/function_ref.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace liandong::routing {

/// Where a search gives up. It then says so.
struct SearchBounds {
    std::chrono::milliseconds time_max = std::chrono::minutes(60);  ///< of travel; below 12 days
    std::uint32_t settled_max = 4'000'000;                          ///< nodes
};

/// Why a search stopped.
enum class SearchEnd : std::uint8_t {
    kFound,      ///< all that was asked for; the answer is exact
    kExhausted,  ///< nothing more can be reached
    kTime,       ///< time_max: what lies farther is not in the answer
    kNodes,      ///< settled_max: the answer holds what was certain then
};

/// A way from one place to another, along the roads.
struct Trip {
    std::chrono::milliseconds time{};
    double meters = 0;
    MetersByClass by_class{};  ///< adds up to `meters`
};

struct NearestUnit {
    std::uint32_t unit = 0;
    Trip trip;
};

struct Nearest {
    std::vector<NearestUnit> units;  ///< by time, then unit; at most k
    SearchEnd end = SearchEnd::kExhausted;
    std::uint32_t settled = 0;  ///< nodes
};

/// A trip and its arcs in order; the first and the last are travelled in part.
struct Route {
    Trip trip;
    std::vector<ArcId> arcs;
    RoadPosition from, to;
};

/// Searches over one graph, exact for the weights given (Dijkstra 1959, 4-ary heap, labels kept
/// between searches by a stamp). The time on a part of an arc is its share of the arc's time.
/// Ties go to the lower unit, then the lower arc: the same question gives the same answer on every
/// machine. Holds 16 bytes a node of scratch; not for two threads at once, keep one a thread.
/// `weights` of all calls must be of the graph it was made for; places must be of that graph too.
class Search {
public:
    explicit Search(std::shared_ptr<const RoadGraph> graph);
    ~Search();
    Search(Search&&) noexcept;
    Search& operator=(Search&&) noexcept;

    /// The `k` units that can be at `incident` first, of those for whom `eligible` holds (asked as
    /// the search meets them, perhaps more than once; it must give the same answer).
    Nearest nearest(const Weights& weights, const RoadPosition& incident, const UnitIndex& units,
                    std::size_t k, absl::FunctionRef<bool(std::uint32_t unit)> eligible,
                    const SearchBounds& bounds = {});

    /// The fastest way. nullopt: none within the bounds.
    std::optional<Route> route(const Weights& weights, const RoadPosition& from,
                               const RoadPosition& to, const SearchBounds& bounds = {});

    /// Times in milliseconds by row (from) and column (to), kNoEntry where none is within the
    /// bounds: one search for each of the fewer.
    std::vector<std::uint32_t> matrix(const Weights& weights, std::span<const RoadPosition> from,
                                      std::span<const RoadPosition> to,
                                      const SearchBounds& bounds = {});

    /// Milliseconds from `from` to each node, or from each node to `to`; kNoEntry beyond the
    /// bounds.
    std::vector<std::uint32_t> times_from(const Weights& weights, const RoadPosition& from,
                                          const SearchBounds& bounds);
    std::vector<std::uint32_t> times_to(const Weights& weights, const RoadPosition& to,
                                        const SearchBounds& bounds);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace liandong::routing
