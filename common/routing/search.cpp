#include "common/routing/search.h"

#include "common/base/check.h"
#include "common/routing/part.h"
#include "common/routing/search_core.h"

#include <algorithm>

namespace liandong::routing {
namespace {

using std::chrono::milliseconds;

/// A unit and how it gets there: from the node it sets out to, or along one road.
struct Candidate {
    std::uint32_t time = 0;
    std::uint32_t unit = 0;
    NodeId node = kNone;  ///< kNone: along one road
    ArcId arc = kNone;    ///< the first
    double share = 0;     ///< of the first that is travelled

    auto key() const { return std::pair(time, unit); }
};

/// The best `limit` candidates, one a unit, by time and then unit.
class Shortlist {
public:
    explicit Shortlist(std::size_t limit) : limit_(limit) {}

    bool full() const { return best_.size() >= limit_; }
    /// Time of the last one; only if full.
    std::uint32_t worst() const { return best_.back().time; }
    bool would_take(std::uint32_t time, std::uint32_t unit) const {
        return !full() || std::pair(time, unit) < best_.back().key();
    }

    void offer(const Candidate& candidate) {
        const auto same = std::ranges::find(best_, candidate.unit, &Candidate::unit);
        if (same != best_.end()) {
            if (same->time <= candidate.time) return;
            best_.erase(same);
        }
        best_.insert(std::ranges::upper_bound(best_, candidate.key(), {}, &Candidate::key),
                     candidate);
        if (best_.size() > limit_) best_.pop_back();
    }

    void drop_after(std::uint32_t time) {
        std::erase_if(best_, [time](const Candidate& one) { return one.time > time; });
    }
    const std::vector<Candidate>& best() const { return best_; }

private:
    std::size_t limit_;
    std::vector<Candidate> best_;
};

/// The ways to set out from one place, in the form of UnitIndex.
class OneStart {
public:
    OneStart(const RoadGraph& graph, const RoadPosition& from) : graph_(graph) {
        for (const bool forward : {true, false}) {
            const ArcId arc = graph.arc_of(from.road, forward);
            if (!usable(from, forward) || arc == kNone) continue;
            starts_[forward ? 0 : 1] = {0, arc, 1 - share_before(from, forward), kNone};
        }
    }
    template <class Visit> void at_head(NodeId node, Visit&& visit) const {
        for (const UnitIndex::Start& start : starts_) {
            if (start.arc != kNone && graph_.head(start.arc) == node) visit(start);
        }
    }

private:
    const RoadGraph& graph_;
    UnitIndex::Start starts_[2];
};

}  // namespace

class Search::Impl {
public:
    explicit Impl(std::shared_ptr<const RoadGraph> graph)
        : shared_(std::move(graph)), graph_(*shared_), core_(graph_) {}

    template <class Units, class Eligible>
    SearchEnd collect(const Weights& weights, const RoadPosition& incident, const Units& units,
                      const Eligible& eligible, const SearchBounds& bounds, Shortlist& shortlist);

    Trip trip_of(const Candidate& candidate, const RoadPosition& incident) const;
    std::vector<ArcId> arcs_of(const Candidate& candidate) const;

    /// Runs from or to `place` over all nodes, or until all `wanted` (by node; empty: none is) are
    /// settled. Returns the time up to which labels are final.
    template <Direction kDirection>
    std::uint32_t flood(const Weights& weights, const RoadPosition& place,
                        const SearchBounds& bounds, const std::vector<bool>& wanted);
    template <Direction kDirection>
    std::vector<std::uint32_t> node_times(const Weights& weights, const RoadPosition& place,
                                          const SearchBounds& bounds);
    /// The time between the place of the last flood and `other`; kNoEntry above `final`.
    std::uint32_t flooded_to(const Weights& weights, const RoadPosition& from,
                             const RoadPosition& to, std::uint32_t final) const;
    std::uint32_t flooded_from(const Weights& weights, const RoadPosition& from,
                               const RoadPosition& to, std::uint32_t final) const;

    const RoadGraph& graph() const { return graph_; }
    std::uint32_t settled() const { return core_.settled(); }
    void expect(const Weights& weights, const SearchBounds& bounds) const {
        LIANDONG_CHECK(&weights.graph() == &graph_);
        LIANDONG_CHECK(bounds.time_max >= milliseconds(0) &&
                       bounds.time_max <= milliseconds(kArcMillis_max));
    }

private:
    template <class OnLabel>
    void seed_to(const Weights& weights, const RoadPosition& to, OnLabel&& on_label);
    void seed_from(const Weights& weights, const RoadPosition& from);
    /// The open one of the arc and its twins, else the arc.
    ArcId open_one(const Weights& weights, ArcId original) const;
    double meters(ArcId arc) const { return graph_.length_meters(graph_.road(arc)); }
    void add(Trip& trip, ArcId arc, double share) const;
    /// Calls `visit(arc, last)` for the arcs from `node` to the place of the last search.
    template <class Visit> void follow(NodeId node, Visit&& visit) const;

    std::shared_ptr<const RoadGraph> shared_;
    const RoadGraph& graph_;
    SearchCore core_;
};

template <class OnLabel>
void Search::Impl::seed_to(const Weights& weights, const RoadPosition& to, OnLabel&& on_label) {
    for (const bool forward : {true, false}) {
        if (!usable(to, forward)) continue;
        for_each_arc(graph_, to.road, forward, [&](ArcId arc) {
            if (!weights.open(arc)) return;
            const NodeId node = graph_.tail(arc);
            const std::uint32_t time = part_of(weights[arc], share_before(to, forward));
            if (core_.relax(node, time, arc | SearchCore::kSeed)) on_label(node, time);
        });
    }
}

void Search::Impl::seed_from(const Weights& weights, const RoadPosition& from) {
    for (const bool forward : {true, false}) {
        const std::uint32_t time = weights.along(from.road, forward);
        if (!usable(from, forward) || time == kNoEntry) continue;
        const ArcId arc = graph_.arc_of(from.road, forward);
        core_.relax(graph_.head(arc), part_of(time, 1 - share_before(from, forward)),
                    arc | SearchCore::kSeed);
    }
}

ArcId Search::Impl::open_one(const Weights& weights, ArcId original) const {
    if (weights.open(original)) return original;
    for (const ArcId twin : graph_.twins(original)) {
        if (weights.open(twin)) return twin;
    }
    return original;
}

template <class Units, class Eligible>
SearchEnd Search::Impl::collect(const Weights& weights, const RoadPosition& incident,
                                const Units& units, const Eligible& eligible,
                                const SearchBounds& bounds, Shortlist& shortlist) {
    const auto time_max = static_cast<std::uint32_t>(bounds.time_max.count());
    core_.begin(time_max);
    const auto offer = [&](const UnitIndex::Start& start, std::uint32_t before, NodeId node,
                           double share) {
        const ArcId arc = open_one(weights, start.arc);
        if (!weights.open(arc)) return;
        const std::uint32_t time = before + part_of(weights[arc], share);
        if (time > time_max || !shortlist.would_take(time, start.unit)) return;
        if (!eligible(start.unit)) return;
        shortlist.offer({time, start.unit, node, arc, share});
        if (shortlist.full()) core_.lower_limit(shortlist.worst());
    };
    // Already when a way to the node is known, not only when none can be shorter: a shorter one
    // offers its units again, and the list's last time is a limit for the search the sooner.
    const auto offer_at = [&](NodeId node, std::uint32_t time) {
        units.at_head(node,
                      [&](const UnitIndex::Start& start) { offer(start, time, node, start.rest); });
    };
    for (const bool forward : {true, false}) {
        const ArcId arc = graph_.arc_of(incident.road, forward);
        if (!usable(incident, forward) || arc == kNone) continue;
        const double rest = 1 - share_before(incident, forward);
        units.at_head(graph_.head(arc), [&](const UnitIndex::Start& start) {
            if (start.arc == arc && start.rest >= rest) offer(start, 0, kNone, start.rest - rest);
        });
    }
    seed_to(weights, incident, offer_at);
    const auto end = core_.run<Direction::kTo>(weights.times(), bounds.settled_max, offer_at,
                                               [](NodeId, std::uint32_t) { return true; });
    if (end == SearchEnd::kNodes) shortlist.drop_after(core_.last());
    return shortlist.full() ? SearchEnd::kFound : end;
}

void Search::Impl::add(Trip& trip, ArcId arc, double share) const {
    const double travelled = share * meters(arc);
    trip.meters += travelled;
    trip.by_class[index_of(graph_.road_class(graph_.road(arc)))] += travelled;
}

template <class Visit> void Search::Impl::follow(NodeId node, Visit&& visit) const {
    for (std::size_t steps = 0; steps <= graph_.node_count(); ++steps) {
        const std::uint32_t via = core_.via(node);
        const ArcId arc = via & ~SearchCore::kSeed;
        const bool last = (via & SearchCore::kSeed) != 0;
        visit(arc, last);
        if (last) return;
        node = graph_.head(arc);
    }
    LIANDONG_UNREACHABLE();
}

Trip Search::Impl::trip_of(const Candidate& candidate, const RoadPosition& incident) const {
    Trip trip;
    trip.time = milliseconds(candidate.time);
    add(trip, candidate.arc, candidate.share);
    if (candidate.node == kNone) return trip;
    follow(candidate.node, [&](ArcId arc, bool last) {
        add(trip, arc, last ? share_before(incident, graph_.is_forward(arc)) : 1.0);
    });
    return trip;
}

std::vector<ArcId> Search::Impl::arcs_of(const Candidate& candidate) const {
    std::vector<ArcId> arcs{candidate.arc};
    if (candidate.node == kNone) return arcs;
    follow(candidate.node, [&](ArcId arc, bool) { arcs.push_back(arc); });
    return arcs;
}

template <Direction kDirection>
std::uint32_t Search::Impl::flood(const Weights& weights, const RoadPosition& place,
                                  const SearchBounds& bounds, const std::vector<bool>& wanted) {
    const auto time_max = static_cast<std::uint32_t>(bounds.time_max.count());
    const auto ignore = [](NodeId, std::uint32_t) {};
    core_.begin(time_max);
    if constexpr (kDirection == Direction::kTo) {
        seed_to(weights, place, ignore);
    } else {
        seed_from(weights, place);
    }
    auto left = std::ranges::count(wanted, true);
    const bool all = wanted.empty();
    if (!all && left == 0) return 0;
    const auto end = core_.run<kDirection>(
        weights.times(), bounds.settled_max, ignore,
        [&](NodeId node, std::uint32_t) { return all || !wanted[node] || --left > 0; });
    return end == SearchEnd::kNodes ? core_.last() : time_max;
}

template <Direction kDirection>
std::vector<std::uint32_t> Search::Impl::node_times(const Weights& weights,
                                                    const RoadPosition& place,
                                                    const SearchBounds& bounds) {
    const std::uint32_t final = flood<kDirection>(weights, place, bounds, {});
    std::vector<std::uint32_t> times(graph_.node_count());
    for (NodeId node = 0; node < times.size(); ++node) {
        const std::uint32_t time = core_.time(node);
        times[node] = time <= final ? time : kNoEntry;
    }
    return times;
}

namespace {

std::uint32_t direct_time(const Weights& weights, const RoadPosition& from,
                          const RoadPosition& to) {
    std::uint32_t best = kNoEntry;
    for (const bool forward : {true, false}) {
        const auto share = direct_share(from, to, forward);
        if (!share) continue;
        const std::uint32_t whole = weights.along(to.road, forward);
        if (whole != kNoEntry) best = std::min(best, part_of(whole, *share));
    }
    return best;
}

std::uint32_t sum_or_none(std::uint32_t label, std::uint32_t whole, double share) {
    return label == kNoEntry || whole == kNoEntry ? kNoEntry : label + part_of(whole, share);
}

}  // namespace

std::uint32_t Search::Impl::flooded_to(const Weights& weights, const RoadPosition& from,
                                       const RoadPosition& to, std::uint32_t final) const {
    std::uint32_t best = direct_time(weights, from, to);
    for (const bool forward : {true, false}) {
        const ArcId arc = graph_.arc_of(from.road, forward);
        if (!usable(from, forward) || arc == kNone) continue;
        best = std::min(best,
                        sum_or_none(core_.time(graph_.head(arc)), weights.along(from.road, forward),
                                    1 - share_before(from, forward)));
    }
    return best <= final ? best : kNoEntry;
}

std::uint32_t Search::Impl::flooded_from(const Weights& weights, const RoadPosition& from,
                                         const RoadPosition& to, std::uint32_t final) const {
    std::uint32_t best = direct_time(weights, from, to);
    for (const bool forward : {true, false}) {
        if (!usable(to, forward)) continue;
        for_each_arc(graph_, to.road, forward, [&](ArcId arc) {
            best = std::min(best, sum_or_none(core_.time(graph_.tail(arc)), weights[arc],
                                              share_before(to, forward)));
        });
    }
    return best <= final ? best : kNoEntry;
}

Search::Search(std::shared_ptr<const RoadGraph> graph)
    : impl_(std::make_unique<Impl>(std::move(graph))) {}
Search::~Search() = default;
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;

Nearest Search::nearest(const Weights& weights, const RoadPosition& incident,
                        const UnitIndex& units, std::size_t k,
                        absl::FunctionRef<bool(std::uint32_t)> eligible,
                        const SearchBounds& bounds) {
    impl_->expect(weights, bounds);
    if (k == 0) return {{}, SearchEnd::kFound, 0};
    Shortlist shortlist(k);
    Nearest answer;
    answer.end = impl_->collect(weights, incident, units, eligible, bounds, shortlist);
    answer.settled = impl_->settled();
    for (const Candidate& one : shortlist.best())
        answer.units.push_back({one.unit, impl_->trip_of(one, incident)});
    return answer;
}

std::optional<Route> Search::route(const Weights& weights, const RoadPosition& from,
                                   const RoadPosition& to, const SearchBounds& bounds) {
    impl_->expect(weights, bounds);
    Shortlist shortlist(1);
    impl_->collect(
        weights, to, OneStart(impl_->graph(), from), [](std::uint32_t) { return true; }, bounds,
        shortlist);
    if (!shortlist.full()) return std::nullopt;
    const Candidate& best = shortlist.best().front();
    return Route{impl_->trip_of(best, to), impl_->arcs_of(best), from, to};
}

std::vector<std::uint32_t> Search::matrix(const Weights& weights,
                                          std::span<const RoadPosition> from,
                                          std::span<const RoadPosition> to,
                                          const SearchBounds& bounds) {
    impl_->expect(weights, bounds);
    const RoadGraph& graph = impl_->graph();
    const bool by_column = to.size() <= from.size();
    std::vector<bool> wanted(graph.node_count());
    for (const RoadPosition& place : by_column ? from : to) {
        for (const bool forward : {true, false}) {
            for_each_arc(graph, place.road, forward, [&](ArcId arc) {
                wanted[by_column ? graph.head(arc) : graph.tail(arc)] = true;
            });
        }
    }
    std::vector<std::uint32_t> times(from.size() * to.size(), kNoEntry);
    for (std::size_t i = 0; i < (by_column ? to : from).size(); ++i) {
        const std::uint32_t final =
            by_column ? impl_->flood<Direction::kTo>(weights, to[i], bounds, wanted)
                      : impl_->flood<Direction::kFrom>(weights, from[i], bounds, wanted);
        for (std::size_t j = 0; j < (by_column ? from : to).size(); ++j) {
            if (by_column) {
                times[j * to.size() + i] = impl_->flooded_to(weights, from[j], to[i], final);
            } else {
                times[i * to.size() + j] = impl_->flooded_from(weights, from[i], to[j], final);
            }
        }
    }
    return times;
}

std::vector<std::uint32_t> Search::times_from(const Weights& weights, const RoadPosition& from,
                                              const SearchBounds& bounds) {
    impl_->expect(weights, bounds);
    return impl_->node_times<Direction::kFrom>(weights, from, bounds);
}

std::vector<std::uint32_t> Search::times_to(const Weights& weights, const RoadPosition& to,
                                            const SearchBounds& bounds) {
    impl_->expect(weights, bounds);
    return impl_->node_times<Direction::kTo>(weights, to, bounds);
}

}  // namespace liandong::routing
