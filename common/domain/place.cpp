#include "common/domain/place.h"

#include "common/base/check.h"

namespace liandong::domain {
namespace {

struct Range {
    int lowest = 0;
    int highest = 0;
};

Range codes_of(LevelScale scale) {
    switch (scale) {
    case LevelScale::kUnspecified: return {0, 0};
    case LevelScale::kIncident:
    case LevelScale::kWarning:
    case LevelScale::kResponse:
    case LevelScale::kPolice: return {1, 4};
    case LevelScale::kFireAlarm: return {1, 5};
    case LevelScale::kPriority: return {0, 10};
    }
    LIANDONG_UNREACHABLE();
}

// 火警等级 by its colours: 1 green and 2 blue, 3 yellow, 4 orange, 5 red; the warning scale knows
// no green.
constexpr int kFireAlarmRanks[] = {0, 1, 1, 2, 3, 4};
constexpr int kPriorityRanks[] = {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4};

}  // namespace

bool is_valid(const Level& level) {
    const auto [lowest, highest] = codes_of(level.scale);
    return level.code >= lowest && level.code <= highest;
}

int urgency_rank(const Level& level) {
    if (!is_valid(level)) return 0;
    switch (level.scale) {
    case LevelScale::kUnspecified: return 0;
    case LevelScale::kIncident:
    case LevelScale::kWarning:
    case LevelScale::kResponse:
    case LevelScale::kPolice: return 5 - level.code;
    case LevelScale::kFireAlarm: return kFireAlarmRanks[level.code];
    case LevelScale::kPriority: return kPriorityRanks[level.code];
    }
    LIANDONG_UNREACHABLE();
}

}  // namespace liandong::domain
