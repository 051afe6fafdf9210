#pragma once

#include "services/intake/policy/duplicates/compare.h"

namespace liandong::intake {

/// Weight of a distance in metres between positions whose squared deviations add up to
/// `variance`, and the squared deviation of one position (stated or kUnstatedAccuracy).
double distance_weight(double meters, double variance);
double position_variance(const Evidence& evidence);

/// Weight of the minutes between two reports of a happening of that pace.
double time_weight(double minutes, FamilyPace pace);

/// Weight of how two sets of families go together.
double kind_weight(FamilyRelation relation);

/// Weight of the distance between two positions, measured in standard deviations of what accuracy
/// and sight allow; PLACE_UNKNOWN when one is missing.
Ground weigh_distance(const Evidence& report, const Evidence& incident);

/// Weight of the time since the incident's latest report. Brief happenings fade faster.
Ground weigh_time(const Evidence& report, const Evidence& incident);

/// Weight of the relation of the two kinds; SAME_KIND with weight 0 when one is unknown.
Ground weigh_kind(const Evidence& report, const Evidence& incident);

}  // namespace liandong::intake
