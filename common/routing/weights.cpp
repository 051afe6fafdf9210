#include "common/routing/weights.h"

#include "common/base/check.h"
#include "common/routing/road_file.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace liandong::routing {
namespace {

bool above(std::uint32_t vehicle, std::uint32_t limit) { return limit != 0 && vehicle > limit; }

bool too_large(const SizeLimits& vehicle, const SizeLimits& limit) {
    return above(vehicle.height_cm, limit.height_cm) || above(vehicle.width_cm, limit.width_cm) ||
           above(vehicle.weight_kg, limit.weight_kg);
}

bool closes(const Closure& closure, Profile profile, const SizeLimits& vehicle, Timestamp now) {
    if (now >= closure.until || !closure.profiles[index_of(profile)]) return false;
    return closure.limits == SizeLimits{} || too_large(vehicle, closure.limits);
}

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
                 std::vector<std::uint32_t> times)
    : graph_(std::move(graph)),
      profile_(profile),
      own_(std::make_shared<const std::vector<std::uint32_t>>(std::move(times))),
      times_(*own_) {}

Weights Weights::for_vehicle(std::shared_ptr<const RoadGraph> graph, Profile profile,
                             const SizeLimits& vehicle, const Closures& closures, Timestamp now) {
    Patch patch(*graph, graph->times(profile));
    const RoadGraphData& data = graph->data();
    for (std::size_t i = 0; i < data.limited_roads.size(); ++i) {
        if (!too_large(vehicle, data.limits[i])) continue;
        patch.forbid(data.limited_roads[i], true);
        patch.forbid(data.limited_roads[i], false);
    }
    for (const Closure& closure : closures.all()) {
        if (closure.road >= graph->road_count() || !closes(closure, profile, vehicle, now))
            continue;
        if (closure.forward) patch.forbid(closure.road, true);
        if (closure.backward) patch.forbid(closure.road, false);
    }
    std::vector<std::uint32_t> own = patch.take();
    if (own.empty()) return Weights(std::move(graph), profile);
    return Weights(std::move(graph), profile, std::move(own));
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
    return Weights(graph_, profile_, std::move(times));
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

}  // namespace liandong::routing
