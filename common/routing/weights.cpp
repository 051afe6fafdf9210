#include "common/routing/weights.h"

#include "common/base/check.h"
#include "common/routing/road_file.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace liandong::routing {
namespace {

/// Times that are copied once, when the first of them changes.
class Patch {
public:
    Patch(const RoadGraph& graph, std::span<const std::uint32_t> times)
        : graph_(graph), times_(times) {}

    void forbid(RoadId road, bool forward) {
        const ArcId original = graph_.arc_of(road, forward);
        if (original == kNone) return;
        if (own_.empty()) own_.assign(times_.begin(), times_.end());
        own_[original] = kNoEntry;
        for (const ArcId twin : graph_.twins(original)) own_[twin] = kNoEntry;
    }
    std::vector<std::uint32_t> take() { return std::move(own_); }

private:
    const RoadGraph& graph_;
    std::span<const std::uint32_t> times_;
    std::vector<std::uint32_t> own_;
};

}  // namespace

Weights::Weights(std::shared_ptr<const RoadGraph> graph, Profile profile)
    : graph_(std::move(graph)), profile_(profile), times_(graph_->times(profile)) {}

Weights::Weights(std::shared_ptr<const RoadGraph> graph, Profile profile,
                 std::shared_ptr<const std::vector<std::uint32_t>> times)
    : graph_(std::move(graph)), profile_(profile), own_(std::move(times)), times_(*own_) {}

Weights Weights::for_vehicle(std::shared_ptr<const RoadGraph> graph, Profile profile,
                             const SizeLimits& vehicle, const Closures& closures, Timestamp now) {
    Patch patch(*graph, graph->times(profile));
    const RoadGraphData& data = graph->data();
    for (std::size_t i = 0; i < data.limited_roads.size(); ++i) {
        if (!is_above(vehicle, data.limits[i])) continue;
        patch.forbid(data.limited_roads[i], true);
        patch.forbid(data.limited_roads[i], false);
    }
    for (const Closure& closure : closures.all()) {
        if (closure.road >= graph->road_count() || !stops(closure, profile, vehicle, now)) continue;
        if (closure.forward) patch.forbid(closure.road, true);
        if (closure.backward) patch.forbid(closure.road, false);
    }
    std::vector<std::uint32_t> own = patch.take();
    if (own.empty()) return Weights(std::move(graph), profile);
    return Weights(std::move(graph), profile,
                   std::make_shared<const std::vector<std::uint32_t>>(std::move(own)));
}

Weights Weights::scaled(const std::array<double, kRoadClasses>& factors) const {
    LIANDONG_CHECK(std::ranges::all_of(factors, [](double factor) { return factor > 0; }));
    std::vector<std::uint32_t> times(times_.begin(), times_.end());
    for (ArcId arc = 0; arc < times.size(); ++arc) {
        if (times[arc] == kNoEntry) continue;
        const double factor = factors[index_of(graph_->road_class(graph_->road(arc)))];
        times[arc] = static_cast<std::uint32_t>(
            std::min(std::round(times[arc] * factor), double{kArcMillis_max}));
    }
    return Weights(graph_, profile_,
                   std::make_shared<const std::vector<std::uint32_t>>(std::move(times)));
}

std::uint32_t Weights::along(RoadId road, bool forward) const {
    const ArcId original = graph_->arc_of(road, forward);
    if (original == kNone) return kNoEntry;
    if (times_[original] != kNoEntry) return times_[original];
    for (const ArcId twin : graph_->twins(original)) {
        if (times_[twin] != kNoEntry) return times_[twin];
    }
    return kNoEntry;
}

ClosableWeights::ClosableWeights(Weights open, const SizeLimits& vehicle)
    : open_(std::move(open)),
      current_(open_),
      vehicle_(vehicle),
      times_(std::make_shared<std::vector<std::uint32_t>>(open_.times().begin(),
                                                          open_.times().end())) {}

std::vector<ArcId> ClosableWeights::stopped(const Closures& closures, Timestamp now) const {
    const RoadGraph& graph = open_.graph();
    std::vector<ArcId> arcs;
    const auto add = [&](RoadId road, bool forward) {
        const ArcId original = graph.arc_of(road, forward);
        if (original == kNone) return;
        if (open_.open(original)) arcs.push_back(original);
        for (const ArcId twin : graph.twins(original)) {
            if (open_.open(twin)) arcs.push_back(twin);
        }
    };
    for (const Closure& closure : closures.all()) {
        if (closure.road >= graph.road_count() || !stops(closure, open_.profile(), vehicle_, now))
            continue;
        if (closure.forward) add(closure.road, true);
        if (closure.backward) add(closure.road, false);
    }
    std::ranges::sort(arcs);
    const auto rest = std::ranges::unique(arcs);
    arcs.erase(rest.begin(), rest.end());
    return arcs;
}

bool ClosableWeights::close(const Closures& closures, Timestamp now) {
    std::vector<ArcId> arcs = stopped(closures, now);
    if (arcs == closed_) return false;
    // This is an owner, and `current_` while something is closed. A third one must not see its
    // times change.
    const long owners = closed_.empty() ? 1 : 2;
    if (times_.use_count() > owners)
        times_ = std::make_shared<std::vector<std::uint32_t>>(current_.times().begin(),
                                                              current_.times().end());
    for (const ArcId arc : closed_) (*times_)[arc] = open_[arc];
    for (const ArcId arc : arcs) (*times_)[arc] = kNoEntry;
    current_ = arcs.empty() ? open_ : Weights(open_.shared_graph(), open_.profile(), times_);
    closed_ = std::move(arcs);
    return true;
}

}  // namespace liandong::routing
