#include "services/intake/policy/duplicates/alarm_site.h"

#include <gtest/gtest.h>

namespace liandong::intake {
namespace {

using domain::Channel;
using domain::Point;

// Machines of one site share a key, whatever their ids; people's reports have none.
TEST(AlarmSite, FoldsMachinesOfOneSite) {
    const MachineAlarm camera{
        Channel::kCamera, "42098100001320000001", "", Point{309'301'000, 1'135'701'000}, {}};
    MachineAlarm sensor = camera;
    sensor.channel = Channel::kSensor;
    sensor.source_id = "water-17";
    sensor.position = Point{309'301'900, 1'135'709'000};
    EXPECT_EQ(alarm_site(camera), alarm_site(sensor));
    sensor.position = Point{309'311'900, 1'135'709'000};
    EXPECT_NE(alarm_site(camera), alarm_site(sensor));
    MachineAlarm person = camera;
    person.channel = Channel::kPhone110;
    EXPECT_EQ(alarm_site(person), "");
}

// Without a position the source is the site, then the area; any bytes give a safe key.
TEST(AlarmSite, SourceThenArea) {
    MachineAlarm alarm{Channel::kSensor, "water-17", "420981001", std::nullopt, {}};
    EXPECT_EQ(alarm_site(alarm), "source/water-17");
    alarm.source_id = "烟感 1 楼";
    EXPECT_EQ(alarm_site(alarm).size(), 7U + 32);
    alarm.source_id = "";
    EXPECT_EQ(alarm_site(alarm), "area/420981001");
    alarm.area_code = "";
    EXPECT_EQ(alarm_site(alarm), "");
}

// Alarms that follow each other within half an hour are one entry.
TEST(AlarmSite, FoldsForHalfAnHour) {
    const Timestamp start{std::chrono::hours(1)};
    EXPECT_TRUE(folds(start, start + std::chrono::minutes(30)));
    EXPECT_FALSE(folds(start, start + std::chrono::minutes(31)));
    EXPECT_TRUE(folds(start, start - std::chrono::minutes(5)));
}

}  // namespace
}  // namespace liandong::intake
