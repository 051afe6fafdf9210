#include "services/intake/policy/duplicates/place_time.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace liandong::intake {
namespace {

using enum DuplicateReason;

/// A point of a broken line.
struct Knot {
    double x, y;
};

double along(std::span<const Knot> line, double x) {
    if (x <= line.front().x) return line.front().y;
    for (std::size_t i = 1; i < line.size(); ++i) {
        const Knot &a = line[i - 1], &b = line[i];
        if (x <= b.x) return a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x);
    }
    return line.back().y;
}

// Of two reports of one incident, 61 % lie within one and 98 % within 2.8 standard deviations (in
// the plane); strangers are spread evenly.
constexpr std::array<Knot, 5> kDistance = {
    {{0.5, 1.8}, {1.0, 1.4}, {2.0, 0.0}, {3.0, -2.5}, {5.0, -6.0}}};
constexpr std::array<Knot, 6> kBrief = {
    {{3, 0.9}, {10, 0.6}, {20, 0.0}, {40, -1.2}, {90, -3.0}, {240, -5.0}}};
constexpr std::array<Knot, 6> kSlow = {
    {{5, 0.8}, {20, 0.5}, {60, 0.0}, {180, -1.2}, {360, -3.5}, {1'440, -5.0}}};
constexpr double kUnknownPlace = -0.6;

}  // namespace

double position_variance(const Evidence& evidence) {
    const double stated = evidence.accuracy.value;
    const double accuracy = stated > 0 ? std::max(stated, 10.0) : kUnstatedAccuracy.value;
    return accuracy * accuracy;
}

double distance_weight(double meters, double variance) {
    return along(kDistance, meters / std::sqrt(variance));
}

double time_weight(double minutes, FamilyPace pace) {
    return pace == FamilyPace::kSlow ? along(kSlow, minutes) : along(kBrief, minutes);
}

double kind_weight(FamilyRelation relation) {
    switch (relation) {
    case FamilyRelation::kUnknown: return 0;
    case FamilyRelation::kSame: return 0.9;
    case FamilyRelation::kKin: return 0.2;
    case FamilyRelation::kOther: return -3.0;
    }
    return 0;
}

Ground weigh_distance(const Evidence& report, const Evidence& incident) {
    if (!report.position || !incident.position) return {kPlaceUnknown, kUnknownPlace};
    const double sight = sight_meters(report.features.families | incident.features.families);
    const double variance = position_variance(report) + position_variance(incident) + sight * sight;
    const double meters = domain::distance(*report.position, *incident.position).value;
    const double weight = distance_weight(meters, variance);
    return {weight >= 0 ? kNear : kFar, weight};
}

Ground weigh_time(const Evidence& report, const Evidence& incident) {
    const auto apart = report.at > incident.at ? report.at - incident.at : incident.at - report.at;
    const double minutes = std::chrono::duration<double, std::ratio<60>>(apart).count();
    // The pace of what was reported first: a flood stays one, whatever else happens in it.
    const double weight = time_weight(minutes, pace_of(incident.features.families));
    return {weight >= 0 ? kSameTime : kLongAgo, weight};
}

Ground weigh_kind(const Evidence& report, const Evidence& incident) {
    const FamilyRelation relation = relate(report.features.families, incident.features.families);
    const DuplicateReason reason = relation == FamilyRelation::kKin     ? kKinKind
                                   : relation == FamilyRelation::kOther ? kOtherKind
                                                                        : kSameKind;
    return {reason, kind_weight(relation)};
}

}  // namespace liandong::intake
