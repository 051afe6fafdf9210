#include "common/base/check.h"
#include "common/routing/draft.h"
#include "common/routing/hilbert.h"
#include "common/routing/line_index.h"
#include "common/routing/road_file.h"
#include "common/routing/simplify.h"
#include "common/routing/strong.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace liandong::routing {
namespace {

constexpr std::size_t kThings_max = std::size_t{1} << 30;

/// Longer roads than once round the earth are damaged data.
std::uint32_t to_centimeters(double meters) {
    return static_cast<std::uint32_t>(std::lround(std::clamp(meters, 0.0, 40'075'000.0) * 100));
}

struct Arc {
    std::uint32_t tail = 0, head = 0;
    std::uint32_t road = 0;
    bool forward = true, twin = false;
    TimesByProfile times = kClosedToAll;

    bool closed() const { return times == kClosedToAll; }
    std::uint32_t road_way() const { return 2 * road + (forward ? 1 : 0); }
};

/// The network as nodes and arcs, before anything is ordered.
struct Network {
    std::vector<domain::Point> nodes;
    std::vector<Arc> arcs;
};

Network arcs_of(const Draft& draft) {
    Network network{draft.nodes, {}};
    network.arcs.reserve(2 * draft.roads.size());
    for (std::uint32_t i = 0; i < draft.roads.size(); ++i) {
        const DraftRoad& road = draft.roads[i];
        for (const bool forward : {true, false}) {
            Arc arc{road.begin, road.end, i, forward, false, road.times(forward)};
            if (!forward) std::swap(arc.tail, arc.head);
            if (!arc.closed()) network.arcs.push_back(arc);
        }
    }
    return network;
}

/// Makes turn bans part of the network: an arc that bans follow ends in a node of its own, from
/// which twins of the arcs lead on.
class Turns {
public:
    Turns(const Draft& draft, Network& network)
        : network_(network), arc_of_(2 * draft.roads.size(), kNone) {
        for (std::uint32_t i = 0; i < network.arcs.size(); ++i)
            arc_of_[network.arcs[i].road_way()] = i;
        for (const TurnBan& ban : draft.bans) note(ban);
        std::ranges::sort(banned_, {}, &Banned::from);
    }

    /// Says how many twins there are.
    std::size_t apply() {
        const auto originals = static_cast<std::uint32_t>(network_.arcs.size());
        const std::vector<std::vector<std::uint32_t>> out = arcs_out_of_vias();
        std::vector<std::uint32_t> former(originals, kNone);
        for (const Banned& one : banned_) {
            Arc& from = network_.arcs[one.from];
            if (former[one.from] != kNone) continue;
            former[one.from] = from.head;
            const auto own = static_cast<std::uint32_t>(network_.nodes.size());
            network_.nodes.push_back(domain::Point{network_.nodes[from.head]});
            from.head = own;
        }
        // Heads are final now, so twins can take them over.
        for (std::size_t i = 0; i < banned_.size();) {
            const std::uint32_t from = banned_[i].from;
            std::size_t end = i;
            while (end < banned_.size() && banned_[end].from == from) ++end;
            lead_on(from, out[via_[former[from]]], {banned_.data() + i, end - i});
            i = end;
        }
        return network_.arcs.size() - originals;
    }

private:
    struct Banned {
        std::uint32_t from, to;
        std::array<bool, kProfiles> profiles;
    };

    void note(const TurnBan& ban) {
        const std::uint32_t from = arc_of_[2 * ban.from_road + (ban.from_forward ? 1 : 0)];
        const std::uint32_t to = arc_of_[2 * ban.to_road + (ban.to_forward ? 1 : 0)];
        if (from == kNone || to == kNone) return;
        LIANDONG_CHECK(network_.arcs[from].head == network_.arcs[to].tail);
        banned_.push_back({from, to, ban.profiles});
    }

    std::vector<std::vector<std::uint32_t>> arcs_out_of_vias() {
        via_.assign(network_.nodes.size(), kNone);
        std::vector<std::vector<std::uint32_t>> out;
        for (const Banned& one : banned_) {
            std::uint32_t& number = via_[network_.arcs[one.from].head];
            if (number != kNone) continue;
            number = static_cast<std::uint32_t>(out.size());
            out.emplace_back();
        }
        for (std::uint32_t i = 0; i < network_.arcs.size(); ++i) {
            const std::uint32_t number = via_[network_.arcs[i].tail];
            if (number != kNone) out[number].push_back(i);
        }
        return out;
    }

    void lead_on(std::uint32_t from, const std::vector<std::uint32_t>& out,
                 std::span<const Banned> banned) {
        for (const std::uint32_t original : out) {
            Arc twin = network_.arcs[original];
            twin.tail = network_.arcs[from].head;
            twin.twin = true;
            for (const Banned& one : banned) {
                for (std::size_t i = 0; i < kProfiles; ++i) {
                    if (one.to == original && one.profiles[i]) twin.times[i] = kNoEntry;
                }
            }
            if (!twin.closed()) network_.arcs.push_back(twin);
        }
    }

    Network& network_;
    std::vector<std::uint32_t> arc_of_;  // by road way
    std::vector<Banned> banned_;
    std::vector<std::uint32_t> via_;  // node → number among those with bans
};

/// Closes to each profile what lies outside its largest strongly connected network.
/// "Largest" is by length of roads, which contraction does not change.
void keep_strong(const Draft& draft, Network& network, BuildReport& report) {
    const auto nodes = static_cast<std::uint32_t>(network.nodes.size());
    for (std::size_t profile = 0; profile < kProfiles; ++profile) {
        std::vector<Link> links;
        for (const Arc& arc : network.arcs) {
            if (arc.times[profile] == kNoEntry) continue;
            const double meters = arc.twin ? 0 : draft.roads[arc.road].meters;
            links.push_back({arc.tail, arc.head, to_centimeters(meters)});
        }
        const std::vector<bool> in = largest_strong_component(nodes, links);
        for (Arc& arc : network.arcs) {
            if (arc.times[profile] == kNoEntry) continue;
            const bool keep = in[arc.tail] && in[arc.head];
            if (!keep) arc.times[profile] = kNoEntry;
            ++(keep ? report.arcs_kept : report.arcs_dropped)[profile];
        }
    }
    std::erase_if(network.arcs, [](const Arc& arc) { return arc.closed(); });
}

/// New numbers for what is used, along the curve; kNone: not used.
template <class Used, class Place>
std::vector<std::uint32_t> order(std::size_t count, Used used, Place place,
                                 std::vector<std::uint32_t>& kept) {
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (used(i)) keys.emplace_back(place(i), i);
    }
    std::ranges::sort(keys);
    std::vector<std::uint32_t> numbers(count, kNone);
    kept.clear();
    for (const auto& [key, old] : keys) {
        numbers[old] = static_cast<std::uint32_t>(kept.size());
        kept.push_back(old);
    }
    return numbers;
}

/// The columns of a file, owned.
class Columns {
public:
    Columns(const Draft& draft, Network& network) : draft_(draft), network_(network) {
        number_all();
        sort_arcs();
        fill_nodes();
        fill_arcs();
        fill_roads();
    }

    RoadGraphData data() const {
        RoadGraphData data;
        data.counts = {size32(node_points_), size32(arcs_out_),    size32(length_cm_),
                       size32(points_),      size32(limits_),      0,
                       size32(names_),       size32(draft_.source)};
        data.node_points = node_points_;
        data.first_in = first_in_;
        data.first_out = first_out_;
        data.arcs_out = arcs_out_;
        data.tails = tails_;
        data.heads = heads_;
        data.arc_roads = arc_roads_;
        for (std::size_t i = 0; i < kProfiles; ++i) data.times[i] = times_[i];
        data.first_point = first_point_;
        data.length_cm = length_cm_;
        data.name_begin = name_begin_;
        data.forward_arc = way_arc_[1];
        data.backward_arc = way_arc_[0];
        data.limited_roads = limited_roads_;
        data.limits = limits_;
        data.points = points_;
        data.boxes = boxes_;
        data.classes = classes_;
        data.flags = flags_;
        data.names = names_;
        data.source = draft_.source;
        for (const Arc& arc : network_.arcs) data.counts.twins += arc.twin ? 1 : 0;
        return data;
    }

private:
    template <class Column> static std::uint32_t size32(const Column& column) {
        return static_cast<std::uint32_t>(column.size());
    }

    void number_all() {
        std::vector<bool> node_used(network_.nodes.size()), road_used(draft_.roads.size());
        for (const Arc& arc : network_.arcs)
            node_used[arc.tail] = node_used[arc.head] = road_used[arc.road] = true;
        const auto node_number = order(
            network_.nodes.size(), [&](std::uint32_t i) { return node_used[i]; },
            [&](std::uint32_t i) { return hilbert(network_.nodes[i]); }, kept_nodes_);
        const auto road_number = order(
            draft_.roads.size(), [&](std::uint32_t i) { return road_used[i]; },
            [&](std::uint32_t i) {
                const auto& line = draft_.roads[i].line;
                return hilbert(line[line.size() / 2]);
            },
            kept_roads_);
        for (Arc& arc : network_.arcs) {
            arc.tail = node_number[arc.tail];
            arc.head = node_number[arc.head];
            arc.road = road_number[arc.road];
        }
    }

    void sort_arcs() {
        std::ranges::sort(network_.arcs, {}, [](const Arc& arc) {
            return std::tuple(arc.head, arc.road_way(), arc.twin, arc.tail);
        });
    }

    void fill_nodes() {
        for (const std::uint32_t old : kept_nodes_) node_points_.push_back(network_.nodes[old]);
        first_in_.assign(node_points_.size() + 1, 0);
        first_out_.assign(node_points_.size() + 1, 0);
        for (const Arc& arc : network_.arcs) {
            ++first_in_[arc.head + 1];
            ++first_out_[arc.tail + 1];
        }
        std::partial_sum(first_in_.begin(), first_in_.end(), first_in_.begin());
        std::partial_sum(first_out_.begin(), first_out_.end(), first_out_.begin());
    }

    void fill_arcs() {
        arcs_out_.resize(network_.arcs.size());
        std::vector<std::uint32_t> at(first_out_.begin(), first_out_.end() - 1);
        for (auto& column : way_arc_) column.assign(kept_roads_.size(), kNone);
        for (ArcId id = 0; id < network_.arcs.size(); ++id) {
            const Arc& arc = network_.arcs[id];
            arcs_out_[at[arc.tail]++] = id;
            tails_.push_back(arc.tail);
            heads_.push_back(arc.head);
            arc_roads_.push_back(arc.road_way());
            for (std::size_t i = 0; i < kProfiles; ++i) times_[i].push_back(arc.times[i]);
            ArcId& original = way_arc_[arc.forward ? 1 : 0][arc.road];
            if (original == kNone) original = id;
        }
    }

    void fill_roads() {
        first_point_.push_back(0);
        std::vector<std::uint32_t> name_at(draft_.names.size(), kNone);
        for (const std::uint32_t old : kept_roads_) {
            const DraftRoad& road = draft_.roads[old];
            const auto number = size32(length_cm_);
            points_.insert(points_.end(), road.line.begin(), road.line.end());
            first_point_.push_back(size32(points_));
            length_cm_.push_back(to_centimeters(road.meters));
            name_begin_.push_back(name(road.name, name_at));
            classes_.push_back(road.road_class);
            const bool limited = road.limits != SizeLimits{};
            flags_.push_back(static_cast<std::uint8_t>(road.flags | (limited ? kLimited : 0)));
            if (!limited) continue;
            limited_roads_.push_back(number);
            limits_.push_back(road.limits);
        }
        boxes_ = build_boxes(points_, first_point_);
    }

    std::uint32_t name(std::uint32_t index, std::vector<std::uint32_t>& name_at) {
        const std::string& text = draft_.names[index];
        if (text.empty()) return 0;
        if (name_at[index] == kNone) {
            name_at[index] = size32(names_);
            names_.append(text.c_str());
            names_.push_back('\0');
        }
        return name_at[index];
    }

    const Draft& draft_;
    Network& network_;
    std::vector<std::uint32_t> kept_nodes_, kept_roads_;
    std::vector<domain::Point> node_points_, points_;
    std::vector<std::uint32_t> first_in_, first_out_, arcs_out_, tails_, heads_, arc_roads_;
    std::array<std::vector<std::uint32_t>, kProfiles> times_;
    std::vector<std::uint32_t> first_point_, length_cm_, name_begin_, limited_roads_;
    std::array<std::vector<std::uint32_t>, 2> way_arc_;  // backward, forward
    std::vector<SizeLimits> limits_;
    std::vector<Box> boxes_;
    std::vector<RoadClass> classes_;
    std::vector<std::uint8_t> flags_;
    std::string names_ = std::string(1, '\0');
};

void tell_dropped(const Draft& draft, const Network& network, BuildReport& report) {
    std::vector<bool> kept(draft.roads.size());
    for (const Arc& arc : network.arcs) kept[arc.road] = true;
    for (std::uint32_t i = 0; i < draft.roads.size(); ++i) {
        if (kept[i]) continue;
        ++report.dropped_roads;
        report.dropped_meters += draft.roads[i].meters;
    }
}

std::size_t points_of(const Draft& draft) {
    std::size_t points = 0;
    for (const DraftRoad& road : draft.roads) points += road.line.size();
    return points;
}

}  // namespace

Result<std::string> build_roads(Draft draft, const BuildOptions& options, BuildReport& report) {
    report = {};
    report.draft_nodes = draft.nodes.size();
    report.draft_roads = draft.roads.size();
    if (options.contract) draft = contract(std::move(draft));
    report.joined_roads = report.draft_roads - draft.roads.size();
    if (options.simplify_meters > 0) {
        for (DraftRoad& road : draft.roads) simplify(road.line, options.simplify_meters);
    }
    Network network = arcs_of(draft);
    Turns(draft, network).apply();
    if (network.arcs.size() > kThings_max || points_of(draft) > kThings_max) {
        return fail(
            Code::kInvalidArgument, "ROADS_TOO_MANY",
            fmt::format("more than {} roads or points; import a smaller area", kThings_max));
    }
    keep_strong(draft, network, report);
    if (network.arcs.empty()) {
        return fail(Code::kInvalidArgument, "NO_ROADS",
                    "no network of roads in it that can be driven there and back");
    }
    tell_dropped(draft, network, report);
    const Columns columns(draft, network);
    const RoadGraphData data = columns.data();
    report.nodes = data.counts.nodes;
    report.arcs = data.counts.arcs;
    report.roads = data.counts.roads;
    report.twins = data.counts.twins;
    report.limited_roads = data.counts.limited_roads;
    report.points = data.counts.points;
    return encode_roads(data);
}

}  // namespace liandong::routing
