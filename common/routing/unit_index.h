#pragma once

#include "common/routing/snap.h"

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <vector>

namespace liandong::routing {

/// Which units stand where, for nearest searches: kept up to date as units move, used by any number
/// of searches, whatever their profile. Units are numbers that the caller gives, dense from 0.
class UnitIndex {
public:
    explicit UnitIndex(const RoadGraph& graph);

    /// Puts `unit` there, wherever it was. A few hash operations.
    void place(std::uint32_t unit, const RoadPosition& at);
    /// Takes it away, if it is there.
    void remove(std::uint32_t unit);
    std::size_t size() const { return placed_; }
    /// Where it was put; road kNone: nowhere.
    const RoadPosition& position(std::uint32_t unit) const;

    /// A way in which a unit can set out: along `arc`, of which `rest` (in [0, 1]) lies ahead.
    struct Start {
        std::uint32_t unit = kNone;
        ArcId arc = kNone;
        double rest = 0;
        std::uint32_t next = kNone;
    };
    /// Calls `visit(const Start&)` for each start whose arc ends at `node`.
    template <class Visit> void at_head(NodeId node, Visit&& visit) const {
        if ((occupied_[node / 64] >> (node % 64) & 1) == 0) return;
        const auto found = first_.find(node);
        if (found == first_.end()) return;
        for (std::uint32_t i = found->second; i != kNone; i = starts_[i].next) visit(starts_[i]);
    }

private:
    void add(std::uint32_t start, const Start& value);
    void take(std::uint32_t start);

    const RoadGraph& graph_;
    std::vector<RoadPosition> positions_;
    std::vector<Start> starts_;  ///< two a unit: with its road's line and against it
    std::vector<std::uint64_t> occupied_;
    absl::flat_hash_map<NodeId, std::uint32_t> first_;
    std::size_t placed_ = 0;
};

}  // namespace liandong::routing
