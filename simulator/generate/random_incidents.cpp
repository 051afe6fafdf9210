#include "simulator/generate/random_incidents.h"

#include "common/base/check.h"
#include "common/base/random.h"
#include "simulator/generate/happening.h"
#include "simulator/generate/synthetic_place.h"

#include <fmt/format.h>

#include <array>

namespace liandong::simulator {
namespace {

using domain::UnitKind;

constexpr domain::Point kCentre{309'300'000, 1'135'500'000};
constexpr std::size_t kUnits = 60;

struct Sort {
    UnitKind kind;
    std::vector<std::string> capabilities;
};

domain::Unit make_unit(std::size_t number, Random& random) {
    static const std::array<Sort, 8> kSorts = {
        {{UnitKind::kPolicePatrol, {"police"}},
         {UnitKind::kTrafficPolice, {"traffic"}},
         {UnitKind::kFireEngine, {"water_rescue"}},
         {UnitKind::kAmbulance, {"medical"}},
         {UnitKind::kPatrolTeam, {"sandbags", "water_rescue"}},
         {UnitKind::kGridWorker, {"inspection"}},
         {UnitKind::kDutyOfficial, {"command"}},
         {UnitKind::kVolunteer, {"helping"}}}};
    const Sort& sort = kSorts[number % kSorts.size()];
    domain::Unit unit;
    unit.id = fmt::format("unit-{:03}", number);
    unit.call_sign = unit.id;
    unit.agency = "exercise";
    unit.kind = sort.kind;
    unit.capabilities = sort.capabilities;
    unit.crew = 2;
    unit.station = "exercise";
    unit.home = scattered(kCentre, {8'000}, random);
    unit.status = domain::UnitStatus::kInStation;
    return unit;
}

ScenarioReport make_report(std::size_t number, Duration at,
                           const std::vector<ScenarioReport>& before, Random& random) {
    ScenarioReport report = draw_flood_happening(random);
    if (!before.empty() && random.below(20) == 0) {
        const ScenarioReport& first = before[random.below(before.size())];
        const std::string original = first.duplicate_of.empty() ? first.id : first.duplicate_of;
        report = first;
        report.duplicate_of = original;
    } else if (random.below(20) != 0) {
        const domain::Point point = scattered(kCentre, {8'000}, random);
        report.position =
            ReportedPosition{point.latitude(), point.longitude(), domain::Datum::kWgs84};
    }
    report.id = fmt::format("R{:06}", number);
    report.at = at;
    return report;
}

}  // namespace

Scenario random_incidents(std::uint64_t seed, std::size_t count, Duration mean_gap) {
    LIANDONG_CHECK(count >= 1 && count <= 100'000 && mean_gap > Duration{});
    SeededRandom random(seed);
    Scenario scenario;
    scenario.header.name = "random-incidents";
    scenario.header.district = "420981";
    scenario.header.start = Timestamp{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    scenario.header.synthetic_places = true;
    scenario.header.synthetic_events = true;
    scenario.header.provenance = fmt::format("Generated for tests, seed {}.", seed);
    for (std::size_t i = 0; i < kUnits; ++i) scenario.units.push_back(make_unit(i, random));
    Duration at{};
    for (std::size_t i = 0; i < count; ++i) {
        const double gap = random.exponential(static_cast<double>(mean_gap.count()));
        at += Duration{static_cast<Duration::rep>(gap)};
        scenario.reports.push_back(make_report(i, at, scenario.reports, random));
    }
    return scenario;
}

}  // namespace liandong::simulator
