#pragma once

#include "common/routing/search.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace liandong::routing {

/// A heap of (time, node) with four children a place: half as deep as a binary one, and the
/// children of a place share a cache line. The least comes first; equal times by node.
class FourHeap {
public:
    bool empty() const { return heap_.empty(); }
    void clear() { heap_.clear(); }

    void push(std::uint32_t time, NodeId node) {
        std::size_t place = heap_.size();
        const std::uint64_t entry = std::uint64_t{time} << 32 | node;
        heap_.push_back(entry);
        while (place > 0) {
            const std::size_t parent = (place - 1) / 4;
            if (heap_[parent] <= entry) break;
            heap_[place] = heap_[parent];
            place = parent;
        }
        heap_[place] = entry;
    }

    std::pair<std::uint32_t, NodeId> pop() {
        const std::uint64_t least = heap_.front();
        const std::uint64_t last = heap_.back();
        heap_.pop_back();
        if (!heap_.empty()) sink(last);
        return {static_cast<std::uint32_t>(least >> 32), static_cast<NodeId>(least)};
    }

private:
    void sink(std::uint64_t entry) {
        std::size_t place = 0;
        for (std::size_t child = 1; child < heap_.size(); child = 4 * place + 1) {
            const std::size_t end = std::min(child + 4, heap_.size());
            std::size_t least = child;
            for (std::size_t i = child + 1; i < end; ++i) {
                if (heap_[i] < heap_[least]) least = i;
            }
            if (heap_[least] >= entry) break;
            heap_[place] = heap_[least];
            place = least;
        }
        heap_[place] = entry;
    }

    std::vector<std::uint64_t> heap_;
};

enum class Direction : std::uint8_t { kFrom, kTo };

/// Dijkstra's search from or to the seeds it is given.
class SearchCore {
public:
    /// In `via`: the arc is the one that the search began on.
    static constexpr std::uint32_t kSeed = 1U << 31;

    explicit SearchCore(const RoadGraph& graph) : graph_(graph), labels_(graph.node_count()) {}

    void begin() {
        heap_.clear();
        settled_ = last_ = 0;
        // After 2^32 searches a stamp comes again: forget all.
        if (++stamp_ == 0) {
            std::ranges::fill(labels_, Label{});
            stamp_ = 1;
        }
    }

    /// A way to (or from) `node` that takes `time`, over the arc `via`.
    void relax(NodeId node, std::uint32_t time, std::uint32_t via) {
        Label& label = labels_[node];
        if (label.stamp == stamp_ && label.time <= time) return;
        label = {stamp_, time, via};
        heap_.push(time, node);
    }

    /// Settles nodes by time until `on_settled(node, time)` returns false (kFound) or a bound or
    /// the end is reached. Bounded by the nodes of the graph.
    template <Direction kDirection, class OnSettled>
    SearchEnd run(std::span<const std::uint32_t> times, const SearchBounds& bounds,
                  OnSettled&& on_settled) {
        const auto time_max = static_cast<std::uint32_t>(bounds.time_max.count());
        while (!heap_.empty()) {
            const auto [time, node] = heap_.pop();
            // Pushed before a shorter way was found.
            if (labels_[node].time != time) continue;
            if (time > time_max) return SearchEnd::kTime;
            if (settled_ >= bounds.settled_max) return SearchEnd::kNodes;
            ++settled_;
            last_ = time;
            if (!on_settled(node, time)) return SearchEnd::kFound;
            expand<kDirection>(times, node, time);
        }
        return SearchEnd::kExhausted;
    }

    std::uint32_t settled() const { return settled_; }
    /// Time of the node settled last.
    std::uint32_t last() const { return last_; }
    /// Only of nodes that have a label.
    std::uint32_t via(NodeId node) const { return labels_[node].via; }
    /// kNoEntry: no label.
    std::uint32_t time(NodeId node) const {
        return labels_[node].stamp == stamp_ ? labels_[node].time : kNoEntry;
    }

private:
    struct Label {
        std::uint32_t stamp = 0, time = 0, via = 0;
    };

    template <Direction kDirection>
    void expand(std::span<const std::uint32_t> times, NodeId node, std::uint32_t time) {
        if constexpr (kDirection == Direction::kTo) {
            const ArcId end = graph_.first_in()[node + 1];
            for (ArcId arc = graph_.first_in()[node]; arc < end; ++arc) {
                if (times[arc] != kNoEntry) relax(graph_.tails()[arc], time + times[arc], arc);
            }
        } else {
            for (const ArcId arc : graph_.arcs_out(node)) {
                if (times[arc] != kNoEntry) relax(graph_.heads()[arc], time + times[arc], arc);
            }
        }
    }

    const RoadGraph& graph_;
    std::vector<Label> labels_;
    FourHeap heap_;
    std::uint32_t stamp_ = 0, settled_ = 0, last_ = 0;
};

}  // namespace liandong::routing
