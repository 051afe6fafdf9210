#include "common/areas/yingcheng.h"

#include "common/areas/area_code.h"
#include "common/areas/ring.h"
#include "common/base/random.h"
#include "simulator/generate/yingcheng.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace liandong::areas {
namespace {

using domain::Point;

class Yingcheng : public testing::Test {
protected:
    static Point anywhere(Random& random) {
        // The bounding box and as much again around it.
        return {306'000'000 + static_cast<std::int32_t>(random.below(6'000'000)),
                1'132'000'000 + static_cast<std::int32_t>(random.below(7'000'000))};
    }
    const AreaMap map_ = build_yingcheng_areas();
};

// The data file holds the areas that the simulator plays with: codes, names and centres.
TEST_F(Yingcheng, IsTheSimulatorsDistrict) {
    const auto district = simulator::build_yingcheng();
    EXPECT_EQ(map_.grids().size(), 548U);
    EXPECT_EQ(map_.areas().size(), 1U + 17 + 294 + 548);
    for (const auto* places : {&district.townships, &district.villages, &district.grids}) {
        for (const auto& place : *places) {
            const NamedArea* area = map_.find(place.area_code);
            ASSERT_NE(area, nullptr) << place.area_code;
            EXPECT_EQ(area->name, place.name);
        }
    }
    for (const auto& grid : district.grids) {
        const Location location = map_.locate(grid.position);
        EXPECT_EQ(location.grid->code, grid.area_code);
        EXPECT_FALSE(location.is_outside);
    }
}

// The index gives what looking at every ring gives, inside and outside.
TEST_F(Yingcheng, EqualsBruteForce) {
    SeededRandom random(5);
    int inside = 0;
    for (int i = 0; i < 2'000; ++i) {
        const Point point = anywhere(random);
        const GridShape* holder = nullptr;
        double nearest = 1e12;
        for (const GridShape& grid : map_.grids()) {
            if (holder == nullptr && is_inside(point, grid.ring)) holder = &grid;
            nearest = std::min(nearest, distance_to_ring(LocalPlane(point), grid.ring).value);
        }
        const Location location = map_.locate(point);
        EXPECT_EQ(location.is_outside, holder == nullptr && nearest > 1);
        if (holder != nullptr) EXPECT_EQ(location.grid->code, holder->code);
        if (location.is_outside) EXPECT_DOUBLE_EQ(location.distance.value, nearest);
        inside += location.is_outside ? 0 : 1;
    }
    EXPECT_GT(inside, 300);
    EXPECT_LT(inside, 1'700);
}

// The grids cover the district without gaps and without overlap.
TEST_F(Yingcheng, GridsTileTheGround) {
    SeededRandom random(6);
    for (int i = 0; i < 2'000; ++i) {
        const Point point = anywhere(random);
        int holders = 0;
        for (const GridShape& grid : map_.grids()) holders += is_inside(point, grid.ring) ? 1 : 0;
        EXPECT_LE(holders, 1);
        if (!map_.locate(point).is_outside && holders == 0) {
            // A seam between two rings, less than a metre wide.
            EXPECT_EQ(map_.locate(point).distance.value, 0);
        }
    }
}

// 团结村 is the name of two villages, and both are always given (D15); so are the four other names.
TEST_F(Yingcheng, AmbiguousNamesGiveAllCandidates) {
    const auto both = map_.named("团结村");
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(at_level(both[0]->code, AreaLevel::kTownship), "420981002");
    EXPECT_EQ(at_level(both[1]->code, AreaLevel::kTownship), "420981102");
    EXPECT_EQ(map_.named("团结").size(), 2U);
    const auto names = map_.ambiguous_village_names();
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()),
              (std::set<std::string>{"团结村", "新集村", "花园村", "红星村", "飞跃村"}));
    EXPECT_EQ(map_.named("长堰村").size(), 1U);
    EXPECT_TRUE(map_.named("无此村").empty());
    EXPECT_EQ(map_.named("城北").front()->code, "420981002");
}

// Every grid has a worker of its own, and every role is found from any level below its own.
TEST_F(Yingcheng, DutiesClimbTheTree) {
    const DutyTable duties = build_yingcheng_duties(map_);
    std::set<std::string_view> workers;
    for (const GridShape& grid : map_.grids()) {
        const auto worker = duties.find(grid.code, DutyRole::kGridWorker);
        EXPECT_TRUE(workers.insert(worker).second) << grid.code;
        for (const DutyRole role :
             {DutyRole::kPoliceStation, DutyRole::kFireStation, DutyRole::kAmbulancePost,
              DutyRole::kDutyDesk, DutyRole::kMediation})
            EXPECT_FALSE(duties.find(grid.code, role).empty()) << grid.code;
    }
    EXPECT_EQ(duties.find("420981002218001", DutyRole::kPoliceStation), "城北街道派出所");
    EXPECT_EQ(duties.find("420981002218", DutyRole::kMediation), "团结村人民调解委员会");
    EXPECT_EQ(duties.find("420981", DutyRole::kDutyDesk), "应城市应急指挥中心值班室");
    EXPECT_EQ(duties.find("420981", DutyRole::kGridWorker), "");
    EXPECT_EQ(duties.find("nonsense", DutyRole::kDutyDesk), "");
}

// Grid workers bear the ids that the simulator gives them.
TEST_F(Yingcheng, WorkersAreTheSimulators) {
    const DutyTable duties = build_yingcheng_duties(map_);
    for (const auto& unit : simulator::build_yingcheng().units) {
        if (unit.kind != domain::UnitKind::kGridWorker) continue;
        EXPECT_EQ(duties.find(unit.area_code, DutyRole::kGridWorker), unit.id);
    }
}

// 10,000 look-ups, a third of them outside, take far less than 5 µs each; the bound is loose, since
// tests run unoptimised beside others.
TEST_F(Yingcheng, LookUpsAreFast) {
    SeededRandom random(7);
    std::vector<Point> points;
    for (int i = 0; i < 10'000; ++i) points.push_back(anywhere(random));
    const auto begun = std::chrono::steady_clock::now();
    std::size_t outside = 0;
    for (const Point point : points) outside += map_.locate(point).is_outside ? 1 : 0;
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
    RecordProperty("microseconds_each", std::to_string(took.count() / 1e4));
    EXPECT_GT(outside, 1'000U);
    EXPECT_LT(took.count() / 1e4, 100);
}

}  // namespace
}  // namespace liandong::areas
