#include "services/intake/policy/duplicates/place_names_of.h"

#include "common/areas/yingcheng.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace liandong::intake {
namespace {

// Yingcheng's names: 17 townships as people say them, and the five names that two villages bear.
TEST(PlaceNamesOf, Yingcheng) {
    const PlaceNames names = place_names_of(areas::build_yingcheng_areas());
    EXPECT_EQ(names.townships.size(), 17U);
    for (const char* name : {"城北", "三合", "四里棚", "经济技术开发区"})
        EXPECT_NE(std::ranges::find(names.townships, name), names.townships.end()) << name;
    EXPECT_EQ(names.ambiguous.size(), 5U);
    EXPECT_TRUE(names.is_ambiguous("团结村"));
    EXPECT_FALSE(names.is_ambiguous("长堰村"));
}

}  // namespace
}  // namespace liandong::intake
