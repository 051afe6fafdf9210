#include "simulator/generate/happening.h"

#include <array>
#include <string_view>

namespace liandong::simulator {
namespace {

using domain::Channel;
using domain::UnitKind;

/// One sort of happening. `weight` is its share of what people report.
struct Sort {
    int weight;
    std::string_view type;
    std::array<std::string_view, 2> words;
    std::array<Channel, 3> channels;
    bool life_threatening;
    int police_level;  ///< 警情等级: 1 gravest
    std::vector<Need> needs;
    int scene_minutes_min;
    int scene_minutes_max;
};

const std::vector<Sort>& sorts() {
    static const std::vector<Sort> kSorts = {
        {55,
         "rising_water",
         {"路面积水上涨，快进一楼了", "涵洞积水，车辆过不去"},
         {Channel::kPhone110, Channel::kGridWorker, Channel::kCitizenApp},
         false,
         3,
         {{"inspection", {UnitKind::kGridWorker}, 1}},
         8,
         20},
        {38,
         "trapped_people",
         {"有人被水困在屋里，老人走不动", "车被淹了，人在车顶上"},
         {Channel::kPhone119, Channel::kPhone110, Channel::kText12110},
         true,
         1,
         {{"water_rescue", {}, 1}, {"", {UnitKind::kPolicePatrol}, 1}},
         10,
         22},
        {20,
         "dyke_seepage",
         {"河堤渗水，冒浑水了", "堤脚发现管涌"},
         {Channel::kPatrol, Channel::kGridWorker, Channel::kPhone12345},
         true,
         2,
         {{"sandbags", {UnitKind::kPatrolTeam}, 1},
          {"", {UnitKind::kGridWorker}, 2},
          {"command", {UnitKind::kDutyOfficial}, 1}},
         15,
         25},
        {34,
         "traffic_accident",
         {"两车相撞，堵住了", "摩托车滑倒，人受伤"},
         {Channel::kPhone122, Channel::kPhone110, Channel::kVehicleOrLift},
         false,
         3,
         {{"traffic", {UnitKind::kTrafficPolice}, 1}},
         10,
         20},
        {26,
         "power_failure",
         {"小区停电，电梯里有人", "电线杆倒了，火花四溅"},
         {Channel::kPhone12345, Channel::kCitizenApp, Channel::kGridWorker},
         false,
         4,
         {{"", {UnitKind::kGridWorker, UnitKind::kVolunteer}, 1}},
         8,
         18},
        {34,
         "medical",
         {"老人胸口疼，喘不上气", "孩子高烧抽搐"},
         {Channel::kPhone120, Channel::kPhone110, Channel::kPhone120},
         true,
         2,
         {{"medical", {UnitKind::kAmbulance}, 1}},
         10,
         20},
        {18,
         "evacuation_help",
         {"要转移的老人需要帮手", "安置点缺人手"},
         {Channel::kGridWorker, Channel::kWalkIn, Channel::kRadio},
         false,
         4,
         {{"", {UnitKind::kVolunteer}, 2}},
         10,
         20},
    };
    return kSorts;
}

const Sort& draw(Random& random) {
    int total = 0;
    for (const Sort& sort : sorts()) total += sort.weight;
    auto left = static_cast<int>(random.below(static_cast<std::uint64_t>(total)));
    for (const Sort& sort : sorts()) {
        left -= sort.weight;
        if (left < 0) return sort;
    }
    return sorts().back();
}

Duration minutes_between(int low, int high, Random& random) {
    const auto seconds = static_cast<std::uint64_t>(high - low) * 60 + 1;
    return std::chrono::minutes{low} +
           std::chrono::seconds{static_cast<int>(random.below(seconds))};
}

}  // namespace

ScenarioReport draw_flood_happening(Random& random) {
    const Sort& sort = draw(random);
    ScenarioReport report;
    report.type_code = sort.type;
    report.words = sort.words[random.below(sort.words.size())];
    report.words_charset = "utf-8";
    report.channel = sort.channels[random.below(sort.channels.size())];
    report.life_threatening = sort.life_threatening;
    report.level = {domain::LevelScale::kPolice, sort.police_level, "应城市公安局"};
    report.needs = sort.needs;
    report.scene = minutes_between(sort.scene_minutes_min, sort.scene_minutes_max, random);
    // One accident in four has somebody hurt.
    if (sort.type == "traffic_accident" && random.below(4) == 0) {
        report.life_threatening = true;
        report.needs.push_back({"medical", {UnitKind::kAmbulance}, 1});
    }
    return report;
}

ScenarioReport machine_alarm(Random& random) {
    ScenarioReport report;
    const bool camera = random.below(3) != 0;
    report.channel = camera ? Channel::kCamera : Channel::kSensor;
    report.type_code = "water_level_alarm";
    report.words = camera ? "视频识别：积水超过阈值" : "水位超过警戒值";
    report.words_charset = "utf-8";
    report.level = {domain::LevelScale::kPolice, 4, "应城市公安局"};
    report.needs = {{"inspection", {UnitKind::kGridWorker}, 1}};
    report.scene = minutes_between(5, 12, random);
    return report;
}

}  // namespace liandong::simulator
