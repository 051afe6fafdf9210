#include "common/routing/import/osm_network.h"

#include "common/routing/import/turn_relation.h"
#include "common/routing/import/way_rules.h"
#include "common/routing/plane.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <utility>

namespace liandong::routing {
namespace {

struct RoadWay {
    std::int64_t id = 0;
    std::vector<std::int64_t> nodes;
    WayRules rules;
    std::uint32_t name = 0;
};

/// First pass: the roads and the turn restrictions.
class Ways final : public OsmSink {
public:
    explicit Ways(OsmNotes& notes) : notes_(notes) { names_.try_emplace("", 0); }

    void way(const OsmWay& way) override {
        const auto rules = rules_of(way.tags);
        if (!rules || way.nodes.size() < 2) return;
        ++notes_.ways;
        std::string_view name = way.tags.find("name");
        if (name.empty()) name = way.tags.find("ref");
        ways.push_back({way.id, way.nodes, *rules, number_of(name)});
    }

    void relation(const OsmRelation& relation) override {
        TurnRelation turn;
        switch (read_turn(relation, turn)) {
        case TurnRelationKind::kNone: break;
        case TurnRelationKind::kTaken: turns.push_back(turn); break;
        case TurnRelationKind::kViaWay: ++notes_.bans_by_way; break;
        case TurnRelationKind::kConditional: ++notes_.bans_conditional; break;
        case TurnRelationKind::kUnclear: ++notes_.bans_unclear; break;
        }
    }

    std::vector<RoadWay> ways;
    std::vector<TurnRelation> turns;
    std::vector<std::string> names{""};

private:
    std::uint32_t number_of(std::string_view name) {
        const auto [at, fresh] =
            names_.try_emplace(std::string(name), static_cast<std::uint32_t>(names.size()));
        if (fresh) names.emplace_back(name);
        return at->second;
    }

    OsmNotes& notes_;
    absl::flat_hash_map<std::string, std::uint32_t> names_;
};

/// A node of a road.
struct Spot {
    domain::Point point;
    bool there = false;     ///< the file has it
    bool via = false;       ///< of a turn restriction
    std::uint8_t uses = 0;  ///< by roads; an end counts twice; stops at 2
    std::uint32_t barrier = kNone;

    void use(int times) { uses = static_cast<std::uint8_t>(std::min(2, uses + times)); }
    bool parts_roads() const { return uses >= 2 || via || barrier != kNone; }
};

/// Second pass: where the roads' nodes lie, and what stands on them.
class Spots final : public OsmSink {
public:
    explicit Spots(const Ways& ways) {
        for (const RoadWay& way : ways.ways)
            ids_.insert(ids_.end(), way.nodes.begin(), way.nodes.end());
        std::ranges::sort(ids_);
        const auto rest = std::ranges::unique(ids_);
        ids_.erase(rest.begin(), rest.end());
        spots_.resize(ids_.size());
        for (const RoadWay& way : ways.ways) count(way);
        for (const TurnRelation& turn : ways.turns) {
            const std::uint32_t via = find(turn.via_node);
            if (via != kNone) spots_[via].via = true;
        }
    }

    void node(const OsmNode& node) override {
        const std::uint32_t index = find(node.id);
        if (index == kNone) return;
        spots_[index].point = node.point;
        spots_[index].there = true;
        const auto barrier = barrier_of(node.tags);
        if (!barrier) return;
        spots_[index].barrier = static_cast<std::uint32_t>(barriers_.size());
        barriers_.push_back(*barrier);
    }

    std::uint32_t find(std::int64_t id) const {
        const auto at = std::ranges::lower_bound(ids_, id);
        return at == ids_.end() || *at != id ? kNone
                                             : static_cast<std::uint32_t>(at - ids_.begin());
    }
    Spot& operator[](std::uint32_t index) { return spots_[index]; }
    const BarrierRules& barrier(const Spot& spot) const { return barriers_[spot.barrier]; }
    std::size_t size() const { return spots_.size(); }

private:
    void count(const RoadWay& way) {
        for (const std::int64_t id : way.nodes) spots_[find(id)].use(1);
        spots_[find(way.nodes.front())].use(1);
        spots_[find(way.nodes.back())].use(1);
    }

    std::vector<std::int64_t> ids_;
    std::vector<Spot> spots_;
    std::vector<BarrierRules> barriers_;
};

std::uint32_t millis(double meters, double speed) {
    if (speed <= 0) return kNoEntry;
    return static_cast<std::uint32_t>(
        std::min(std::round(meters / speed * 1000), double{kArcMillis_max}));
}

TimesByProfile times_of(double meters, const SpeedsByProfile& speeds) {
    TimesByProfile times{};
    for (std::size_t i = 0; i < kProfiles; ++i) times[i] = millis(meters, speeds[i]);
    return times;
}

/// Ways and spots → the draft.
class Drafting {
public:
    Drafting(Ways& ways, Spots& spots, OsmNotes& notes)
        : ways_(ways), spots_(spots), notes_(notes), node_of_(spots.size(), kNone) {}

    Draft run() {
        draft_.names = std::move(ways_.names);
        for (const RoadWay& way : ways_.ways) add(way);
        // After all roads of ways, whose numbers are told in ranges.
        std::ranges::move(barriers_, std::back_inserter(draft_.roads));
        for (const TurnRelation& turn : ways_.turns) add(turn);
        return std::move(draft_);
    }

private:
    void add(const RoadWay& way) {
        const auto first = static_cast<std::uint32_t>(draft_.roads.size());
        std::vector<std::uint32_t> piece;
        bool cut = false;
        for (const std::int64_t id : way.nodes) {
            const std::uint32_t index = spots_.find(id);
            if (!spots_[index].there) {
                finish(way, piece);
                piece.clear();
                cut = true;
                continue;
            }
            piece.push_back(index);
            if (piece.size() < 2 || !spots_[index].parts_roads()) continue;
            finish(way, piece);
            piece.assign(1, index);
        }
        finish(way, piece);
        notes_.cut_ways += cut ? 1 : 0;
        roads_of_.try_emplace(way.id, first, static_cast<std::uint32_t>(draft_.roads.size()));
    }

    void finish(const RoadWay& way, const std::vector<std::uint32_t>& piece) {
        if (piece.size() < 2) return;
        DraftRoad road;
        road.line.reserve(piece.size());
        for (const std::uint32_t index : piece) road.line.push_back(spots_[index].point);
        road.meters = line_meters(road.line);
        road.begin = end_at(piece.front());
        road.end = end_at(piece.back());
        road.road_class = way.rules.road_class;
        road.flags = way.rules.flags;
        road.limits = way.rules.limits;
        road.name = way.name;
        road.forward = times_of(road.meters, way.rules.forward);
        road.backward = times_of(road.meters, way.rules.backward);
        draft_.roads.push_back(std::move(road));
    }

    std::uint32_t new_node(domain::Point point) {
        draft_.nodes.push_back(point);
        return static_cast<std::uint32_t>(draft_.nodes.size()) - 1;
    }

    /// The draft's node for the end of a road. At a barrier every end gets a node of its own,
    /// joined to the first one's by the barrier.
    std::uint32_t end_at(std::uint32_t index) {
        const Spot& spot = spots_[index];
        if (node_of_[index] == kNone) return node_of_[index] = new_node(spot.point);
        if (spot.barrier == kNone) return node_of_[index];
        ++notes_.barriers;
        const BarrierRules& rules = spots_.barrier(spot);
        const std::uint32_t node = new_node(spot.point);
        DraftRoad barrier;
        barrier.begin = node_of_[index];
        barrier.end = node;
        barrier.line = {spot.point, spot.point};
        barrier.road_class = RoadClass::kPath;
        barrier.flags = kBarrier;
        barrier.limits = rules.limits;
        barrier.forward = barrier.backward = rules.times;
        barriers_.push_back(std::move(barrier));
        return node;
    }

    struct Turning {
        std::uint32_t road = kNone;
        bool forward = true;
    };

    /// The one road of `way` that arrives at (or leaves) `node` and is open to vehicles; kNone:
    /// there is none, or more than one.
    Turning meeting(std::int64_t way, std::uint32_t node, bool arriving) const {
        const auto range = roads_of_.find(way);
        if (range == roads_of_.end()) return {};
        Turning found;
        for (std::uint32_t i = range->second.first; i < range->second.second; ++i) {
            for (const bool forward : {true, false}) {
                const DraftRoad& road = draft_.roads[i];
                const bool at_end = arriving == forward;
                if ((at_end ? road.end : road.begin) != node || !open_to_vehicles(road, forward))
                    continue;
                if (found.road != kNone) return {};
                found = {i, forward};
            }
        }
        return found;
    }

    static bool open_to_vehicles(const DraftRoad& road, bool forward) {
        const TimesByProfile& times = road.times(forward);
        return std::any_of(times.begin(), times.begin() + index_of(Profile::kFoot),
                           [](std::uint32_t time) { return time != kNoEntry; });
    }

    void add(const TurnRelation& turn) {
        const std::uint32_t index = spots_.find(turn.via_node);
        const std::uint32_t node = index == kNone ? kNone : node_of_[index];
        const Turning from = meeting(turn.from_way, node, true);
        const Turning to = meeting(turn.to_way, node, false);
        const bool clear = node != kNone && spots_[index].barrier == kNone && from.road != kNone &&
                           to.road != kNone;
        if (!clear) {
            ++notes_.bans_unclear;
            return;
        }
        ++notes_.turn_bans;
        if (!turn.only) {
            draft_.bans.push_back({from.road, from.forward, to.road, to.forward, turn.profiles});
            return;
        }
        for (const Turning& other : leaving(node)) {
            if (other.road == to.road && other.forward == to.forward) continue;
            draft_.bans.push_back(
                {from.road, from.forward, other.road, other.forward, turn.profiles});
        }
    }

    const std::vector<Turning>& leaving(std::uint32_t node) {
        if (leaving_.empty()) {
            leaving_.resize(draft_.nodes.size());
            for (std::uint32_t i = 0; i < draft_.roads.size(); ++i) {
                leaving_[draft_.roads[i].begin].push_back({i, true});
                leaving_[draft_.roads[i].end].push_back({i, false});
            }
        }
        return leaving_[node];
    }

    Ways& ways_;
    Spots& spots_;
    OsmNotes& notes_;
    Draft draft_;
    std::vector<std::uint32_t> node_of_;
    std::vector<DraftRoad> barriers_;
    absl::flat_hash_map<std::int64_t, std::pair<std::uint32_t, std::uint32_t>> roads_of_;
    std::vector<std::vector<Turning>> leaving_;
};

/// `read(wanted, sink, progress)` reads the map once.
template <class Read> Result<Draft> read_network(OsmNotes& notes, Read read, OsmProgress progress) {
    notes = {};
    Ways ways(notes);
    const Status first = read({.nodes = false}, ways, [&](double share) { progress(share / 2); });
    if (!first) return std::unexpected(first.error());
    Spots spots(ways);
    const Status second = read({.ways = false, .relations = false}, spots,
                               [&](double share) { progress(0.5 + share / 2); });
    if (!second) return std::unexpected(second.error());
    return Drafting(ways, spots, notes).run();
}

}  // namespace

Result<Draft> read_osm_network(const std::string& file, OsmNotes& notes, OsmProgress progress) {
    auto draft = read_network(
        notes,
        [&file](OsmWanted wanted, OsmSink& sink, OsmProgress told) {
            return read_osm(file, wanted, sink, told);
        },
        progress);
    if (draft) draft->source = std::filesystem::path(file).filename().string();
    return draft;
}

Result<Draft> read_osm_network_bytes(std::string_view bytes, OsmNotes& notes) {
    return read_network(
        notes,
        [bytes](OsmWanted wanted, OsmSink& sink, OsmProgress) {
            return read_osm_bytes(bytes, wanted, sink);
        },
        [](double) {});
}

}  // namespace liandong::routing
