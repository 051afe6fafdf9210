#include "common/routing/strong.h"

#include <algorithm>
#include <utility>

namespace liandong::routing {
namespace {

constexpr std::uint32_t kUnseen = 0xFFFF'FFFF;

class Tarjan {
public:
    Tarjan(std::uint32_t nodes, std::span<const Link> links)
        : first_(nodes + 1),
          targets_(links.size()),
          sizes_(links.size()),
          index_(nodes, kUnseen),
          low_(nodes),
          component_(nodes, kUnseen) {
        for (const Link& link : links) ++first_[link.from + 1];
        for (std::uint32_t i = 0; i < nodes; ++i) first_[i + 1] += first_[i];
        std::vector<std::uint32_t> at(first_.begin(), first_.end() - 1);
        for (const Link& link : links) {
            sizes_[at[link.from]] = link.size;
            targets_[at[link.from]++] = link.to;
        }
    }

    std::vector<bool> largest() {
        for (std::uint32_t node = 0; node < index_.size(); ++node) {
            if (index_[node] == kUnseen) explore(node);
        }
        std::vector<std::uint64_t> inside(components_);
        std::vector<std::uint64_t> links(components_);
        for (std::uint32_t node = 0; node < index_.size(); ++node) {
            for (std::uint32_t i = first_[node]; i < first_[node + 1]; ++i) {
                if (component_[node] != component_[targets_[i]]) continue;
                inside[component_[node]] += sizes_[i];
                ++links[component_[node]];
            }
        }
        std::uint32_t best = 0;
        for (std::uint32_t i = 1; i < components_; ++i) {
            if (std::pair(inside[i], links[i]) > std::pair(inside[best], links[best])) best = i;
        }
        std::vector<bool> in(component_.size());
        for (std::uint32_t node = 0; node < in.size(); ++node) in[node] = component_[node] == best;
        return in;
    }

private:
    struct Frame {
        std::uint32_t node, next;
    };

    void enter(std::uint32_t node) {
        index_[node] = low_[node] = counter_++;
        open_.push_back(node);
        frames_.push_back({node, first_[node]});
    }

    void explore(std::uint32_t root) {
        enter(root);
        while (!frames_.empty()) {
            Frame& frame = frames_.back();
            const std::uint32_t node = frame.node;
            if (frame.next < first_[node + 1]) {
                const std::uint32_t to = targets_[frame.next++];
                if (index_[to] == kUnseen) {
                    enter(to);
                } else if (component_[to] == kUnseen) {
                    low_[node] = std::min(low_[node], index_[to]);
                }
                continue;
            }
            frames_.pop_back();
            if (!frames_.empty())
                low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
            if (low_[node] == index_[node]) close(node);
        }
    }

    void close(std::uint32_t root) {
        const std::uint32_t number = components_++;
        for (std::uint32_t node = kUnseen; node != root;) {
            node = open_.back();
            open_.pop_back();
            component_[node] = number;
        }
    }

    std::vector<std::uint32_t> first_, targets_, sizes_, index_, low_, component_, open_;
    std::vector<Frame> frames_;
    std::uint32_t counter_ = 0, components_ = 0;
};

}  // namespace

std::vector<bool> largest_strong_component(std::uint32_t nodes, std::span<const Link> links) {
    if (nodes == 0) return {};
    return Tarjan(nodes, links).largest();
}

}  // namespace liandong::routing
