#include "common/routing/time/calibrate_model.h"

#include "common/base/check.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace liandong::routing {
namespace {

/// A trip by its straight line, as the calibration sees a road without classes.
ObservedTrip along_straight_line(ObservedTrip trip, Profile profile) {
    trip.road = {trip.straight_meters * kDetour / straight_line_speed_meters_per_second(profile),
                 {}};
    return trip;
}

std::vector<ObservedTrip> along_straight_lines(std::span<const ObservedTrip> trips,
                                               Profile profile) {
    std::vector<ObservedTrip> straight;
    for (const ObservedTrip& trip : trips) straight.push_back(along_straight_line(trip, profile));
    return straight;
}

GateResult judge_straight_line(std::span<const ObservedTrip> trips, Profile profile) {
    std::vector<QuantileCurve> estimates;
    for (const ObservedTrip& trip : trips) {
        const double median = straight_line_seconds(trip.straight_meters, profile, trip.band);
        estimates.push_back(log_normal(median, kSigmaStraightLine));
    }
    return judge(trips, estimates);
}

using Trips = std::vector<ObservedTrip>;

struct OfProfile {
    Trips fitted, held_out, all;
    std::map<std::string, std::vector<std::size_t>> by_day;  ///< indices in `all`
};

OfProfile gather(const Observed& observed, Profile profile, const CalibrationPlan& plan) {
    OfProfile of;
    for (const ObservedStamp& one : observed.trips) {
        if (one.stamp.profile != profile) continue;
        (one.stamp.departed < plan.held_out_from ? of.fitted : of.held_out).push_back(one.trip);
        const std::string day = to_rfc3339(one.stamp.departed + plan.utc_offset).substr(0, 10);
        of.by_day[day].push_back(of.all.size());
        of.all.push_back(one.trip);
    }
    return of;
}

/// Each day from all others.
std::vector<std::pair<std::string, GateResult>> leave_out_days(const OfProfile& of,
                                                               Profile profile) {
    std::vector<std::pair<std::string, GateResult>> results;
    Trips judged;
    std::vector<QuantileCurve> estimates;
    for (const auto& [day, its_trips] : of.by_day) {
        Trips others, own;
        for (std::size_t i = 0; i < of.all.size(); ++i) {
            const bool is_own = std::ranges::binary_search(its_trips, i);
            (is_own ? own : others).push_back(of.all[i]);
        }
        if (others.empty()) return {};
        const Calibration calibration = calibrate(others, profile);
        results.emplace_back(day, judge(own, calibration));
        for (const ObservedTrip& trip : own) {
            judged.push_back(trip);
            estimates.push_back(calibration.travel(trip.road, {trip.band, trip.group}));
        }
    }
    results.emplace_back("all", judge(judged, estimates));
    return results;
}

Timestamp local_midnight(Timestamp time, Duration utc_offset) {
    return std::chrono::floor<std::chrono::days>(time + utc_offset) - utc_offset;
}

}  // namespace

std::string_view to_string(Estimator estimator) {
    switch (estimator) {
    case Estimator::kStraightLine: return "straight line";
    case Estimator::kStraightLineCalibrated: return "straight line, calibrated alike";
    case Estimator::kRoadClassSpeeds: return "road, class speeds";
    case Estimator::kRoadCalibrated: return "road, calibrated";
    }
    LIANDONG_UNREACHABLE();
}

Comparison compare(std::span<const ObservedTrip> fitted, std::span<const ObservedTrip> held_out,
                   Profile profile) {
    LIANDONG_CHECK(!fitted.empty() && !held_out.empty());
    const Trips fitted_lines = along_straight_lines(fitted, profile);
    const Trips held_lines = along_straight_lines(held_out, profile);
    return {judge_straight_line(held_out, profile),
            judge(held_lines, calibrate(fitted_lines, profile)),
            judge(held_out, class_speeds(profile)), judge(held_out, calibrate(fitted, profile))};
}

Timestamp last_third(const Observed& observed, Duration utc_offset) {
    std::set<Timestamp> days;
    for (const ObservedStamp& one : observed.trips)
        days.insert(local_midnight(one.stamp.departed, utc_offset));
    if (days.empty()) return {};
    const std::size_t held_out = (days.size() + 1) / 3;
    if (held_out == 0) return *days.rbegin() + std::chrono::days{1};
    return *std::next(days.begin(), static_cast<std::ptrdiff_t>(days.size() - held_out));
}

CalibrationOutcome calibrate_model(const Observed& observed, const CalibrationPlan& plan) {
    CalibrationOutcome outcome;
    outcome.model.name = plan.name;
    outcome.model.utc_offset = plan.utc_offset;
    std::vector<ObservedTurnout> turnouts;
    for (const auto& [profile, turnout] : observed.turnouts) turnouts.push_back(turnout);
    outcome.model.turnout = tabulate(turnouts);
    for (std::size_t i = 0; i < kProfiles; ++i) {
        const auto profile = static_cast<Profile>(i);
        const OfProfile of = gather(observed, profile, plan);
        if (of.all.empty()) continue;
        ProfileCalibration result{.profile = profile,
                                  .fitted = of.fitted.size(),
                                  .held_out = {},
                                  .by_day = leave_out_days(of, profile)};
        if (!of.fitted.empty() && !of.held_out.empty())
            result.held_out = compare(of.fitted, of.held_out, profile);
        if (result.passes() || plan.accept_failed)
            outcome.model.calibrations[i] = calibrate(of.all, profile);
        outcome.profiles.push_back(std::move(result));
    }
    return outcome;
}

}  // namespace liandong::routing
