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

    /// Ways that take longer than `time_max` are left out from now on.
    void begin(std::uint32_t time_max) {
        heap_.clear();
        settled_ = last_ = 0;
        limit_ = time_max;
        cut_ = false;
        // After 2^32 searches a stamp comes again: forget all.
        if (++stamp_ == 0) {
            std::ranges::fill(labels_, Label{});
            stamp_ = 1;
        }
    }

    /// The limit falls, as what is looked for is found.
    void lower_limit(std::uint32_t time) { limit_ = std::min(limit_, time); }

    /// A way to (or from) `node` that takes `time`, over the arc `via`. True: it is the best so
    /// far.
    bool relax(NodeId node, std::uint32_t time, std::uint32_t via) {
        if (time > limit_) {
            cut_ = true;
            return false;
        }
        Label& label = labels_[node];
        if (label.stamp == stamp_ && label.time <= time) return false;
        label = {stamp_, time, via};
        heap_.push(time, node);
        return true;
    }

    /// Settles nodes by time until `on_settled(node, time)` returns false (kFound), a bound is
    /// reached, or nothing within the limit is left. Calls `on_label(node, time)` for each way that
    /// is the best so far to a node. Bounded by the nodes of the graph.
    template <Direction kDirection, class OnLabel, class OnSettled>
    SearchEnd run(std::span<const std::uint32_t> times, std::uint32_t settled_max,
                  OnLabel&& on_label, OnSettled&& on_settled) {
        const Columns columns(graph_, times);
        while (!heap_.empty()) {
            const auto [time, node] = heap_.pop();
            // Pushed before a shorter way was found.
            if (labels_[node].time != time) continue;
            if (time > limit_) {
                cut_ = true;
                break;
            }
            if (settled_ >= settled_max) return SearchEnd::kNodes;
            ++settled_;
            last_ = time;
            if (!on_settled(node, time)) return SearchEnd::kFound;
            columns.template expand<kDirection>(node,
                                                [&](NodeId to, std::uint32_t more, ArcId arc) {
                                                    if (relax(to, time + more, arc))
                                                        on_label(to, time + more);
                                                });
        }
        return cut_ ? SearchEnd::kTime : SearchEnd::kExhausted;
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

    /// What the inner loop reads, as plain pointers.
    class Columns {
    public:
        Columns(const RoadGraph& graph, std::span<const std::uint32_t> times)
            : graph_(graph),
              first_in_(graph.first_in().data()),
              tails_(graph.tails().data()),
              heads_(graph.heads().data()),
              times_(times.data()) {}

        template <Direction kDirection, class Visit> void expand(NodeId node, Visit&& visit) const {
            if constexpr (kDirection == Direction::kTo) {
                const ArcId end = first_in_[node + 1];
                for (ArcId arc = first_in_[node]; arc < end; ++arc) {
                    if (times_[arc] != kNoEntry) visit(tails_[arc], times_[arc], arc);
                }
            } else {
                for (const ArcId arc : graph_.arcs_out(node)) {
                    if (times_[arc] != kNoEntry) visit(heads_[arc], times_[arc], arc);
                }
            }
        }

    private:
        const RoadGraph& graph_;
        const ArcId* first_in_;
        const NodeId *tails_, *heads_;
        const std::uint32_t* times_;
    };

    const RoadGraph& graph_;
    std::vector<Label> labels_;
    FourHeap heap_;
    std::uint32_t stamp_ = 0, settled_ = 0, last_ = 0, limit_ = 0;
    bool cut_ = false;
};

}  // namespace liandong::routing
