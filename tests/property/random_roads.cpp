#include "tests/property/random_roads.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

namespace liandong::routing {
namespace {

bool chance(Random& random, double share) { return random.unit() < share; }

std::uint32_t below(Random& random, std::size_t bound) {
    return static_cast<std::uint32_t>(random.below(bound));
}

domain::Point random_point(Random& random) {
    constexpr std::int32_t kSide = 200'000;  // 0.02°
    return {300'000'000 + static_cast<std::int32_t>(random.below(kSide)),
            1'140'000'000 + static_cast<std::int32_t>(random.below(kSide))};
}

TimesByProfile random_times(Random& random) {
    TimesByProfile times = kClosedToAll;
    for (std::uint32_t& time : times) {
        if (chance(random, 0.2)) continue;
        time = chance(random, 0.05) ? 0 : static_cast<std::uint32_t>(random.below(30'000));
    }
    return times;
}

DraftRoad random_road(Random& random, const Draft& draft, std::uint32_t number) {
    DraftRoad road;
    road.begin = below(random, draft.nodes.size());
    road.end = chance(random, 0.1) ? road.begin : below(random, draft.nodes.size());
    road.line = {draft.nodes[road.begin]};
    if (road.begin == road.end || chance(random, 0.3)) road.line.push_back(random_point(random));
    road.line.push_back(draft.nodes[road.end]);
    road.meters = static_cast<double>(random.below(2'000));
    road.road_class = static_cast<RoadClass>(random.below(kRoadClasses));
    road.name = number + 1;
    road.forward = random_times(random);
    if (chance(random, 0.7)) road.backward = random_times(random);
    return road;
}

/// Any turn that the draft allows, banned for some.
void add_ban(Random& random, Draft& draft) {
    TurnBan ban;
    ban.from_road = below(random, draft.roads.size());
    ban.from_forward = chance(random, 0.5);
    const DraftRoad& from = draft.roads[ban.from_road];
    const std::uint32_t via = ban.from_forward ? from.end : from.begin;
    std::vector<std::pair<std::uint32_t, bool>> after;
    for (std::uint32_t i = 0; i < draft.roads.size(); ++i) {
        if (draft.roads[i].begin == via) after.emplace_back(i, true);
        if (draft.roads[i].end == via) after.emplace_back(i, false);
    }
    std::tie(ban.to_road, ban.to_forward) = after[below(random, after.size())];
    for (bool& bound : ban.profiles) bound = chance(random, 0.8);
    draft.bans.push_back(ban);
}

std::uint32_t share_of(std::uint32_t time, double share) {
    return static_cast<std::uint32_t>(std::lround(time * share));
}

}  // namespace

Draft random_draft(Random& random) {
    Draft draft;
    draft.source = "random";
    const std::size_t nodes = 2 + random.below(14), roads = 1 + random.below(3 * nodes);
    for (std::size_t i = 0; i < nodes; ++i) draft.nodes.push_back(random_point(random));
    for (std::uint32_t i = 0; i < roads; ++i) {
        draft.names.push_back(std::to_string(i));
        draft.roads.push_back(random_road(random, draft, i));
    }
    const std::size_t bans = chance(random, 0.7) ? random.below(roads + 2) : 0;
    for (std::size_t i = 0; i < bans; ++i) add_ban(random, draft);
    return draft;
}

SlowRoads::SlowRoads(const Draft& draft, Profile profile,
                     std::set<std::pair<std::uint32_t, bool>> closed) {
    for (std::uint32_t i = 0; i < draft.roads.size(); ++i) {
        const DraftRoad& road = draft.roads[i];
        for (const bool forward : {true, false}) {
            const std::uint32_t time = road.times(forward)[index_of(profile)];
            if (time == kNoEntry || closed.contains({i, forward})) continue;
            states_.push_back({i,
                               forward,
                               forward ? road.begin : road.end,
                               forward ? road.end : road.begin,
                               time,
                               {}});
        }
    }
    const auto banned = [&](const State& from, const State& to) {
        return std::ranges::any_of(draft.bans, [&](const TurnBan& ban) {
            return ban.profiles[index_of(profile)] && ban.from_road == from.road &&
                   ban.from_forward == from.forward && ban.to_road == to.road &&
                   ban.to_forward == to.forward;
        });
    };
    for (State& from : states_) {
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (from.head == states_[i].tail && !banned(from, states_[i])) from.next.push_back(i);
        }
    }
}

std::vector<std::uint32_t> SlowRoads::ends_from(const Place& from) const {
    std::vector<std::uint32_t> begins(states_.size(), kNoEntry);
    const auto end_time = [this, &begins](std::size_t i) { return begins[i] + states_[i].time; };
    bool changed = true;
    const auto enter = [&](const State& state, std::uint32_t time) {
        for (const std::size_t next : state.next) {
            if (begins[next] <= time) continue;
            begins[next] = time;
            changed = true;
        }
    };
    for (const State& state : states_) {
        if (state.road != from.road || !(state.forward ? from.forward : from.backward)) continue;
        const double rest = state.forward ? 1 - from.along : from.along;
        enter(state, share_of(state.time, rest));
    }
    while (changed) {
        changed = false;
        for (std::size_t i = 0; i < states_.size(); ++i) {
            if (begins[i] != kNoEntry) enter(states_[i], end_time(i));
        }
    }
    return begins;
}

std::uint32_t SlowRoads::time(const Place& from, const Place& to) const {
    const std::vector<std::uint32_t> begins = ends_from(from);
    std::uint32_t best = kNoEntry;
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const State& state = states_[i];
        if (state.road != to.road || !(state.forward ? to.forward : to.backward)) continue;
        const double before = state.forward ? to.along : 1 - to.along;
        if (begins[i] != kNoEntry) best = std::min(best, begins[i] + share_of(state.time, before));
        const double gone = state.forward ? from.along : 1 - from.along;
        const bool same = from.road == to.road && (state.forward ? from.forward : from.backward);
        if (same && gone <= before) best = std::min(best, share_of(state.time, before - gone));
    }
    return best;
}

}  // namespace liandong::routing
