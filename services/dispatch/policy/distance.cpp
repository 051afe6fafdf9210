#include "services/dispatch/policy/distance.h"

#include "common/base/check.h"
#include "services/dispatch/policy/eta.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace liandong::dispatch {
namespace {

using domain::Meters;
using domain::Point;

class StraightJourneys final : public Journeys {
public:
    StraightJourneys(const routing::TimeModel& model, Point place, std::span<const UnitRow> rows,
                     Timestamp now)
        : rows_(rows), etas_(model, now), distances_(rows.size()) {
        std::vector<Point> positions;
        positions.reserve(rows.size());
        for (const UnitRow& row : rows) positions.push_back(row.position);
        straight_distances(place, positions, distances_);
    }

    std::vector<Candidate> first(std::span<const std::size_t> eligible,
                                 std::size_t count) override {
        std::vector<std::pair<double, std::size_t>> ranked;
        ranked.reserve(eligible.size());
        for (const std::size_t row : eligible)
            ranked.emplace_back(etas_.straight_seconds(rows_[row], distances_[row]), row);
        const std::size_t listed = std::min(count, ranked.size());
        std::partial_sort(ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(listed),
                          ranked.end());
        std::vector<Candidate> candidates;
        for (std::size_t i = 0; i < listed; ++i) {
            const std::size_t row = ranked[i].second;
            candidates.push_back({row, etas_.straight(rows_[row], distances_[row], "NO_ROADS")});
        }
        return candidates;
    }

private:
    std::span<const UnitRow> rows_;
    EtaTable etas_;
    std::vector<Meters> distances_;
};

}  // namespace

void straight_distances(Point to, std::span<const Point> from, std::span<Meters> out) {
    LIANDONG_CHECK(from.size() == out.size());
    constexpr double kRadius = 6'371'008.8;
    constexpr double kRadians = std::numbers::pi / 180 * 1e-7;
    constexpr double kNear = 100'000;
    const double latitude = to.latitude_e7 * kRadians;
    const double cosine = std::cos(latitude), sine = std::sin(latitude);
    for (std::size_t i = 0; i < from.size(); ++i) {
        const double north = (static_cast<double>(from[i].latitude_e7) - to.latitude_e7) * kRadians;
        const double turn =
            (static_cast<double>(from[i].longitude_e7) - to.longitude_e7) * kRadians;
        // cos of the mean latitude, to first order in the (small) difference.
        const double east = turn * (cosine - sine * north / 2);
        const double meters = kRadius * std::sqrt(north * north + east * east);
        out[i] = meters < kNear ? Meters{meters} : domain::distance(from[i], to);
    }
}

std::unique_ptr<Journeys> StraightLine::to(Destination place, std::span<const UnitRow> rows,
                                           Timestamp now) {
    return std::make_unique<StraightJourneys>(model_, place.at, rows, now);
}

}  // namespace liandong::dispatch
