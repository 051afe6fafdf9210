#pragma once

#include "common/base/random.h"
#include "common/routing/draft.h"
#include "common/routing/snap.h"

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

namespace liandong::routing {

/// A small network with everything that makes searches wrong: one-way roads, rings, roads between
/// the same nodes, islands, roads of no time, turn bans for some. Every road has a name of its own
/// ("7" is road 7 of the draft), so that nothing is contracted and each can be found again.
Draft random_draft(Random& random);

/// The same question answered the slow way: over the draft's roads and bans alone, state by state
/// (road and direction), until nothing changes.
class SlowRoads {
public:
    /// `closed`: (road of the draft, forward) that may not be entered.
    SlowRoads(const Draft& draft, Profile profile, std::set<std::pair<std::uint32_t, bool>> closed);

    /// A place on a road of the draft.
    struct Place {
        std::uint32_t road = 0;
        double along = 0;
        bool forward = false, backward = false;
    };
    /// Milliseconds from the one to the other, or kNoEntry.
    std::uint32_t time(const Place& from, const Place& to) const;

private:
    struct State {
        std::uint32_t road;
        bool forward;
        std::uint32_t tail, head;
        std::uint32_t time;
        std::vector<std::size_t> next;
    };
    std::vector<std::uint32_t> ends_from(const Place& from) const;

    std::vector<State> states_;
};

}  // namespace liandong::routing
