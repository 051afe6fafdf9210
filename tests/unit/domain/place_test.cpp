#include "common/domain/place.h"

#include <gtest/gtest.h>

namespace liandong::domain {
namespace {

using enum LevelScale;

Level level(LevelScale scale, int code) { return Level{scale, code, ""}; }

struct Expected {
    LevelScale scale;
    int lowest, highest;
    int rank_of_lowest, rank_of_highest;
};
constexpr Expected kScales[] = {
    {kIncident, 1, 4, 4, 1}, {kWarning, 1, 4, 4, 1},   {kResponse, 1, 4, 4, 1},
    {kPolice, 1, 4, 4, 1},   {kFireAlarm, 1, 5, 1, 4}, {kPriority, 0, 10, 1, 4},
};

// Each scale has its own range, and codes just outside it are not levels.
TEST(Level, HasTheRangeOfItsScale) {
    for (const Expected& scale : kScales) {
        for (int code = -2; code <= 12; ++code) {
            const bool in_range = code >= scale.lowest && code <= scale.highest;
            EXPECT_EQ(is_valid(level(scale.scale, code)), in_range) << code;
            EXPECT_EQ(urgency_rank(level(scale.scale, code)) > 0, in_range) << code;
        }
    }
    EXPECT_TRUE(is_valid(Level{}));
    EXPECT_FALSE(is_valid(level(kUnspecified, 1)));
}

// The scales run in opposite directions; the rank makes them comparable and runs in one.
TEST(Level, RanksRunInTheDirectionOfTheScale) {
    for (const Expected& scale : kScales) {
        EXPECT_EQ(urgency_rank(level(scale.scale, scale.lowest)), scale.rank_of_lowest);
        EXPECT_EQ(urgency_rank(level(scale.scale, scale.highest)), scale.rank_of_highest);
        const int direction = scale.rank_of_highest > scale.rank_of_lowest ? 1 : -1;
        for (int code = scale.lowest; code < scale.highest; ++code) {
            const int step =
                urgency_rank(level(scale.scale, code + 1)) - urgency_rank(level(scale.scale, code));
            EXPECT_GE(step * direction, 0) << code;
        }
    }
    EXPECT_EQ(urgency_rank(Level{}), 0);
}

}  // namespace
}  // namespace liandong::domain
