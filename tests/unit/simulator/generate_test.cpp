#include "common/base/utf8.h"
#include "simulator/generate/flood.h"
#include "simulator/generate/random_incidents.h"
#include "simulator/generate/yingcheng.h"
#include "simulator/generate/yingcheng_data.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace liandong::simulator {
namespace {

bool inside(domain::Point point) {
    return point.latitude_e7 >= kYingchengSouthWest.latitude_e7 &&
           point.latitude_e7 <= kYingchengNorthEast.latitude_e7 &&
           point.longitude_e7 >= kYingchengSouthWest.longitude_e7 &&
           point.longitude_e7 <= kYingchengNorthEast.longitude_e7;
}

// The district has the real townships and villages and the stated strength, all inside the city's
// box.
TEST(Yingcheng, StatedStrength) {
    const YingchengDistrict district = build_yingcheng();
    EXPECT_EQ(district.townships.size(), 17U);
    EXPECT_EQ(district.townships[3].name, "东马坊街道");
    EXPECT_EQ(district.villages.size(), 294U);
    EXPECT_EQ(district.grids.size(), 548U);
    EXPECT_EQ(district.cameras.size(), 9'987U);
    std::map<domain::UnitKind, int> kinds;
    std::set<std::string> ids;
    int patrol_people = 0;
    for (const domain::Unit& unit : district.units) {
        ++kinds[unit.kind];
        EXPECT_TRUE(ids.insert(unit.id).second) << unit.id;
        EXPECT_TRUE(domain::validate(unit).has_value()) << unit.id;
        EXPECT_TRUE(inside(unit.home)) << unit.id;
        if (unit.kind == domain::UnitKind::kPatrolTeam) patrol_people += unit.crew;
        const bool armed =
            unit.kind == domain::UnitKind::kArmedPolice || unit.kind == domain::UnitKind::kMilitia;
        EXPECT_EQ(unit.relation == domain::CommandRelation::kApproval, armed) << unit.id;
    }
    EXPECT_EQ(kinds[domain::UnitKind::kGridWorker], 548);
    EXPECT_EQ(kinds[domain::UnitKind::kPatrolTeam], 17);
    EXPECT_EQ(patrol_people, 220);
    EXPECT_EQ(kinds[domain::UnitKind::kVolunteer], 800);
    EXPECT_GT(kinds[domain::UnitKind::kArmedPolice], 0);
}

// A grid's code is its village's and three digits; a camera's is 20 digits of GB/T 28181, each
// once.
TEST(Yingcheng, CodesAreWellFormed) {
    const YingchengDistrict district = build_yingcheng();
    std::set<std::string> villages, grids, cameras;
    for (const SyntheticPlace& village : district.villages) villages.insert(village.area_code);
    for (const SyntheticPlace& grid : district.grids) {
        EXPECT_EQ(grid.area_code.size(), 15U);
        EXPECT_TRUE(villages.contains(grid.area_code.substr(0, 12)));
        EXPECT_TRUE(grids.insert(grid.area_code).second);
    }
    for (const Camera& camera : district.cameras) {
        EXPECT_EQ(camera.id.size(), 20U);
        EXPECT_EQ(camera.id.substr(10, 3), "132");
        EXPECT_TRUE(cameras.insert(camera.id).second);
    }
}

// One seed, one evening; another seed, another evening.
TEST(Flood, IsAFunctionOfItsSeed) {
    EXPECT_TRUE(generate_flood(1) == generate_flood(1));
    EXPECT_FALSE(generate_flood(1) == generate_flood(2));
}

// The evening holds what it promises, for any seed: 300 reports in order, repeats, and the faults
// of D1.
TEST(Flood, HoldsWhatItPromises) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Scenario scenario = generate_flood(seed);
        ASSERT_EQ(scenario.reports.size(), kFloodReports);
        EXPECT_TRUE(scenario.header.synthetic_places && scenario.header.synthetic_events);
        int repeats = 0, placeless = 0, untagged = 0, shifted = 0, not_utf8 = 0;
        std::map<domain::Channel, int> channels;
        Duration last{};
        for (const ScenarioReport& report : scenario.reports) {
            EXPECT_LE(last, report.at);
            last = report.at;
            ++channels[report.channel];
            repeats += report.duplicate_of.empty() ? 0 : 1;
            placeless += report.position ? 0 : 1;
            untagged +=
                report.position && report.position->datum == domain::Datum::kUnspecified ? 1 : 0;
            shifted += report.position && report.position->datum == domain::Datum::kGcj02 ? 1 : 0;
            not_utf8 += is_utf8(report.words) ? 0 : 1;
            EXPECT_FALSE(report.needs.empty());
            if (report.channel == domain::Channel::kCamera) EXPECT_EQ(report.source_id.size(), 20U);
        }
        EXPECT_EQ(repeats, 30) << seed;
        EXPECT_EQ(placeless, 2) << seed;
        EXPECT_EQ(untagged, 2) << seed;
        EXPECT_EQ(shifted, 2) << seed;
        EXPECT_EQ(not_utf8, 2) << seed;
        EXPECT_GT(channels[domain::Channel::kSensor], 0) << seed;
        EXPECT_GT(channels[domain::Channel::kText12110], 0) << seed;
        EXPECT_EQ(scenario.bulletins.size(), 2U);
    }
}

// A thousand incidents for tests: as many as asked for, in order, the same for the same seed.
TEST(RandomIncidents, AreAFunctionOfSeedAndCount) {
    const Scenario scenario = random_incidents(9, 1'000);
    EXPECT_EQ(scenario.reports.size(), 1'000U);
    EXPECT_TRUE(scenario == random_incidents(9, 1'000));
    for (std::size_t i = 1; i < scenario.reports.size(); ++i) {
        EXPECT_LE(scenario.reports[i - 1].at, scenario.reports[i].at);
    }
}

}  // namespace
}  // namespace liandong::simulator
