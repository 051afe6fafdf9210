#include "common/areas/area_map.h"

#include "common/areas/ring.h"
#include "common/base/random.h"

#include <gtest/gtest.h>

namespace liandong::areas {
namespace {

using domain::Point;

std::vector<NamedArea> two_grids() {
    return {{"420981", "应城市"},
            {"420981001", "城中街道"},
            {"420981001001", "月园社区"},
            {"420981001001001", "月园社区第1网格"},
            {"420981001001002", "月园社区第2网格"}};
}

/// 0.01° wide, side by side, with the common edge at 113.56° E.
std::vector<GridShape> two_shapes() {
    const auto square = [](std::int32_t west) {
        return std::vector<Point>{{309'200'000, west},
                                  {309'200'000, west + 100'000},
                                  {309'300'000, west + 100'000},
                                  {309'300'000, west}};
    };
    return {{"420981001001001", square(1'135'500'000)}, {"420981001001002", square(1'135'600'000)}};
}

std::string fault(std::vector<NamedArea> areas, std::vector<GridShape> shapes) {
    const auto map = AreaMap::build(std::move(areas), std::move(shapes));
    return map ? "" : map.error().reason + " " + std::string(map.error().find("code"));
}

// Whatever is wrong with areas or rings is named with its code.
TEST(AreaMap, FaultsNameTheCode) {
    EXPECT_EQ(fault(two_grids(), two_shapes()), "");
    auto areas = two_grids();
    areas.push_back({"42098100x", "不明"});
    EXPECT_EQ(fault(areas, two_shapes()), "AREA_CODE_MALFORMED 42098100x");
    areas = two_grids();
    areas[1].name = "";
    EXPECT_EQ(fault(areas, two_shapes()), "AREA_NAME_EMPTY 420981001");
    areas = two_grids();
    areas.push_back(areas[1]);
    EXPECT_EQ(fault(areas, two_shapes()), "AREA_REPEATED 420981001");
    areas = two_grids();
    areas.erase(areas.begin() + 1);
    EXPECT_EQ(fault(areas, two_shapes()), "AREA_PARENT_MISSING 420981001001");
    auto shapes = two_shapes();
    shapes[0].ring.resize(2);
    EXPECT_EQ(fault(two_grids(), shapes), "AREA_RING_MALFORMED 420981001001001");
    shapes = two_shapes();
    shapes[0].code = "420981001001009";
    EXPECT_EQ(fault(two_grids(), shapes), "AREA_RING_MALFORMED 420981001001009");
    shapes = two_shapes();
    shapes.push_back(shapes[0]);
    EXPECT_EQ(fault(two_grids(), shapes), "AREA_REPEATED 420981001001001");
    EXPECT_EQ(fault(two_grids(), {}), "AREA_GRIDS_EMPTY ");
}

// A point on the common edge of two grids lies in exactly one of them.
TEST(AreaMap, AnEdgeBelongsToOneGrid) {
    const auto shapes = two_shapes();
    for (std::int32_t latitude = 309'200'000; latitude < 309'300'000; latitude += 1'111) {
        const Point point{latitude, 1'135'600'000};
        EXPECT_NE(is_inside(point, shapes[0].ring), is_inside(point, shapes[1].ring)) << latitude;
    }
}

// Inside, all four levels are named; outside, the nearest grid is named, flagged, with the
// distance.
TEST(AreaMap, InsideAndOutside) {
    const auto map = AreaMap::build(two_grids(), two_shapes());
    ASSERT_TRUE(map);
    const Location inside = map->locate({309'250'000, 1'135'550'000});
    ASSERT_NE(inside.grid, nullptr);
    EXPECT_EQ(inside.grid->code, "420981001001001");
    EXPECT_EQ(inside.village->name, "月园社区");
    EXPECT_EQ(inside.township->code, "420981001");
    EXPECT_EQ(inside.district->name, "应城市");
    EXPECT_FALSE(inside.is_outside);
    EXPECT_EQ(inside.distance.value, 0);
    const Location outside = map->locate({309'250'000, 1'135'800'000});
    EXPECT_TRUE(outside.is_outside);
    EXPECT_EQ(outside.grid->code, "420981001001002");
    EXPECT_NEAR(outside.distance.value, 0.01 * 111'195 * 0.8579, 5);
}

// Anywhere on earth a grid is named.
TEST(AreaMap, AnyPointIsLocated) {
    const auto map = AreaMap::build(two_grids(), two_shapes());
    for (const Point point :
         {Point{0, 0}, Point{900'000'000, 1'800'000'000}, Point{-900'000'000, -1'800'000'000}}) {
        const Location location = map->locate(point);
        EXPECT_TRUE(location.is_outside);
        EXPECT_NE(location.grid, nullptr);
    }
}

}  // namespace
}  // namespace liandong::areas
