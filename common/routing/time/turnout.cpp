#include "common/routing/time/turnout.h"

#include "common/base/check.h"

#include <cmath>
#include <vector>

namespace liandong::routing {
namespace {

constexpr double kPriorTrips = 20;

QuantileCurve mixed(const QuantileCurve& believed, const std::vector<double>& seen) {
    if (seen.empty()) return believed;
    const QuantileCurve own = quantiles_of(seen);
    const auto trips = static_cast<double>(seen.size());
    QuantileCurve curve;
    for (std::size_t i = 0; i < curve.at.size(); ++i)
        curve.at[i] = std::lerp(believed.at[i], own.at[i], trips / (trips + kPriorTrips));
    return curve;
}

struct Seen {
    std::vector<double> all;
    std::array<std::vector<double>, kHourBands> by_band;
};

}  // namespace

QuantileCurve TurnoutTable::turnout(std::string_view group, std::size_t band,
                                    Readiness readiness) const {
    LIANDONG_CHECK(band < kHourBands);
    const auto own = by_group.find(group);
    if (readiness == Readiness::kUnderWay || own == by_group.end()) return prior_turnout(readiness);
    return own->second[band].seconds;
}

TurnoutTable tabulate(std::span<const ObservedTurnout> seen) {
    std::map<std::string, Seen> groups;
    for (const ObservedTurnout& one : seen) {
        LIANDONG_CHECK(one.band < kHourBands);
        Seen& group = groups[one.group];
        group.all.push_back(one.seconds);
        group.by_band[one.band].push_back(one.seconds);
    }
    TurnoutTable table;
    for (const auto& [name, group] : groups) {
        const QuantileCurve day = mixed(prior_turnout(Readiness::kInQuarters), group.all);
        auto& entries = table.by_group[name];
        for (std::size_t i = 0; i < kHourBands; ++i)
            entries[i] = {mixed(day, group.by_band[i]), group.by_band[i].size()};
    }
    return table;
}

}  // namespace liandong::routing
