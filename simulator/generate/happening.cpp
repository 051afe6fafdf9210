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
        {.weight = 55,
         .type = "rising_water",
         .words = {"路面积水上涨，快进一楼了", "涵洞积水，车辆过不去"},
         .channels = {Channel::kPhone110, Channel::kGridWorker, Channel::kCitizenApp},
         .life_threatening = false,
         .police_level = 3,
         .needs = {{"inspection", {UnitKind::kGridWorker}, 1}},
         .scene_minutes_min = 6,
         .scene_minutes_max = 14},
        {.weight = 38,
         .type = "trapped_people",
         .words = {"有人被水困在屋里，老人走不动", "车被淹了，人在车顶上"},
         .channels = {Channel::kPhone119, Channel::kPhone110, Channel::kText12110},
         .life_threatening = true,
         .police_level = 1,
         .needs = {{"water_rescue", {}, 1}, {"", {UnitKind::kPolicePatrol}, 1}},
         .scene_minutes_min = 8,
         .scene_minutes_max = 16},
        {.weight = 9,
         .type = "dyke_seepage",
         .words = {"河堤渗水，冒浑水了", "堤脚发现管涌"},
         .channels = {Channel::kPatrol, Channel::kGridWorker, Channel::kPhone12345},
         .life_threatening = true,
         .police_level = 2,
         .needs = {{"sandbags", {UnitKind::kPatrolTeam}, 1},
                   {"", {UnitKind::kGridWorker}, 2},
                   {"command", {UnitKind::kDutyOfficial, UnitKind::kFireChief}, 1}},
         .scene_minutes_min = 10,
         .scene_minutes_max = 18},
        {.weight = 34,
         .type = "traffic_accident",
         .words = {"两车相撞，堵住了", "摩托车滑倒，人受伤"},
         .channels = {Channel::kPhone122, Channel::kPhone110, Channel::kRadio},
         .life_threatening = false,
         .police_level = 3,
         .needs = {{"traffic", {UnitKind::kTrafficPolice}, 1}},
         .scene_minutes_min = 8,
         .scene_minutes_max = 15},
        {.weight = 37,
         .type = "power_failure",
         .words = {"小区停电，电梯里有人", "电线杆倒了，火花四溅"},
         .channels = {Channel::kPhone12345, Channel::kCitizenApp, Channel::kGridWorker},
         .life_threatening = false,
         .police_level = 4,
         .needs = {{"", {UnitKind::kGridWorker, UnitKind::kVolunteer}, 1}},
         .scene_minutes_min = 6,
         .scene_minutes_max = 14},
        {.weight = 34,
         .type = "medical",
         .words = {"老人胸口疼，喘不上气", "孩子高烧抽搐"},
         .channels = {Channel::kPhone120, Channel::kPhone110, Channel::kPhone120},
         .life_threatening = true,
         .police_level = 2,
         .needs = {{"medical", {UnitKind::kAmbulance}, 1}},
         .scene_minutes_min = 8,
         .scene_minutes_max = 15},
        {.weight = 18,
         .type = "evacuation_help",
         .words = {"要转移的老人需要帮手", "安置点缺人手"},
         .channels = {Channel::kGridWorker, Channel::kWalkIn, Channel::kRadio},
         .life_threatening = false,
         .police_level = 4,
         .needs = {{"", {UnitKind::kVolunteer}, 2}},
         .scene_minutes_min = 8,
         .scene_minutes_max = 15},
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
