#include "services/dispatch/policy/road_travel.h"

#include "common/base/random.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/policy/eta.h"
#include "services/dispatch/policy/recommend.h"
#include "tests/support/town.h"
#include "tests/unit/dispatch/samples.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace liandong::dispatch {
namespace {

using namespace domain;
using routing::Profile;
using routing::RoadClass;
using testing::ElementsAre;

Roads open(const test::Town& town) { return Roads(*routing::RoadGraph::from_bytes(town.bytes())); }

std::vector<UnitRow> rows_of(const std::vector<Unit>& units) {
    std::vector<UnitRow> rows;
    for (const Unit& unit : units) rows.push_back(make_row(std::make_shared<const Unit>(unit), 1));
    return rows;
}

std::vector<FilledNeed> ask(TravelModel& model, const std::vector<UnitRow>& rows, Point place,
                            std::size_t count) {
    const std::vector<Need> needs = {{.capability = "", .kinds = {}, .count = count}};
    return recommend(rows, place, needs, 0, model, kNow).needs;
}

std::vector<std::string> ids(const std::vector<UnitRow>& rows, const std::vector<Candidate>& list) {
    std::vector<std::string> out;
    for (const Candidate& candidate : list) out.push_back(rows[candidate.row].unit->id);
    return out;
}

Unit of_kind(std::string id, UnitKind kind, Point position) {
    Unit unit = free_unit(std::move(id), position);
    unit.kind = kind;
    return unit;
}

const Point kSouthQuay = at(30.900, 113.50);

// A river is not crossed by a straight line: the crew that is near on the map and far by road comes
// second, and each says how it was found.
TEST(RoadTravel, ARiverIsDrivenAround) {
    Roads roads = open(test::river_town());
    const auto rows = rows_of(
        {free_unit("across", at(30.902, 113.50)), free_unit("same-bank", at(30.9001, 113.515))});
    StraightLine without;
    EXPECT_THAT(ids(rows, ask(without, rows, kSouthQuay, 2)[0].chosen),
                ElementsAre("across", "same-bank"));
    RoadTravel with(roads, {});
    const auto filled = ask(with, rows, kSouthQuay, 2);
    ASSERT_THAT(ids(rows, filled[0].chosen), ElementsAre("same-bank", "across"));
    const Journey &near = filled[0].chosen[0].journey, &far = filled[0].chosen[1].journey;
    EXPECT_EQ(near.rung, Rung::kRoadClassSpeeds);
    EXPECT_EQ(near.fallback, "");
    EXPECT_NEAR(near.distance.value, 1'431, 5);
    EXPECT_NEAR(near.off_road.value, 11, 1);
    EXPECT_EQ(near.road, "南岸路");
    EXPECT_NEAR(far.distance.value, 2 * 2'862 + 222, 20);
    const double speed =
        routing::class_speed_meters_per_second(RoadClass::kPrimary, Profile::kEmergency);
    EXPECT_NEAR(near.road_seconds, near.distance.value / speed + near.off_road.value / 3, 0.1);
    EXPECT_NEAR(near.eta.p50(), near.turnout_seconds + near.road_seconds, 0.1);
    EXPECT_LT(near.eta.p50(), near.eta.p90());
}

// The bridge is too low for a fire engine: no way leads there, which costs it the road's time,
// never its place in the answer. A patrol car passes.
TEST(RoadTravel, ABarIsForThoseAboveIt) {
    Roads roads = open(test::river_town());
    const auto rows = rows_of({of_kind("engine", UnitKind::kFireEngine, at(30.902, 113.50)),
                               of_kind("patrol", UnitKind::kPolicePatrol, at(30.902, 113.50))});
    RoadTravel model(roads, {});
    const auto chosen = ask(model, rows, kSouthQuay, 2)[0].chosen;
    ASSERT_EQ(chosen.size(), 2U);
    for (const Candidate& candidate : chosen) {
        const bool is_engine = rows[candidate.row].unit->id == "engine";
        EXPECT_EQ(candidate.journey.rung, is_engine ? Rung::kStraightLine : Rung::kRoadClassSpeeds);
        EXPECT_EQ(candidate.journey.fallback, is_engine ? "NO_WAY" : "");
    }
}

// A map never fails a recommendation: off the roads, the straight line stands in and says why.
TEST(RoadTravel, TheLadderSaysWhy) {
    Roads roads = open(test::river_town());
    RoadTravel model(roads, {});
    const auto rows =
        rows_of({free_unit("near", at(30.900, 113.51)), free_unit("field", at(30.92, 113.51))});
    auto chosen = ask(model, rows, kSouthQuay, 2)[0].chosen;
    ASSERT_EQ(chosen.size(), 2U);
    EXPECT_EQ(chosen[0].journey.fallback, "");
    EXPECT_EQ(chosen[1].journey.fallback, "UNIT_OFF_ROAD");
    EXPECT_EQ(chosen[1].journey.rung, Rung::kStraightLine);
    EXPECT_EQ(chosen[1].journey.road_seconds, 0);

    const auto far_out = at(31.2, 113.5);
    const std::vector<Need> needs(1);
    const Recommended lost = recommend(rows, far_out, needs, 0, model, kNow);
    EXPECT_EQ(lost.needs[0].chosen[0].journey.fallback, "PLACE_OFF_ROAD");
    EXPECT_FALSE(lost.place_on_road);
    const Recommended found = recommend(rows, kSouthQuay, needs, 0, model, kNow);
    ASSERT_TRUE(found.place_on_road);
    EXPECT_EQ(found.place_on_road->road, "南岸路");
    EXPECT_NEAR(found.place_on_road->distance.value, 0, 0.1);
}

routing::TimeModel calibrated() {
    routing::TimeModel model;
    routing::Calibration own = routing::class_speeds(Profile::kEmergency);
    own.alpha = 0.3;
    own.beta = 0.6;
    own.gamma[routing::index_of(RoadClass::kResidential)] = 0.25;
    own.gamma[routing::index_of(RoadClass::kPrimary)] = -0.1;
    own.group["ambulance"] = -0.2;
    model.calibrations[routing::index_of(Profile::kEmergency)] = own;
    return model;
}

// With records the road's time is corrected, and said to be.
TEST(RoadTravel, CalibratedSaysSo) {
    Roads roads = open(test::river_town());
    const auto rows = rows_of({free_unit("police", at(30.900, 113.51)),
                               of_kind("walker", UnitKind::kVolunteer, at(30.900, 113.51))});
    RoadTravel model(roads, calibrated());
    const auto chosen = ask(model, rows, kSouthQuay, 2)[0].chosen;
    EXPECT_EQ(chosen[0].journey.rung, Rung::kRoadCalibrated);
    EXPECT_GT(chosen[0].journey.eta.p50(),
              chosen[0].journey.turnout_seconds + chosen[0].journey.road_seconds);
    // Nobody recorded how volunteers walk.
    EXPECT_EQ(chosen[1].journey.rung, Rung::kRoadClassSpeeds);
}

// Records correct the straight line as well, so that a unit off the roads is not flattered beside
// those on them.
TEST(RoadTravel, TheLineIsCorrectedToo) {
    Roads roads = open(test::river_town());
    const auto rows =
        rows_of({free_unit("field", at(30.907, 113.500)), free_unit("road", at(30.900, 113.510))});
    RoadTravel plain(roads, {}), corrected(roads, calibrated());
    const auto of = [&](TravelModel& model) {
        const auto filled = ask(model, rows, kSouthQuay, 2);
        for (const Candidate& candidate : filled[0].chosen) {
            if (candidate.journey.rung == Rung::kStraightLine) return candidate.journey;
        }
        return Journey{};
    };
    EXPECT_EQ(of(corrected).fallback, "UNIT_OFF_ROAD");
    const double line = of(plain).eta.p50() - of(plain).turnout_seconds;
    EXPECT_NEAR(of(corrected).eta.p50() - of(corrected).turnout_seconds,
                300 * std::exp(0.3 + 0.6 * std::log(line / 300)), 0.1);
}

/// 9 × 9 crossings, 300 m apart, a third of the roads missing, classes mixed.
Roads grid_town(Random& random) {
    test::Town town;
    constexpr int kSide = 9;
    std::vector<std::uint32_t> nodes;
    for (int i = 0; i < kSide * kSide; ++i)
        nodes.push_back(town.node(30.9 + 0.0027 * (i / kSide), 113.5 + 0.00314 * (i % kSide)));
    const auto maybe = [&](int a, int b) {
        constexpr RoadClass kKinds[] = {RoadClass::kPrimary, RoadClass::kResidential,
                                        RoadClass::kService};
        if (random.below(3) != 0)
            town.road(nodes[static_cast<std::size_t>(a)], nodes[static_cast<std::size_t>(b)],
                      kKinds[random.below(3)], "", random.below(9) == 0 ? 300 : 0);
    };
    for (int i = 0; i < kSide * kSide; ++i) {
        if (i % kSide + 1 < kSide) maybe(i, i + 1);
        if (i + kSide < kSide * kSide) maybe(i, i + kSide);
    }
    return open(town);
}

Unit anybody(std::size_t number, Random& random) {
    constexpr UnitKind kKinds[] = {UnitKind::kPolicePatrol, UnitKind::kFireEngine,
                                   UnitKind::kAmbulance, UnitKind::kDutyOfficial,
                                   UnitKind::kVolunteer};
    Unit unit = of_kind(fmt::format("u{:03}", number), kKinds[random.below(5)],
                        at(30.895 + 0.03 * random.unit(), 113.495 + 0.035 * random.unit()));
    if (random.below(2) == 0) unit.status = UnitStatus::kOnPatrol;
    return unit;
}

/// Every unit's journey by a search of its own; then the first ones.
std::vector<std::pair<double, std::size_t>> slowly(Roads& roads, const routing::TimeModel& times,
                                                   const std::vector<UnitRow>& rows, Point place) {
    const EtaTable etas(times, kNow);
    std::vector<std::pair<double, std::size_t>> found;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& weights = roads.weights(vehicle_of(rows[i].kind));
        const auto to = routing::snap(weights, place);
        const auto from = routing::snap(weights, rows[i].position);
        std::optional<routing::Route> route;
        if (to && from) route = roads.search().route(weights, from->at, to->at);
        const double cut_off = to && from && !route ? 1e6 : 0;
        Meters meters;
        straight_distances(place, {&rows[i].position, 1}, {&meters, 1});
        const double off_road = route ? route->from.distance_meters + route->to.distance_meters : 0;
        found.emplace_back(route ? etas.by_road(rows[i], route->trip, off_road).eta.p50()
                                 : cut_off + etas.straight(rows[i], meters, "").eta.p50(),
                           i);
    }
    std::ranges::sort(found);
    return found;
}

// On random towns with random crews the answer is that of asking the road for every unit by itself,
// although only some are looked at; also when correction changes their order.
TEST(RoadTravel, EqualsAskingForEveryUnit) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SeededRandom random(seed);
        Roads roads = grid_town(random);
        routing::TimeModel times = seed % 2 == 0 ? calibrated() : routing::TimeModel{};
        // In one town of four all drive the same, and the map's word on roads is worth little.
        const bool is_odd_town = seed % 4 == 0;
        if (is_odd_town) {
            auto& gamma = times.calibrations[0]->gamma;
            gamma[routing::index_of(RoadClass::kPrimary)] = 1.5;
            gamma[routing::index_of(RoadClass::kService)] = -1.5;
        }
        RoadTravel model(roads, times);
        std::vector<Unit> units;
        for (std::size_t i = 0; i < 150; ++i) {
            units.push_back(anybody(i, random));
            if (is_odd_town) units.back().kind = UnitKind::kPolicePatrol;
        }
        for (int question = 0; question < 4; ++question) {
            const auto rows = rows_of(units);
            const Point place = at(30.9 + 0.02 * random.unit(), 113.5 + 0.025 * random.unit());
            const std::size_t count = 1 + random.below(is_odd_town ? 2 : 12);
            const auto expected = slowly(roads, times, rows, place);
            const auto filled = ask(model, rows, place, count);
            ASSERT_EQ(filled[0].chosen.size(), count);
            for (std::size_t i = 0; i < count; ++i) {
                ASSERT_LT(expected[i].first, 1e6) << "seed " << seed << ": nobody left to compare";
                // Times on parts of roads are rounded per search: a millisecond or two.
                ASSERT_NEAR(filled[0].chosen[i].journey.eta.p50(), expected[i].first, 0.01)
                    << "seed " << seed << ", question " << question << ", candidate " << i;
            }
            // Some move, one is no longer there.
            for (int k = 0; k < 30; ++k) {
                const std::size_t who = random.below(units.size());
                units[who].position = anybody(0, random).position;
            }
            units.erase(units.begin() + static_cast<std::ptrdiff_t>(random.below(units.size())));
        }
    }
}

// What was asked before changes no answer: a model that has seen a day answers as a new one does.
TEST(RoadTravel, KeepsNoGrudge) {
    SeededRandom random(7);
    Roads roads = grid_town(random);
    RoadTravel old(roads, calibrated());
    std::vector<Unit> units;
    for (std::size_t i = 0; i < 80; ++i) units.push_back(anybody(i, random));
    for (int question = 0; question < 100; ++question) {
        const std::size_t who = random.below(units.size());
        units[who] = anybody(who, random);
        const auto rows = rows_of(units);
        const Point place = at(30.9 + 0.02 * random.unit(), 113.5 + 0.025 * random.unit());
        RoadTravel anew(roads, calibrated());
        const auto a = ask(old, rows, place, 5)[0].chosen, b = ask(anew, rows, place, 5)[0].chosen;
        ASSERT_EQ(ids(rows, a), ids(rows, b)) << question;
        for (std::size_t i = 0; i < a.size(); ++i)
            ASSERT_EQ(a[i].journey.eta, b[i].journey.eta) << question;
    }
}

/// A divided road of 2,864 m: 东行 at 30.9000, 西行 22 m north of it, joined at both ends.
test::Town divided_town() {
    test::Town town;
    const auto sw = town.node(30.9000, 113.50), se = town.node(30.9000, 113.53);
    const auto nw = town.node(30.9002, 113.50), ne = town.node(30.9002, 113.53);
    town.road(sw, se, RoadClass::kTrunk, "东行");
    town.make_one_way();
    town.road(ne, nw, RoadClass::kTrunk, "西行");
    town.make_one_way();
    town.road(nw, sw, RoadClass::kTrunk, "西端");
    town.road(ne, se, RoadClass::kTrunk, "东端");
    return town;
}

// The reported direction chooses the carriageway, and what the other one would cost is said: from
// the west the westbound one is reached only round the eastern end.
TEST(RoadTravel, AReportedDirectionChoosesTheCarriageway) {
    Roads roads = open(divided_town());
    RoadTravel model(roads, {});
    const auto rows = rows_of({free_unit("west", at(30.9001, 113.50))});
    const std::vector<Need> needs(1);
    const Point middle = at(30.9001, 113.515);
    const auto ask_towards = [&](double heading) {
        return recommend(rows, Destination(middle, heading), needs, 0, model, kNow);
    };
    const Recommended eastward = ask_towards(90), westward = ask_towards(270);
    ASSERT_TRUE(eastward.place_on_road && westward.place_on_road);
    EXPECT_EQ(eastward.place_on_road->road, "东行");
    EXPECT_EQ(westward.place_on_road->road, "西行");
    EXPECT_TRUE(eastward.place_on_road->is_divided);
    const Journey& direct = eastward.needs[0].chosen[0].journey;
    const Journey& round = westward.needs[0].chosen[0].journey;
    EXPECT_NEAR(direct.distance.value, 1'431 + 11, 15);
    EXPECT_NEAR(round.distance.value, 3 * 1'431 + 33, 15);
    ASSERT_TRUE(direct.opposite_seconds && round.opposite_seconds);
    EXPECT_NEAR(*direct.opposite_seconds, round.road_seconds - direct.road_seconds, 1);
    EXPECT_NEAR(*round.opposite_seconds, -*direct.opposite_seconds, 1);
}

// A crew that drives east stands on the eastbound carriageway, however its fix scatters; without a
// heading the nearer one is taken.
TEST(RoadTravel, AHeadingChoosesTheUnitsCarriageway) {
    Roads roads = open(divided_town());
    RoadTravel model(roads, {});
    auto rows = rows_of({free_unit("crew", at(30.90015, 113.515))});
    const Point east_end = at(30.9000, 113.529);
    const auto meters = [&] {
        return ask(model, rows, east_end, 1)[0].chosen[0].journey.distance.value;
    };
    const double round = meters();
    rows[0].heading_degrees = 90;
    const double direct = meters();
    EXPECT_NEAR(direct, 1'336, 15);
    EXPECT_NEAR(round, 1'431 + 22 + 2'768, 30);
    rows[0].heading_degrees.reset();
    EXPECT_EQ(meters(), round);
}

}  // namespace
}  // namespace liandong::dispatch
