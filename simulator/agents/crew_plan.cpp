#include "simulator/agents/crew_plan.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace liandong::simulator {
namespace {

using domain::OrderFact;
using domain::UnitKind;

constexpr double kDetour = 1.3;  // road over straight line, a usual figure for towns
constexpr Duration kTravelUnknown = std::chrono::minutes{8};

double speed_meters_per_second(UnitKind kind) {
    switch (kind) {
    case UnitKind::kGridWorker:
    case UnitKind::kVolunteer: return 5.5;  // electric bicycle, 20 km/h
    case UnitKind::kPatrolTeam:
    case UnitKind::kDutyOfficial: return 11.0;  // 40 km/h, a county road
    default: return 14.0;                       // 50 km/h with siren
    }
}

Duration seconds(double value) { return Duration{std::llround(value * 1e6)}; }

Duration travel(const domain::Unit& unit, domain::Point from, std::optional<domain::Point> to,
                const ScenarioReport& report) {
    if (report.travel) return *report.travel;
    if (!to) return kTravelUnknown;
    return seconds(domain::distance(from, *to).value * kDetour /
                   speed_meters_per_second(unit.kind));
}

}  // namespace

std::vector<PlannedFact> plan_of(const domain::Unit& unit, domain::Point from,
                                 std::optional<domain::Point> to, const ScenarioReport& report,
                                 Random& random) {
    const Duration signs = seconds(std::clamp(random.exponential(8), 3.0, 60.0));
    const Duration departs = signs + seconds(20 + 60 * random.unit());
    const Duration arrives = departs + travel(unit, from, to, report);
    const double scene = static_cast<double>(report.scene.count()) / 1e6;
    const Duration clears = arrives + seconds(scene * (0.7 + 0.6 * random.unit()));
    return {{OrderFact::kSigned, signs},
            {OrderFact::kDeparted, departs},
            {OrderFact::kArrived, arrives},
            {OrderFact::kCleared, clears}};
}

const RecordedOrder* recorded_order(const ScenarioReport& report, std::string_view unit_id) {
    for (const RecordedOrder& order : report.recorded) {
        if (order.unit_id == unit_id) return &order;
    }
    return nullptr;
}

std::vector<PlannedFact> recorded_plan_of(const RecordedOrder& recorded, Duration scene) {
    Duration last = recorded.dispatched;
    for (const auto& stamp : {recorded.departed, recorded.arrived})
        last = std::max(last, stamp.value_or(last));
    const Duration turnout = recorded.departed.value_or(last) - recorded.dispatched;
    const Duration signing =
        std::clamp(turnout / 2, Duration{}, Duration{std::chrono::seconds{10}});
    std::vector<PlannedFact> facts = {{OrderFact::kSigned, recorded.dispatched + signing}};
    if (recorded.departed) facts.push_back({OrderFact::kDeparted, *recorded.departed});
    if (recorded.arrived) facts.push_back({OrderFact::kArrived, *recorded.arrived});
    facts.push_back({OrderFact::kCleared, recorded.cleared.value_or(last + scene)});
    std::ranges::sort(facts, [](const PlannedFact& a, const PlannedFact& b) {
        return std::tuple(a.after, a.fact) < std::tuple(b.after, b.fact);
    });
    return facts;
}

}  // namespace liandong::simulator
