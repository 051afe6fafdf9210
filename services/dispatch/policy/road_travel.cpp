#include "services/dispatch/policy/road_travel.h"

#include "common/routing/snap.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/policy/eta.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

namespace liandong::dispatch {
namespace {

using domain::Meters;
using domain::Point;
using routing::NearestUnit;
using routing::SearchEnd;

constexpr routing::SearchBounds kBounds{.time_max = std::chrono::hours{2},
                                        .settled_max = 2'000'000};
/// Units that the search finds beyond those asked for, since corrections may change their order.
constexpr std::size_t kSpare = 8;
/// A way that is longer by less is not told as a detour.
constexpr double kDetourSeconds_min = 1;

/// The map knows no way, so whoever has one comes first, whatever the straight line says.
bool is_cut_off(const Journey& journey) {
    return journey.fallback == "NO_WAY" || journey.fallback == "WAY_TOO_LONG";
}

double top_speed(const routing::RoadGraph& graph, const routing::Weights& weights) {
    double top = routing::off_road_speed_meters_per_second(weights.profile());
    for (routing::ArcId arc = 0; arc < graph.arc_count(); ++arc) {
        // Times are whole milliseconds: half of one is what rounding can have taken away.
        if (weights.open(arc))
            top = std::max(top, graph.length_meters(graph.road(arc)) * 1e3 / (weights[arc] + 0.5));
    }
    return top;
}

/// The ways to one place, each vehicle searched for by itself.
class RoadJourneys final : public Journeys {
public:
    RoadJourneys(Roads& roads, const RoadClosures& closures, UnitsOnRoads& units,
                 const routing::TimeModel& model, Destination place, std::span<const UnitRow> rows,
                 Timestamp now)
        : roads_(roads),
          closures_(closures),
          units_(units),
          rows_(rows),
          place_(place),
          etas_(model, now),
          distances_(rows.size()) {
        std::vector<Point> positions;
        positions.reserve(rows.size());
        for (const UnitRow& row : rows) positions.push_back(row.position);
        straight_distances(place.at, positions, distances_);
    }

    std::vector<Candidate> first(std::span<const std::size_t> eligible,
                                 std::size_t count) override {
        if (count == 0 || eligible.empty()) return {};
        std::vector<Ranked> ranked = by_straight_line(eligible);
        std::size_t looked =
            std::min(ranked.size(), std::max(RoadTravel::kLooked_first, 2 * count));
        for (;;) {
            const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(looked);
            std::nth_element(ranked.begin(), end, ranked.end());
            auto candidates = look_at(std::span(ranked).first(looked), count);
            const std::size_t more =
                std::min(ranked.size(), std::max(RoadTravel::kLooked_max, looked));
            if (looked == more || is_proven(candidates, std::span(ranked).subspan(looked), count)) {
                explain(candidates);
                return candidates;
            }
            looked = more;
        }
    }

    std::optional<PlaceOnRoad> place_on_road() const override {
        const auto snapped = snap_place(Vehicle::kFireApparatus);
        if (!snapped) return std::nullopt;
        return PlaceOnRoad{{snapped->at.distance_meters},
                           roads_.graph().name(snapped->at.road),
                           snapped->opposite.has_value()};
    }

    std::optional<ClosedRoad> closed_road() const override {
        constexpr Vehicle kVehicle = Vehicle::kFireApparatus;
        if (!closures_.closes_anything(kVehicle)) return std::nullopt;
        const auto open = snap_to(closures_.open(kVehicle));
        if (!open) return std::nullopt;
        const auto now = snap_place(kVehicle);
        if (now && now->at.road == open->at.road) return std::nullopt;
        const routing::RoadPosition& at = open->at;
        return ClosedRoad{roads_.graph().name(at.road),
                          closures_.on_road(kVehicle, at.road, at.forward, at.backward)};
    }

private:
    struct Ranked {
        double seconds;
        std::size_t row;
        friend auto operator<=>(const Ranked&, const Ranked&) = default;
    };

    std::vector<Ranked> by_straight_line(std::span<const std::size_t> eligible) const {
        std::vector<Ranked> ranked;
        ranked.reserve(eligible.size());
        for (const std::size_t row : eligible)
            ranked.push_back({etas_.straight_seconds(rows_[row], distances_[row]), row});
        return ranked;
    }

    /// Whether none of `rest`, on the fastest road of all and turning out at once, could come
    /// before the last of `candidates`.
    bool is_proven(const std::vector<Candidate>& candidates, std::span<const Ranked> rest,
                   std::size_t count) const {
        if (candidates.size() < count || is_cut_off(candidates.back().journey)) return false;
        constexpr std::size_t kKinds = static_cast<std::size_t>(domain::UnitKind::kOther) + 1;
        std::array<double, kKinds> nearest;
        nearest.fill(std::numeric_limits<double>::infinity());
        const double last = candidates.back().journey.eta.p50();
        for (const Ranked& one : rest) {
            if (one.seconds < last) return false;
            double& meters = nearest[static_cast<std::size_t>(rows_[one.row].kind)];
            meters = std::min(meters, distances_[one.row].value);
        }
        for (std::size_t i = 0; i < kKinds; ++i) {
            if (nearest[i] == std::numeric_limits<double>::infinity()) continue;
            const auto kind = static_cast<domain::UnitKind>(i);
            const double top = roads_.top_speed_meters_per_second(vehicle_of(kind));
            if (etas_.road_seconds_min(kind, nearest[i] / top) < last) return false;
        }
        return true;
    }

    std::vector<Candidate> look_at(std::span<const Ranked> looked, std::size_t count) {
        std::array<std::vector<std::size_t>, kVehicles> by_vehicle;
        for (const Ranked& one : looked)
            by_vehicle[index_of(vehicle_of(rows_[one.row].kind))].push_back(one.row);
        // The most numerous first: whom it finds bounds the search for the others, of whom the
        // nearest may be far.
        std::array<std::size_t, kVehicles> order{};
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            return std::pair(by_vehicle[b].size(), a) < std::pair(by_vehicle[a].size(), b);
        });
        std::vector<Candidate> candidates;
        for (const std::size_t i : order) {
            if (!by_vehicle[i].empty())
                search(static_cast<Vehicle>(i), by_vehicle[i], count, candidates);
        }
        std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
            return std::tuple(is_cut_off(a.journey), a.journey.eta.p50(), a.row) <
                   std::tuple(is_cut_off(b.journey), b.journey.eta.p50(), b.row);
        });
        candidates.resize(std::min(candidates.size(), count));
        return candidates;
    }

    /// Adds the journeys of these rows: at least the `count` that arrive first.
    void search(Vehicle vehicle, std::span<const std::size_t> rows, std::size_t count,
                std::vector<Candidate>& out) {
        const auto snapped = snap_place(vehicle);
        if (!snapped) {
            for (const std::size_t row : rows) add_straight(row, "PLACE_OFF_ROAD", out);
            return;
        }
        const routing::RoadPosition* place = &snapped->at;
        const auto waiting = put_on_roads(rows, out);
        if (waiting.empty()) return;
        const auto limit = time_limit(rows, count, out);
        const std::size_t wanted = std::min(waiting.size(), count + kSpare);
        routing::Nearest nearest = ask(vehicle, *place, wanted, limit);
        if (wanted < waiting.size() && !is_settled(nearest, *place, count))
            nearest = ask(vehicle, *place, waiting.size(), limit);
        for (const NearestUnit& found : nearest.units) {
            const std::size_t row = std::exchange(row_of_[found.unit], kNobody);
            out.push_back({row, by_road(row, found, *place)});
        }
        // Those that a finished search left out are farther than all it found, or cut off; those
        // beyond the limit are later than others who are listed already.
        if (nearest.end == SearchEnd::kFound) return;
        if (nearest.end == SearchEnd::kTime && limit < kBounds.time_max) return;
        const std::string_view why =
            nearest.end == SearchEnd::kExhausted ? "NO_WAY" : "WAY_TOO_LONG";
        for (const std::uint32_t unit : waiting) {
            if (row_of_[unit] != kNobody) add_straight(row_of_[unit], why, out);
        }
    }

    /// The numbers of those that stand on a road; the others are added by straight line.
    std::vector<std::uint32_t> put_on_roads(std::span<const std::size_t> rows,
                                            std::vector<Candidate>& out) {
        std::vector<std::uint32_t> numbers;
        std::ranges::fill(row_of_, kNobody);
        for (const std::size_t row : rows) {
            const auto number = units_.place(rows_[row]);
            if (!number) {
                add_straight(row, "UNIT_OFF_ROAD", out);
                continue;
            }
            if (row_of_.size() < units_.size()) row_of_.resize(units_.size(), kNobody);
            row_of_[*number] = row;
            numbers.push_back(*number);
        }
        return numbers;
    }

    /// The time at class speeds beyond which none of these rows can come before the `count`-th of
    /// those found so far.
    std::chrono::milliseconds time_limit(std::span<const std::size_t> rows, std::size_t count,
                                         const std::vector<Candidate>& found) const {
        std::vector<double> etas;
        for (const Candidate& candidate : found) {
            if (!is_cut_off(candidate.journey)) etas.push_back(candidate.journey.eta.p50());
        }
        if (etas.size() < count) return kBounds.time_max;
        std::ranges::nth_element(etas, etas.begin() + static_cast<std::ptrdiff_t>(count - 1));
        std::set<domain::UnitKind> kinds;
        for (const std::size_t row : rows) kinds.insert(rows_[row].kind);
        double seconds = 0;
        for (const domain::UnitKind kind : kinds)
            seconds = std::max(seconds, etas_.road_seconds_max(kind, etas[count - 1]));
        // One millisecond more, since searches count in whole ones.
        return std::min(kBounds.time_max,
                        std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1e3) + 1));
    }

    routing::Nearest ask(Vehicle vehicle, const routing::RoadPosition& place, std::size_t wanted,
                         std::chrono::milliseconds limit) {
        return roads_.search().nearest(closures_.weights(vehicle), place, units_.index(), wanted,
                                       [this](std::uint32_t unit) {
                                           return unit < row_of_.size() && row_of_[unit] != kNobody;
                                       },
                                       {.time_max = limit, .settled_max = kBounds.settled_max});
    }

    /// Whether no unit that was left out can come before the `count`-th of those found: the
    /// correction of the time at class speeds is not the same for every road and kind.
    bool is_settled(const routing::Nearest& nearest, const routing::RoadPosition& place,
                    std::size_t count) const {
        if (nearest.end != SearchEnd::kFound || nearest.units.size() < count) return true;
        std::vector<double> etas;
        double earliest = std::numeric_limits<double>::infinity();
        const double frontier =
            std::chrono::duration<double>(nearest.units.back().trip.time).count();
        for (const NearestUnit& found : nearest.units)
            etas.push_back(by_road(row_of_[found.unit], found, place).eta.p50());
        for (const std::size_t row : row_of_) {
            if (row != kNobody)
                earliest = std::min(earliest, etas_.road_seconds_min(rows_[row].kind, frontier));
        }
        std::ranges::nth_element(etas, etas.begin() + static_cast<std::ptrdiff_t>(count - 1));
        return etas[count - 1] <= earliest;
    }

    Journey by_road(std::size_t row, const NearestUnit& found,
                    const routing::RoadPosition& place) const {
        const routing::RoadPosition& at = units_.index().position(found.unit);
        Journey journey =
            etas_.by_road(rows_[row], found.trip, at.distance_meters + place.distance_meters);
        journey.off_road = {at.distance_meters};
        journey.road = roads_.graph().name(at.road);
        return journey;
    }

    void add_straight(std::size_t row, std::string_view why, std::vector<Candidate>& out) const {
        out.push_back({row, etas_.straight(rows_[row], distances_[row], why)});
    }

    std::optional<routing::Snapped> snap_place(Vehicle vehicle) const {
        return snap_to(closures_.weights(vehicle));
    }

    std::optional<routing::Snapped> snap_to(const routing::Weights& weights) const {
        auto snapped =
            routing::snap(weights, place_.at, {.heading_degrees = place_.heading_degrees});
        if (!snapped) return std::nullopt;
        return std::move(*snapped);
    }

    // ---- what is said about the candidates that are listed ----

    void explain(std::span<Candidate> candidates) {
        std::size_t named = 0;
        for (std::size_t i = 0; i < kVehicles; ++i) {
            const auto vehicle = static_cast<Vehicle>(i);
            const bool has_closures = closures_.closes_anything(vehicle);
            if (!has_closures && !is_divided(vehicle)) continue;
            std::vector<Candidate*> own;
            for (Candidate& candidate : candidates) {
                if (vehicle_of(rows_[candidate.row].kind) == vehicle) own.push_back(&candidate);
            }
            if (own.empty()) continue;
            if (has_closures) explain_closures(vehicle, own, named);
            explain_opposite(vehicle, own);
        }
    }

    bool is_divided(Vehicle vehicle) const {
        const auto snapped = snap_place(vehicle);
        return snapped && snapped->opposite;
    }

    /// Those who would be there sooner if nothing were closed, and what stands in their way.
    void explain_closures(Vehicle vehicle, std::span<Candidate* const> own, std::size_t& named) {
        const routing::Weights& open = closures_.open(vehicle);
        const auto place = snap_to(open);
        if (!place) return;
        for (const auto& [candidate, trip] : trips(open, place->at, own)) {
            Journey& journey = candidate->journey;
            const bool is_cut = journey.fallback == "NO_WAY";
            const double seconds = journey.road_seconds - road_seconds(*candidate, trip, place->at);
            if (!is_cut && seconds < kDetourSeconds_min) continue;
            if (!is_cut) journey.closure_seconds = seconds;
            if (named == kClosuresNamed_max) continue;
            ++named;
            const auto route =
                roads_.search().route(open, units_.index().position(trip.unit), place->at, kBounds);
            if (route) journey.closures = closures_.on_route(vehicle, *route);
        }
    }

    void explain_opposite(Vehicle vehicle, std::span<Candidate* const> own) {
        const auto place = snap_place(vehicle);
        if (!place || !place->opposite) return;
        // Told from the road that was chosen; asked from the place.
        routing::RoadPosition other = *place->opposite;
        other.distance_meters = domain::distance(place_.at, other.point).value;
        for (const auto& [candidate, trip] : trips(closures_.weights(vehicle), other, own)) {
            Journey& journey = candidate->journey;
            if (journey.fallback.empty())
                journey.opposite_seconds =
                    road_seconds(*candidate, trip, other) - journey.road_seconds;
        }
    }

    /// Their ways to `place` by other weights, or to another place; who has none is left out.
    std::vector<std::pair<Candidate*, NearestUnit>> trips(const routing::Weights& weights,
                                                          const routing::RoadPosition& place,
                                                          std::span<Candidate* const> own) {
        std::ranges::fill(row_of_, kNobody);
        std::size_t wanted = 0;
        for (std::size_t i = 0; i < own.size(); ++i) {
            const auto number = units_.place(rows_[own[i]->row]);
            if (!number) continue;
            if (row_of_.size() < units_.size()) row_of_.resize(units_.size(), kNobody);
            row_of_[*number] = i;
            ++wanted;
        }
        const routing::Nearest nearest = roads_.search().nearest(
            weights, place, units_.index(), wanted,
            [this](std::uint32_t unit) {
                return unit < row_of_.size() && row_of_[unit] != kNobody;
            },
            kBounds);
        std::vector<std::pair<Candidate*, NearestUnit>> trips;
        for (const NearestUnit& found : nearest.units)
            trips.emplace_back(own[row_of_[found.unit]], found);
        return trips;
    }

    double road_seconds(const Candidate& candidate, const NearestUnit& found,
                        const routing::RoadPosition& place) const {
        return by_road(candidate.row, found, place).road_seconds;
    }

    static constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

    Roads& roads_;
    const RoadClosures& closures_;
    UnitsOnRoads& units_;
    std::span<const UnitRow> rows_;
    Destination place_;
    EtaTable etas_;
    std::vector<Meters> distances_;
    std::vector<std::size_t> row_of_;  ///< by the units' numbers: who waits for an answer
};

}  // namespace

Roads::Roads(std::shared_ptr<const routing::RoadGraph> graph)
    : graph_(std::move(graph)), search_(graph_) {
    for (std::size_t i = 0; i < kVehicles; ++i) {
        const auto vehicle = static_cast<Vehicle>(i);
        weights_.push_back(
            routing::Weights::for_vehicle(graph_, profile_of(vehicle), size_of(vehicle), {}, {}));
        top_speeds_[i] = top_speed(*graph_, weights_.back());
    }
}

UnitsOnRoads::UnitsOnRoads(const Roads& roads, const RoadClosures& closures)
    : roads_(roads),
      closures_(closures),
      index_(std::make_unique<routing::UnitIndex>(roads.graph())) {}

std::optional<std::uint32_t> UnitsOnRoads::place(const UnitRow& row) {
    const auto [found, is_new] =
        numbers_.try_emplace(row.unit->id, static_cast<std::uint32_t>(slots_.size()));
    if (is_new) slots_.emplace_back();
    const std::uint32_t number = found->second;
    Slot& slot = slots_[number];
    const Vehicle vehicle = vehicle_of(row.kind);
    if (!slot.is_known || slot.position != row.position || slot.vehicle != vehicle ||
        slot.heading_degrees != row.heading_degrees) {
        const routing::SnapOptions options{.heading_degrees = row.heading_degrees};
        const auto snapped = routing::snap(closures_.weights(vehicle), row.position, options);
        bool is_displaced = false;
        if (closures_.closes_anything(vehicle)) {
            const auto open = routing::snap(closures_.open(vehicle), row.position, options);
            is_displaced = open && (!snapped || open->at.road != snapped->at.road);
        }
        if (snapped) {
            index_->place(number, snapped->at);
        } else {
            index_->remove(number);
        }
        slot = {row.position, row.heading_degrees, vehicle,
                true,         snapped.has_value(), is_displaced};
    }
    return slot.is_on_road ? std::optional(number) : std::nullopt;
}

void UnitsOnRoads::closures_changed() {
    for (std::uint32_t number = 0; number < slots_.size(); ++number) {
        Slot& slot = slots_[number];
        if (slot.is_displaced) slot.is_known = false;
        if (!slot.is_known || !slot.is_on_road) continue;
        const routing::RoadPosition& at = index_->position(number);
        const routing::Weights& weights = closures_.weights(slot.vehicle);
        const bool is_as_before =
            at.forward == (weights.along(at.road, true) != routing::kNoEntry) &&
            at.backward == (weights.along(at.road, false) != routing::kNoEntry);
        slot.is_known = is_as_before;
    }
}

void UnitsOnRoads::keep_to(std::size_t units) {
    constexpr std::size_t kSlack = 1'024;
    if (slots_.size() <= 2 * units + kSlack) return;
    index_ = std::make_unique<routing::UnitIndex>(roads_.graph());
    numbers_.clear();
    slots_.clear();
}

std::unique_ptr<Journeys> RoadTravel::to(Destination place, std::span<const UnitRow> rows,
                                         Timestamp now) {
    units_.keep_to(rows.size());
    if (closures_.bring_to(now)) units_.closures_changed();
    return std::make_unique<RoadJourneys>(roads_, closures_, units_, model_, place, rows, now);
}

}  // namespace liandong::dispatch
