#include "common/routing/draft.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace liandong::routing {
namespace {

/// A road met at a node: by its line's beginning, or by its end.
struct Meeting {
    std::uint32_t road = kNone;
    bool at_end = false;
};

/// Which two roads meet at each node; more than two are only counted.
struct Meetings {
    std::uint32_t count = 0;
    Meeting two[2];

    void add(Meeting meeting) {
        if (count < 2) two[count] = meeting;
        ++count;
    }
};

bool same_entry(const TimesByProfile& a, const TimesByProfile& b) {
    return std::ranges::equal(
        a, b, [](std::uint32_t x, std::uint32_t y) { return (x == kNoEntry) == (y == kNoEntry); });
}

bool alike(const DraftRoad& a, const DraftRoad& b) {
    return a.road_class == b.road_class && a.flags == b.flags && a.limits == b.limits &&
           a.name == b.name;
}

/// Is a share of the joined road's length a share of its time? To 1 %, or a millisecond.
bool same_speed(const DraftRoad& a, const TimesByProfile& a_times, const DraftRoad& b,
                const TimesByProfile& b_times) {
    const auto fits = [](double time, double meters, double other_time, double other_meters) {
        if (other_meters <= 0) return other_time <= 1;
        return std::abs(time - meters * other_time / other_meters) <= 0.01 * time + 1;
    };
    for (std::size_t i = 0; i < kProfiles; ++i) {
        if (a_times[i] == kNoEntry || b_times[i] == kNoEntry) continue;
        // The shorter one's time is the rounder: let it be judged by the longer one's speed.
        const bool fit = a.meters < b.meters ? fits(a_times[i], a.meters, b_times[i], b.meters)
                                             : fits(b_times[i], b.meters, a_times[i], a.meters);
        if (!fit) return false;
    }
    return true;
}

class Contraction {
public:
    explicit Contraction(Draft& draft)
        : draft_(draft), meetings_(draft.nodes.size()), becomes_(draft.roads.size()) {
        for (std::uint32_t i = 0; i < draft.roads.size(); ++i) {
            meetings_[draft.roads[i].begin].add({i, false});
            meetings_[draft.roads[i].end].add({i, true});
        }
        for (const TurnBan& ban : draft.bans) {
            const DraftRoad& from = draft.roads[ban.from_road];
            meetings_[ban.from_forward ? from.end : from.begin].count = 3;
        }
    }

    std::vector<DraftRoad> run() {
        for (std::uint32_t road = 0; road < draft_.roads.size(); ++road) {
            if (!becomes_[road].done) join(road);
        }
        return std::move(joined_);
    }

    void renumber(TurnBan& ban) const {
        ban.from_forward = ban.from_forward == becomes_[ban.from_road].forward;
        ban.to_forward = ban.to_forward == becomes_[ban.to_road].forward;
        ban.from_road = becomes_[ban.from_road].road;
        ban.to_road = becomes_[ban.to_road].road;
    }

private:
    struct Becomes {
        std::uint32_t road = 0;
        bool forward = true, done = false;
    };
    /// A road and the way in which a chain runs over it.
    struct Step {
        std::uint32_t road;
        bool forward;
    };

    /// What follows `step` in its direction, if nothing changes there.
    Step next(Step step) const {
        const Step none{kNone, true};
        const DraftRoad& road = draft_.roads[step.road];
        const Meetings& here = meetings_[step.forward ? road.end : road.begin];
        if (here.count != 2 || here.two[0].road == here.two[1].road) return none;
        const Meeting other = here.two[here.two[0].road == step.road ? 1 : 0];
        const DraftRoad& after = draft_.roads[other.road];
        const Step following{other.road, !other.at_end};
        const bool same =
            alike(road, after) && (road.flags & kBarrier) == 0 &&
            same_entry(road.times(step.forward), after.times(following.forward)) &&
            same_entry(road.times(!step.forward), after.times(!following.forward)) &&
            same_speed(road, road.times(step.forward), after, after.times(following.forward)) &&
            same_speed(road, road.times(!step.forward), after, after.times(!following.forward));
        return same ? following : none;
    }

    void join(std::uint32_t start) {
        Step first{start, true};
        // Back to the chain's beginning; a ring ends where it began.
        for (Step back = next({start, false});
             back.road != kNone && back.road != start && !becomes_[back.road].done;
             back = next(back)) {
            first = {back.road, !back.forward};
        }
        const std::uint32_t number = static_cast<std::uint32_t>(joined_.size());
        DraftRoad whole;
        bool begun = false;
        for (Step step = first; step.road != kNone && !becomes_[step.road].done;
             step = next(step)) {
            if (begun && !fits(whole, draft_.roads[step.road])) break;
            append(whole, step, begun);
            becomes_[step.road] = {number, step.forward, true};
            begun = true;
        }
        joined_.push_back(std::move(whole));
    }

    /// Times stay below the limit for an arc.
    static bool fits(const DraftRoad& whole, const DraftRoad& more) {
        const auto longest = [](const DraftRoad& road) {
            std::uint64_t most = 0;
            for (const bool forward : {true, false}) {
                for (const std::uint32_t time : road.times(forward)) {
                    if (time != kNoEntry) most = std::max<std::uint64_t>(most, time);
                }
            }
            return most;
        };
        return longest(whole) + longest(more) <= kArcMillis_max;
    }

    void append(DraftRoad& whole, Step step, bool begun) {
        // Takes its line; `next` still asks for all else.
        DraftRoad road = std::move(draft_.roads[step.road]);
        if (!step.forward) {
            std::ranges::reverse(road.line);
            std::swap(road.begin, road.end);
            std::swap(road.forward, road.backward);
        }
        if (!begun) {
            whole = std::move(road);
            return;
        }
        whole.end = road.end;
        whole.meters += road.meters;
        whole.line.insert(whole.line.end(), road.line.begin() + 1, road.line.end());
        for (std::size_t i = 0; i < kProfiles; ++i) {
            if (whole.forward[i] != kNoEntry) whole.forward[i] += road.forward[i];
            if (whole.backward[i] != kNoEntry) whole.backward[i] += road.backward[i];
        }
    }

    Draft& draft_;
    std::vector<Meetings> meetings_;
    std::vector<Becomes> becomes_;
    std::vector<DraftRoad> joined_;
};

}  // namespace

Draft contract(Draft draft) {
    Contraction contraction(draft);
    std::vector<DraftRoad> joined = contraction.run();
    for (TurnBan& ban : draft.bans) contraction.renumber(ban);
    draft.roads = std::move(joined);
    return draft;
}

}  // namespace liandong::routing
