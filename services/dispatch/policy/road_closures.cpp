#include "services/dispatch/policy/road_closures.h"

#include "services/dispatch/policy/road_travel.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace liandong::dispatch {
namespace {

using domain::Closure;
using routing::Profile;

constexpr std::pair<domain::Stops, Profile> kProfiles[] = {
    {domain::kStopsEmergency, Profile::kEmergency},
    {domain::kStopsCars, Profile::kCar},
    {domain::kStopsBicycles, Profile::kBicycle},
    {domain::kStopsFoot, Profile::kFoot}};

/// The profile on whose roads the closure lies: the first of those it stops.
Profile main_profile(const Closure& closure) {
    for (const auto& [bit, profile] : kProfiles) {
        if ((closure.stops & bit) != 0) return profile;
    }
    return Profile::kEmergency;
}

std::uint16_t centimeters(std::uint32_t value) {
    return static_cast<std::uint16_t>(
        std::min<std::uint32_t>(value, std::numeric_limits<std::uint16_t>::max()));
}

/// What all roads of one closure have in common.
routing::Closure on_map(const Closure& closure) {
    routing::Closure out;
    out.from = closure.begins_at;
    out.until = end_of(closure);
    for (const auto& [bit, profile] : kProfiles)
        out.profiles[routing::index_of(profile)] = (closure.stops & bit) != 0;
    out.limits = {centimeters(closure.height_max_cm), centimeters(closure.width_max_cm),
                  closure.weight_max_kg};
    return out;
}

/// "<closure id>#<number>": the numbers keep the order of ids, since '#' is below all of theirs.
std::string_view closure_id(std::string_view id) { return id.substr(0, id.find('#')); }

void in_order(std::vector<std::string>& ids) {
    std::ranges::sort(ids);
    const auto rest = std::ranges::unique(ids);
    ids.erase(rest.begin(), rest.end());
}

}  // namespace

RoadClosures::RoadClosures(Roads& roads) : roads_(roads) {
    for (std::size_t i = 0; i < kVehicles; ++i) {
        const auto vehicle = static_cast<Vehicle>(i);
        weights_.emplace_back(roads.weights(vehicle), size_of(vehicle));
    }
}

const RoadClosures::Found& RoadClosures::find(const Closure& closure) {
    const auto known = found_.find(closure.id);
    if (known != found_.end()) return known->second;
    const routing::ClosedPlace place{
        closure.at, closure.to,
        closure.heading_degrees ? std::optional<double>(*closure.heading_degrees) : std::nullopt};
    const routing::Weights map(roads_.shared_graph(), main_profile(closure));
    return found_.emplace(closure.id, routing::closed_roads(roads_.search(), map, place))
        .first->second;
}

void RoadClosures::set(const ClosureList& closures) {
    if (closures == closures_) return;
    closures_ = closures;
    list_ = {};
    for (const auto& closure : closures_) {
        const Found& found = find(*closure);
        if (!found) continue;
        routing::Closure one = on_map(*closure);
        for (std::size_t i = 0; i < found->roads.size(); ++i) {
            one.id = fmt::format("{}#{:05}", closure->id, i);
            one.road = found->roads[i].road;
            one.forward = found->roads[i].forward;
            one.backward = found->roads[i].backward;
            // Beyond kClosures_max roads the rest stays open: the desk's own limit is far below.
            if (!list_.put(one)) break;
        }
    }
    by_road_.clear();
    for (std::size_t i = 0; i < list_.all().size(); ++i)
        by_road_.emplace_back(list_.all()[i].road, i);
    std::ranges::sort(by_road_);
    std::erase_if(found_, [&](const auto& entry) {
        const auto at = std::ranges::lower_bound(closures_, entry.first, {},
                                                 [](const auto& one) { return one->id; });
        return at == closures_.end() || (*at)->id != entry.first;
    });
    is_new_ = true;
}

bool RoadClosures::bring_to(Timestamp now) {
    if (!is_new_ && now >= now_ && (!next_change_ || now < *next_change_)) {
        now_ = now;
        return false;
    }
    is_new_ = false;
    now_ = now;
    next_change_ = list_.next_change(now);
    bool has_changed = false;
    for (routing::ClosableWeights& weights : weights_)
        has_changed = weights.close(list_, now) || has_changed;
    return has_changed;
}

void RoadClosures::add_ids(Vehicle vehicle, routing::RoadId road, bool forward, bool backward,
                           std::vector<std::string>& ids) const {
    const auto first = std::ranges::lower_bound(by_road_, std::pair(road, std::size_t{0}));
    for (auto at = first; at != by_road_.end() && at->first == road; ++at) {
        const routing::Closure& closure = list_.all()[at->second];
        const bool is_way = (forward && closure.forward) || (backward && closure.backward);
        if (is_way && stops(closure, profile_of(vehicle), size_of(vehicle), now_))
            ids.emplace_back(closure_id(closure.id));
    }
}

std::vector<std::string> RoadClosures::on_road(Vehicle vehicle, routing::RoadId road, bool forward,
                                               bool backward) const {
    std::vector<std::string> ids;
    add_ids(vehicle, road, forward, backward, ids);
    in_order(ids);
    return ids;
}

std::vector<std::string> RoadClosures::on_route(Vehicle vehicle,
                                                const routing::Route& route) const {
    std::vector<std::string> ids;
    for (const routing::ArcId arc : route.arcs) {
        const bool forward = roads_.graph().is_forward(arc);
        add_ids(vehicle, roads_.graph().road(arc), forward, !forward, ids);
    }
    in_order(ids);
    return ids;
}

ClosureEffect RoadClosures::effect_of(const Closure& closure) {
    const Found& found = find(closure);
    if (!found)
        return {.idle_reason = found.error().reason == "NO_WAY" ? "NO_WAY" : "ROAD_TOO_FAR"};
    return {.idle_reason = {},
            .road = roads_.graph().name(found->at),
            .off_road = {found->off_road_meters},
            .roads = found->roads.size(),
            .length = {found->meters}};
}

}  // namespace liandong::dispatch
