#include "common/routing/unit_index.h"

#include "common/base/check.h"

namespace liandong::routing {
namespace {
const RoadPosition kNowhere{};
}

UnitIndex::UnitIndex(const RoadGraph& graph)
    : graph_(graph), occupied_((graph.node_count() + 63) / 64) {}

void UnitIndex::place(std::uint32_t unit, const RoadPosition& at) {
    LIANDONG_CHECK(at.road < graph_.road_count() && at.along >= 0 && at.along <= 1);
    remove(unit);
    if (unit >= positions_.size()) {
        positions_.resize(unit + 1);
        starts_.resize(2 * positions_.size());
    }
    positions_[unit] = at;
    ++placed_;
    if (at.forward) add(2 * unit, {unit, graph_.arc_of(at.road, true), 1 - at.along, kNone});
    if (at.backward) add(2 * unit + 1, {unit, graph_.arc_of(at.road, false), at.along, kNone});
}

void UnitIndex::remove(std::uint32_t unit) {
    if (position(unit).road == kNone) return;
    take(2 * unit);
    take(2 * unit + 1);
    positions_[unit] = {};
    --placed_;
}

const RoadPosition& UnitIndex::position(std::uint32_t unit) const {
    return unit < positions_.size() ? positions_[unit] : kNowhere;
}

void UnitIndex::add(std::uint32_t start, const Start& value) {
    if (value.arc == kNone) return;
    const NodeId node = graph_.head(value.arc);
    occupied_[node / 64] |= std::uint64_t{1} << (node % 64);
    const auto [first, fresh] = first_.try_emplace(node, kNone);
    starts_[start] = value;
    starts_[start].next = first->second;
    first->second = start;
}

void UnitIndex::take(std::uint32_t start) {
    if (starts_[start].arc == kNone) return;
    const NodeId node = graph_.head(starts_[start].arc);
    const auto first = first_.find(node);
    LIANDONG_CHECK(first != first_.end());
    std::uint32_t* link = &first->second;
    while (*link != start) link = &starts_[*link].next;
    *link = starts_[start].next;
    if (first->second == kNone) {
        first_.erase(first);
        occupied_[node / 64] &= ~(std::uint64_t{1} << (node % 64));
    }
    starts_[start] = {};
}

}  // namespace liandong::routing
