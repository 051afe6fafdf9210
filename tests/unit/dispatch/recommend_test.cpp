#include "services/dispatch/policy/recommend.h"

#include "common/base/random.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/policy/eta.h"
#include "tests/unit/dispatch/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace liandong::dispatch {
namespace {

using namespace domain;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Point kScene{309'300'000, 1'135'700'000};

std::vector<UnitRow> rows_of(const std::vector<Unit>& units) {
    std::vector<UnitRow> rows;
    for (const Unit& unit : units) rows.push_back(make_row(std::make_shared<const Unit>(unit), 1));
    return rows;
}

std::vector<std::string> ids(const std::vector<UnitRow>& rows, const std::vector<Candidate>& list) {
    std::vector<std::string> out;
    for (const Candidate& candidate : list) out.push_back(rows[candidate.row].unit->id);
    return out;
}

Unit unit_at(std::string id, double north_km) {
    return free_unit(std::move(id), at(30.93 + north_km / 111.2, 113.57));
}

Need any(std::size_t count) { return {.capability = "", .kinds = {}, .count = count}; }
Need wanting(std::string capability) {
    return {.capability = std::move(capability), .kinds = {}, .count = 1};
}

std::vector<FilledNeed> ask(const std::vector<UnitRow>& rows, std::vector<Need> needs,
                            std::size_t alternatives = 0, std::optional<Point> place = kScene) {
    StraightLine model;
    return recommend(rows, place, needs, alternatives, model, kNow).needs;
}

// The nearest free units are chosen, the next ones are listed behind them, each with its distance.
TEST(Recommend, ChoosesTheNearest) {
    const auto rows = rows_of({unit_at("a", 3), unit_at("b", 1), unit_at("c", 2), unit_at("d", 4)});
    const auto filled = ask(rows, {any(2)}, 1);
    ASSERT_EQ(filled.size(), 1U);
    EXPECT_THAT(ids(rows, filled[0].chosen), ElementsAre("b", "c"));
    EXPECT_THAT(ids(rows, filled[0].alternatives), ElementsAre("a"));
    EXPECT_NEAR(filled[0].chosen[0].journey.distance.value, 1'000, 5);
    EXPECT_EQ(filled[0].missing, 0U);
    EXPECT_THAT(filled[0].missing_reason, IsEmpty());
}

// Kinds and capability are both asked for; two capabilities that share a bit are told apart.
TEST(Recommend, HeedsKindAndCapability) {
    Unit engine = unit_at("engine", 5), diver = unit_at("diver", 1), patrol = unit_at("patrol", 1);
    engine.kind = UnitKind::kFireEngine;
    engine.capabilities = {"ladder", "water_rescue"};
    diver.capabilities = {"water_rescue"};
    const auto rows = rows_of({diver, engine, patrol});
    const std::vector<Need> needs = {{.capability = "water_rescue",
                                      .kinds = {UnitKind::kFireEngine, UnitKind::kFireTruck},
                                      .count = 1}};
    EXPECT_THAT(ids(rows, ask(rows, needs)[0].chosen), ElementsAre("engine"));
    EXPECT_THAT(ids(rows, ask(rows, {wanting("water_rescue")})[0].chosen), ElementsAre("diver"));

    std::string twin = "ladder0";
    for (int i = 1; capability_bit(twin) != capability_bit("ladder"); ++i)
        twin = fmt::format("ladder{}", i);
    EXPECT_THAT(ask(rows, {wanting(twin)})[0].chosen, IsEmpty());
}

// A unit fills one slot, also when several ask for it; the later slot takes the next or goes
// without.
TEST(Recommend, AUnitFillsOneSlot) {
    const auto rows = rows_of({unit_at("a", 1), unit_at("b", 2)});
    const auto filled = ask(rows, {any(1), any(1), any(1)}, 2);
    EXPECT_THAT(ids(rows, filled[0].chosen), ElementsAre("a"));
    EXPECT_THAT(ids(rows, filled[0].alternatives), ElementsAre("b"));
    EXPECT_THAT(ids(rows, filled[1].chosen), ElementsAre("b"));
    EXPECT_EQ(filled[2].missing, 1U);
    EXPECT_EQ(filled[2].missing_reason, "ALL_COMMITTED");
}

// First is who arrives first, not who is nearest: a crew at the wheel sets off at once, a volunteer
// walks.
TEST(Recommend, RanksByArrival) {
    Unit patrol = unit_at("patrol", 1.4), volunteer = unit_at("volunteer", 0.9);
    patrol.status = UnitStatus::kOnPatrol;
    volunteer.kind = UnitKind::kVolunteer;
    const auto rows = rows_of({volunteer, unit_at("station", 1.2), patrol});
    const auto filled = ask(rows, {any(3)});
    EXPECT_THAT(ids(rows, filled[0].chosen), ElementsAre("patrol", "station", "volunteer"));
    const Journey& first = filled[0].chosen[0].journey;
    EXPECT_EQ(first.rung, Rung::kStraightLine);
    EXPECT_EQ(first.fallback, "NO_ROADS");
    EXPECT_LT(first.turnout_seconds, filled[0].chosen[1].journey.turnout_seconds);
    EXPECT_LT(first.eta.p50(), first.eta.p90());
    EXPECT_NEAR(first.eta.p50(),
                first.turnout_seconds + routing::straight_line_seconds(
                                            first.distance.value, routing::Profile::kEmergency, 6),
                0.1);
}

// D23: silence widens the ETA of a unit that moves, not of one that stands in its station.
TEST(Recommend, SilenceWidens) {
    const auto spread = [](UnitStatus status, std::chrono::minutes age) {
        Unit unit = unit_at("u", 2);
        unit.status = status;
        unit.position_at = kNow - age;
        const auto rows = rows_of({unit});
        const auto eta = ask(rows, {any(1)})[0].chosen[0].journey.eta;
        return eta.p90() - eta.p50();
    };
    using std::chrono::minutes;
    EXPECT_EQ(spread(UnitStatus::kOnPatrol, minutes{0}), spread(UnitStatus::kOnPatrol, minutes{1}));
    EXPECT_LT(spread(UnitStatus::kOnPatrol, minutes{1}),
              spread(UnitStatus::kOnPatrol, minutes{20}));
    EXPECT_EQ(spread(UnitStatus::kInStation, minutes{0}),
              spread(UnitStatus::kInStation, minutes{60 * 24}));
}

// Ties go to the lower row, so that the same state always gives the same answer.
TEST(Recommend, TiesGoToTheLowerRow) {
    const auto rows = rows_of({unit_at("c", 1), unit_at("a", 1), unit_at("b", 1)});
    EXPECT_THAT(ids(rows, ask(rows, {any(2)})[0].chosen), ElementsAre("c", "a"));
}

// D9: what only liaison can send is never chosen, what must be asked for is.
TEST(Recommend, NeverChoosesWhatNeedsApproval) {
    Unit army = unit_at("army", 1), hospital = unit_at("hospital", 2);
    army.relation = CommandRelation::kApproval;
    hospital.relation = CommandRelation::kRequest;
    const auto rows = rows_of({army, hospital});
    const auto filled = ask(rows, {any(2)}, 5);
    EXPECT_THAT(ids(rows, filled[0].chosen), ElementsAre("hospital"));
    EXPECT_THAT(filled[0].alternatives, IsEmpty());
}

// Each shortfall says why, by the best that there would have been.
TEST(Recommend, SaysWhyAUnitIsMissing) {
    Unit army = unit_at("army", 1), off = unit_at("off", 1);
    army.relation = CommandRelation::kApproval;
    off.status = UnitStatus::kOffDuty;
    const Unit busy = busy_unit("busy", "O1", "I1");
    const auto reason = [](const std::vector<Unit>& units) {
        const auto rows = rows_of(units);
        return std::string(ask(rows, {any(1)})[0].missing_reason);
    };
    EXPECT_EQ(reason({}), "NO_SUCH_UNIT");
    EXPECT_EQ(reason({off}), "OUT_OF_SERVICE");
    EXPECT_EQ(reason({off, army}), "NEEDS_APPROVAL");
    EXPECT_EQ(reason({off, army, busy}), "ALL_COMMITTED");
    const auto rows = rows_of({unit_at("only", 1)});
    EXPECT_EQ(ask(rows, {any(2)})[0].missing_reason, "ALL_COMMITTED");
}

// D23: a position of yesterday is a position.
TEST(Recommend, AStalePositionRemovesNobody) {
    Unit stale = unit_at("stale", 1);
    stale.position_at = kNow - std::chrono::hours{24};
    const auto rows = rows_of({stale});
    EXPECT_THAT(ids(rows, ask(rows, {any(1)})[0].chosen), ElementsAre("stale"));
}

// Without a place everybody is as near as anybody: id order, no journey.
TEST(Recommend, WithoutAPlaceTakesThemInOrder) {
    const auto rows = rows_of({unit_at("a", 9), unit_at("b", 1)});
    const auto filled = ask(rows, {any(2)}, 0, std::nullopt);
    EXPECT_THAT(ids(rows, filled[0].chosen), ElementsAre("a", "b"));
    EXPECT_EQ(filled[0].chosen[1].journey.distance.value, 0);
    EXPECT_EQ(filled[0].chosen[1].journey.rung, Rung::kNone);
}

Unit random_unit(int number, Random& random) {
    Unit unit = free_unit(fmt::format("u{:02}", number),
                          at(30.9 + 0.01 * static_cast<double>(random.below(6)), 113.57));
    unit.kind = random.below(2) == 0 ? UnitKind::kPolicePatrol : UnitKind::kAmbulance;
    if (random.below(2) == 0) unit.capabilities.emplace_back("boat");
    if (random.below(3) == 0) unit.capabilities.emplace_back("medical");
    unit.relation = static_cast<CommandRelation>(random.below(3));
    switch (random.below(4)) {
    case 0: unit.status = UnitStatus::kOutOfService; break;
    case 1:
        unit = [&] {
            Unit busy = unit;
            busy.status = UnitStatus::kEnRoute;
            busy.active_order_id = "O";
            return busy;
        }();
        break;
    default: break;
    }
    return unit;
}

Need random_need(Random& random) {
    Need need;
    if (random.below(2) == 0) need.capability = random.below(2) == 0 ? "boat" : "medical";
    if (random.below(2) == 0) need.kinds = {UnitKind::kPolicePatrol};
    need.count = 1 + random.below(3);
    return need;
}

/// The rule said slowly: of all that would do and are not taken, the first to arrive; ties to the
/// lower row.
std::vector<std::vector<std::size_t>> oracle(const std::vector<Unit>& units,
                                             const std::vector<Need>& needs) {
    const routing::TimeModel nothing_known;
    std::set<std::size_t> taken;
    std::vector<std::vector<std::size_t>> chosen;
    for (const Need& need : needs) {
        auto& slot = chosen.emplace_back();
        while (slot.size() < need.count) {
            std::optional<std::tuple<double, std::size_t>> best;
            for (std::size_t i = 0; i < units.size(); ++i) {
                const Unit& unit = units[i];
                const bool would_do =
                    !taken.contains(i) && unit.active_order_id.empty() &&
                    unit.status == UnitStatus::kInStation &&
                    unit.relation != CommandRelation::kApproval &&
                    (need.kinds.empty() || std::ranges::count(need.kinds, unit.kind) > 0) &&
                    (need.capability.empty() ||
                     std::ranges::count(unit.capabilities, need.capability) > 0);
                if (!would_do) continue;
                Meters meters;
                straight_distances(kScene, {&unit.position, 1}, {&meters, 1});
                const UnitRow row = make_row(std::make_shared<const Unit>(unit), 1);
                const double eta = EtaTable(nothing_known, kNow).straight_seconds(row, meters);
                const std::tuple<double, std::size_t> candidate{eta, i};
                if (!best || candidate < *best) best = candidate;
            }
            if (!best) break;
            slot.push_back(std::get<1>(*best));
            taken.insert(std::get<1>(*best));
        }
    }
    return chosen;
}

// On random districts the answer is that of the rule applied slowly.
TEST(Recommend, EqualsTheRuleAppliedSlowly) {
    for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
        SeededRandom random(seed);
        std::vector<Unit> units;
        for (std::uint64_t i = 0, count = random.below(16); i < count; ++i) {
            units.push_back(random_unit(static_cast<int>(i), random));
        }
        std::vector<Need> needs;
        for (std::uint64_t i = 0, count = 1 + random.below(3); i < count; ++i)
            needs.push_back(random_need(random));
        const auto expected = oracle(units, needs);
        const auto rows = rows_of(units);
        const auto filled = ask(rows, needs, random.below(4));
        ASSERT_EQ(filled.size(), needs.size());
        for (std::size_t i = 0; i < needs.size(); ++i) {
            std::vector<std::size_t> chosen;
            for (const Candidate& candidate : filled[i].chosen) chosen.push_back(candidate.row);
            ASSERT_EQ(chosen, expected[i]) << "seed " << seed << ", need " << i;
            ASSERT_EQ(filled[i].missing, needs[i].count - chosen.size()) << "seed " << seed;
            ASSERT_EQ(filled[i].missing == 0, filled[i].missing_reason.empty()) << "seed " << seed;
        }
    }
}

}  // namespace
}  // namespace liandong::dispatch
