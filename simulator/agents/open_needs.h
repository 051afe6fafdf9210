#pragma once

#include "liandong/dispatch/v1/dispatch.pb.h"
#include "simulator/scenario/scenario.h"

#include <cstdint>
#include <vector>

namespace liandong::simulator {

/// What an incident still wants. Values only: the dispatcher does the calling.
class OpenNeeds {
public:
    explicit OpenNeeds(const std::vector<Need>& needs) : needs_(needs) {}

    bool empty() const;
    int units() const;
    /// The needs for RecommendUnits: those with something open, and which of ours each of them is.
    struct Asked {
        std::vector<dispatch::v1::Need> needs;
        std::vector<std::size_t> origin;
    };
    Asked asked() const;
    /// A unit is on its way for need `index`.
    void filled(std::size_t index);
    /// Nobody will ever come for `count` units of need `index`.
    void abandon(std::size_t index, int count);
    /// Whether a unit of this kind with these capabilities would do for something open.
    bool accepts(const dispatch::v1::Unit& unit) const;

private:
    std::vector<Need> needs_;
};

}  // namespace liandong::simulator
