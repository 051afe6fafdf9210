#include "common/areas/area_code.h"

#include <gtest/gtest.h>

namespace liandong::areas {
namespace {

// A code's length is its level; anything else has none.
TEST(AreaCode, Levels) {
    EXPECT_EQ(level_of("420981"), AreaLevel::kDistrict);
    EXPECT_EQ(level_of("420981002"), AreaLevel::kTownship);
    EXPECT_EQ(level_of("420981002218"), AreaLevel::kVillage);
    EXPECT_EQ(level_of("420981002218001"), AreaLevel::kGrid);
    for (const std::string_view bad : {"", "42098", "4209810", "42098a", "420981002218001x"})
        EXPECT_EQ(level_of(bad), AreaLevel::kUnknown) << bad;
    EXPECT_EQ(at_level("420981002218001", AreaLevel::kTownship), "420981002");
    EXPECT_EQ(at_level("420981", AreaLevel::kTownship), "");
    EXPECT_EQ(at_level("42098a", AreaLevel::kDistrict), "");
}

// A subtree holds its root and what lies below it; prefectures and provinces are padded with
// zeros; a code that merely begins alike is no part of it.
TEST(AreaCode, Subtrees) {
    EXPECT_TRUE(is_in_subtree("420981002218001", "420981"));
    EXPECT_TRUE(is_in_subtree("420981002", "420981002"));
    EXPECT_TRUE(is_in_subtree("420981002218", "420900"));
    EXPECT_TRUE(is_in_subtree("420981002218", "420000"));
    EXPECT_TRUE(is_in_subtree("420981", ""));
    EXPECT_FALSE(is_in_subtree("420981", "420981002"));
    EXPECT_FALSE(is_in_subtree("420981002", "420981003"));
    EXPECT_FALSE(is_in_subtree("430981", "420000"));
    EXPECT_FALSE(is_in_subtree("420981002", "4209"));
    EXPECT_FALSE(is_in_subtree("", "420981"));
}

}  // namespace
}  // namespace liandong::areas
