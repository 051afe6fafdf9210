#include "simulator/generate/yingcheng.h"

#include "common/base/check.h"
#include "common/base/random.h"
#include "simulator/generate/synthetic_place.h"
#include "simulator/generate/yingcheng_data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace liandong::simulator {
namespace {

using domain::CommandRelation;
using domain::UnitKind;
using domain::UnitStatus;

// The district is the same for every scenario: only what happens in it depends on a scenario's
// seed.
constexpr std::uint64_t kLayoutSeed = 420'981;
constexpr domain::Point kCentre{309'000'000, 1'135'500'000};

bool is_urban(std::string_view township_code) {
    const std::string_view tail = township_code.substr(6);
    return tail == "001" || tail == "002" || tail == "003" || tail == "400";
}

bool is_community(const SyntheticPlace& village) { return village.name.ends_with("社区"); }

/// Urban streets round the centre, the others on an ellipse that stays inside the bounding box.
std::vector<SyntheticPlace> build_townships() {
    std::vector<SyntheticPlace> townships;
    std::size_t urban = 0, rural = 0;
    for (const NamedArea& area : kTownships) {
        const bool inner = is_urban(area.code);
        const double angle = inner ? static_cast<double>(urban++) * std::numbers::pi / 2
                                   : static_cast<double>(rural++) * 2 * std::numbers::pi / 13;
        const double east = inner ? 1'800 : 13'500, north = inner ? 1'800 : 15'500;
        townships.push_back({std::string(area.code), std::string(area.name),
                             moved(kCentre, {east * std::cos(angle)}, {north * std::sin(angle)})});
    }
    return townships;
}

std::vector<SyntheticPlace> build_villages(const std::vector<SyntheticPlace>& townships,
                                           Random& random) {
    std::vector<SyntheticPlace> villages;
    for (const NamedArea& area : kVillages) {
        const auto township = std::find_if(
            townships.begin(), townships.end(),
            [&](const SyntheticPlace& t) { return area.code.starts_with(t.area_code); });
        LIANDONG_CHECK(township != townships.end());
        const double radius = is_urban(township->area_code) ? 1'500 : 4'500;
        villages.push_back({std::string(area.code), std::string(area.name),
                            scattered(township->position, {radius}, random)});
    }
    return villages;
}

/// One grid a village, and what is left goes to the communities, then round the villages.
std::vector<std::size_t> grids_per_village(const std::vector<SyntheticPlace>& villages) {
    std::vector<std::size_t> counts(villages.size(), 1);
    std::size_t left = kYingchengGrids - villages.size();
    for (std::size_t i = 0; i < villages.size() && left > 0; ++i) {
        if (is_community(villages[i])) ++counts[i], --left;
    }
    for (std::size_t i = 0; left > 0; i = (i + 1) % villages.size()) ++counts[i], --left;
    return counts;
}

std::vector<SyntheticPlace> build_grids(const std::vector<SyntheticPlace>& villages,
                                        Random& random) {
    const auto counts = grids_per_village(villages);
    std::vector<SyntheticPlace> grids;
    for (std::size_t i = 0; i < villages.size(); ++i) {
        for (std::size_t k = 1; k <= counts[i]; ++k) {
            grids.push_back({fmt::format("{}{:03}", villages[i].area_code, k),
                             fmt::format("{}第{}网格", villages[i].name, k),
                             scattered(villages[i].position, {700}, random)});
        }
    }
    return grids;
}

std::vector<Camera> build_cameras(const std::vector<SyntheticPlace>& grids, Random& random) {
    std::vector<Camera> cameras;
    for (std::size_t serial = 1; serial <= kYingchengCameras; ++serial) {
        const SyntheticPlace& grid = grids[serial % grids.size()];
        cameras.push_back({fmt::format("42098100001320{:06}", serial),
                           {grid.area_code, fmt::format("{}监控{}", grid.name, serial),
                            scattered(grid.position, {400}, random)}});
    }
    return cameras;
}

/// What the units of one kind have in common.
struct Force {
    std::string_view prefix;  ///< of ids
    std::string_view title;   ///< of call signs
    std::string_view agency;
    UnitKind kind;
    CommandRelation relation;
    std::vector<std::string> capabilities;  ///< sorted
    int crew;
    UnitStatus status;
};

class Muster {
public:
    void add(const Force& force, const SyntheticPlace& base, std::string station) {
        const std::size_t number = ++numbers_[std::string(force.prefix)];
        domain::Unit& unit = units_.emplace_back();
        unit.id = fmt::format("{}-{:03}", force.prefix, number);
        unit.call_sign = fmt::format("{}{}", force.title, number);
        unit.agency = force.agency;
        unit.kind = force.kind;
        unit.relation = force.relation;
        unit.capabilities = force.capabilities;
        unit.crew = force.crew;
        unit.station = std::move(station);
        unit.area_code = base.area_code;
        unit.home = base.position;
        unit.status = force.status;
    }
    domain::Unit& last() { return units_.back(); }
    std::vector<domain::Unit> take() { return std::move(units_); }

private:
    std::map<std::string, std::size_t> numbers_;
    std::vector<domain::Unit> units_;
};

const Force kPolice{"jing",
                    "巡警",
                    "gongan",
                    UnitKind::kPolicePatrol,
                    CommandRelation::kDirect,
                    {"police"},
                    2,
                    UnitStatus::kOnPatrol};
const Force kTraffic{
    "jiao",      "交警", "jiaojing",           UnitKind::kTrafficPolice, CommandRelation::kDirect,
    {"traffic"}, 2,      UnitStatus::kOnPatrol};
const Force kEngine{"xiao",
                    "消防车",
                    "xiaofang",
                    UnitKind::kFireEngine,
                    CommandRelation::kRequest,
                    {"pump", "water_rescue"},
                    6,
                    UnitStatus::kInStation};
const Force kRescue{"jiuyuan",
                    "抢险救援车",
                    "xiaofang",
                    UnitKind::kFireTruck,
                    CommandRelation::kRequest,
                    {"boat", "rescue", "water_rescue"},
                    7,
                    UnitStatus::kInStation};
const Force kChief{"zhihui",
                   "消防指挥车",
                   "xiaofang",
                   UnitKind::kFireChief,
                   CommandRelation::kRequest,
                   {"command"},
                   2,
                   UnitStatus::kInStation};
const Force kAmbulance{"jijiu",
                       "救护车",
                       "weisheng",
                       UnitKind::kAmbulance,
                       CommandRelation::kRequest,
                       {"medical"},
                       3,
                       UnitStatus::kInStation};
const Force kArmed{"wujing",
                   "武警分队",
                   "wujing",
                   UnitKind::kArmedPolice,
                   CommandRelation::kApproval,
                   {"boat", "sandbags", "water_rescue"},
                   20,
                   UnitStatus::kInStation};
const Force kMilitia{"minbing",
                     "民兵分队",
                     "renwu",
                     UnitKind::kMilitia,
                     CommandRelation::kApproval,
                     {"sandbags"},
                     30,
                     UnitStatus::kInStation};
const Force kPatrol{"xunfang",
                    "巡防队",
                    "zongzhi",
                    UnitKind::kPatrolTeam,
                    CommandRelation::kDirect,
                    {"evacuation", "sandbags", "water_rescue"},
                    0,
                    UnitStatus::kOnPatrol};
const Force kGrid{"wangge",
                  "网格员",
                  "zongzhi",
                  UnitKind::kGridWorker,
                  CommandRelation::kDirect,
                  {"evacuation", "inspection"},
                  1,
                  UnitStatus::kOnPatrol};
const Force kOfficial{"daiban",
                      "带班领导",
                      "zhengfu",
                      UnitKind::kDutyOfficial,
                      CommandRelation::kDirect,
                      {"command"},
                      1,
                      UnitStatus::kInStation};
const Force kVolunteer{
    "zhiyuan",   "志愿者", "zhiyuan",           UnitKind::kVolunteer, CommandRelation::kDirect,
    {"helping"}, 1,        UnitStatus::kOffDuty};

constexpr std::size_t kVolunteersOnDuty =
    96;  // they opt in by time (D20): so many did for this evening

void add_stations(Muster& muster, const std::vector<SyntheticPlace>& townships) {
    for (const SyntheticPlace& township : townships) {
        for (int i = 0; i < 2; ++i) muster.add(kPolice, township, township.name + "派出所");
    }
    for (std::size_t i = 0; i < 28; ++i) muster.add(kTraffic, townships[i % 17], "交警中队");
    for (const std::size_t base : {0U, 3U, 4U, 9U}) {
        const std::string station = townships[base].name + "消防站";
        for (int i = 0; i < 3; ++i) muster.add(kEngine, townships[base], station);
        for (int i = 0; i < 2; ++i) muster.add(kRescue, townships[base], station);
    }
    for (int i = 0; i < 2; ++i) muster.add(kChief, townships[0], "消防救援大队");
    for (std::size_t i = 0; i < 34; ++i) {
        muster.add(kAmbulance, townships[i % 17], townships[i % 17].name + "急救站");
    }
    for (int i = 0; i < 3; ++i) muster.add(kArmed, townships[1], "武警中队");
    for (std::size_t i = 0; i < 4; ++i) muster.add(kMilitia, townships[5 + i], "民兵连");
    for (const SyntheticPlace& township : townships)
        muster.add(kOfficial, township, township.name + "值班室");
}

void add_patrol_teams(Muster& muster, const std::vector<SyntheticPlace>& townships) {
    for (std::size_t i = 0; i < kYingchengPatrolTeams; ++i) {
        muster.add(kPatrol, townships[i], townships[i].name + "综治中心");
        // 220 people in 17 teams: sixteen of 13, one of 12.
        muster.last().crew = i + 1 < kYingchengPatrolTeams ? 13 : kYingchengPatrolPeople - 13 * 16;
    }
}

std::vector<domain::Unit> build_units(const YingchengDistrict& district, Random& random) {
    Muster muster;
    add_stations(muster, district.townships);
    add_patrol_teams(muster, district.townships);
    for (const SyntheticPlace& grid : district.grids) muster.add(kGrid, grid, grid.name);
    for (std::size_t i = 0; i < kYingchengVolunteers; ++i) {
        SyntheticPlace home = district.villages[i % district.villages.size()];
        home.position = scattered(home.position, {900}, random);
        muster.add(kVolunteer, home, home.name);
        const bool on_duty = i * kVolunteersOnDuty % kYingchengVolunteers < kVolunteersOnDuty;
        if (on_duty) muster.last().status = UnitStatus::kInStation;
    }
    return muster.take();
}

}  // namespace

YingchengDistrict build_yingcheng() {
    SeededRandom random(kLayoutSeed);
    YingchengDistrict district;
    district.townships = build_townships();
    district.villages = build_villages(district.townships, random);
    district.grids = build_grids(district.villages, random);
    district.units = build_units(district, random);
    district.cameras = build_cameras(district.grids, random);
    return district;
}

}  // namespace liandong::simulator
