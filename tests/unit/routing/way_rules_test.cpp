#include "common/routing/import/way_rules.h"

#include "common/routing/import/turn_relation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace liandong::routing {
namespace {

using Pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

OsmTags tags_of(Pairs pairs) {
    OsmTags tags;
    for (const auto& [key, value] : pairs) tags.add(key, value);
    return tags;
}

/// "ecbf" for who may go forward, then "/", then who may go backward; "-": no road.
std::string who(Pairs pairs) {
    const auto rules = rules_of(tags_of(pairs));
    if (!rules) return "-";
    std::string forward, backward;
    for (std::size_t i = 0; i < kProfiles; ++i) {
        forward += rules->forward[i] > 0 ? "ecbf"[i] : '.';
        backward += rules->backward[i] > 0 ? "ecbf"[i] : '.';
    }
    return forward + "/" + backward;
}

// The table of who may drive where: each row a kind of road or a tag that changes it.
TEST(WayRules, SayWhoMayDriveWhere) {
    EXPECT_EQ(who({{"highway", "residential"}}), "ecbf/ecbf");
    EXPECT_EQ(who({{"highway", "motorway"}}), "ec../....");
    EXPECT_EQ(who({{"highway", "motorway_link"}}), "ec../ec..");
    EXPECT_EQ(who({{"highway", "trunk"}, {"motorroad", "yes"}}), "ec../ec..");
    EXPECT_EQ(who({{"highway", "service"}}), "ecbf/ecbf");
    EXPECT_EQ(who({{"highway", "track"}}), "ecbf/ecbf");
    EXPECT_EQ(who({{"highway", "pedestrian"}}), "e..f/e..f");
    EXPECT_EQ(who({{"highway", "busway"}}), "e.../e...");
    EXPECT_EQ(who({{"highway", "cycleway"}}), "..bf/..bf");
    EXPECT_EQ(who({{"highway", "footway"}}), "...f/...f");
    EXPECT_EQ(who({{"highway", "footway"}, {"access", "yes"}}), "...f/...f");
    EXPECT_EQ(who({{"highway", "footway"}, {"bicycle", "yes"}}), "..bf/..bf");
    EXPECT_EQ(who({{"highway", "path"}, {"motor_vehicle", "yes"}}), "ecbf/ecbf");
    EXPECT_EQ(who({{"highway", "path"}, {"emergency", "yes"}}), "e.bf/e.bf");
    EXPECT_EQ(who({{"highway", "steps"}}), "...f/...f");
}

// What the law closes to others stays open to an emergency vehicle; what is closed to it by name,
// or is military, does not.
TEST(WayRules, AccessTags) {
    EXPECT_EQ(who({{"highway", "service"}, {"access", "private"}}), "e.../e...");
    EXPECT_EQ(who({{"highway", "service"}, {"access", "no"}}), "e.../e...");
    EXPECT_EQ(who({{"highway", "residential"}, {"motor_vehicle", "no"}}), "e.bf/e.bf");
    EXPECT_EQ(who({{"highway", "residential"}, {"access", "no"}, {"foot", "yes"}}), "e..f/e..f");
    EXPECT_EQ(who({{"highway", "service"}, {"access", "no"}, {"emergency", "no"}}), "-");
    EXPECT_EQ(who({{"highway", "service"}, {"access", "military"}}), "-");
    EXPECT_EQ(who({{"highway", "residential"}, {"access", "destination"}}), "ecbf/ecbf");
    EXPECT_EQ(who({{"highway", "track"}, {"motor_vehicle", "agricultural"}}), "e.bf/e.bf");
    EXPECT_EQ(who({{"highway", "primary"}, {"foot", "no"}, {"bicycle", "no"}}), "ec../ec..");
}

// One-way roads bind all that drive, the emergency vehicle too, and nobody on foot.
TEST(WayRules, OneWay) {
    EXPECT_EQ(who({{"highway", "primary"}, {"oneway", "yes"}}), "ecbf/...f");
    EXPECT_EQ(who({{"highway", "primary"}, {"oneway", "-1"}}), "...f/ecbf");
    EXPECT_EQ(who({{"highway", "primary"}, {"junction", "roundabout"}}), "ecbf/...f");
    EXPECT_EQ(who({{"highway", "motorway"}, {"oneway", "no"}}), "ec../ec..");
    EXPECT_EQ(who({{"highway", "primary"}, {"oneway", "reversible"}}), "...f/...f");
    EXPECT_EQ(who({{"highway", "primary"}, {"oneway", "yes"}, {"oneway:bicycle", "no"}}),
              "ecbf/..bf");
    EXPECT_EQ(who({{"highway", "primary"}, {"oneway", "yes"}, {"oneway:emergency", "no"}}),
              "ecbf/e..f");
}

// Ferries, areas, roads that are not there and what is no road give nothing.
TEST(WayRules, WhatIsNoRoad) {
    EXPECT_EQ(who({{"route", "ferry"}}), "-");
    EXPECT_EQ(who({{"highway", "construction"}}), "-");
    EXPECT_EQ(who({{"highway", "proposed"}}), "-");
    EXPECT_EQ(who({{"highway", "pedestrian"}, {"area", "yes"}}), "-");
    EXPECT_EQ(who({{"waterway", "river"}}), "-");
    EXPECT_EQ(who({}), "-");
}

// Limits of size and speed are read with their units; what cannot be read limits nothing.
TEST(WayRules, Limits) {
    EXPECT_EQ(centimeters_of("3.8"), 380);
    EXPECT_EQ(centimeters_of("3.8 m"), 380);
    EXPECT_EQ(centimeters_of("12'6\""), 381);
    EXPECT_EQ(centimeters_of("380 cm"), 380);
    EXPECT_EQ(centimeters_of("default"), 0);
    EXPECT_EQ(centimeters_of("-3"), 0);
    EXPECT_EQ(centimeters_of("1e9"), 0);
    EXPECT_EQ(centimeters_of(""), 0);
    EXPECT_EQ(kilograms_of("7.5"), 7'500U);
    EXPECT_EQ(kilograms_of("3500 kg"), 3'500U);
    EXPECT_EQ(kilograms_of("7.5 st"), 0U);
    EXPECT_NEAR(speed_limit_meters_per_second("36"), 10, 1e-9);
    EXPECT_NEAR(speed_limit_meters_per_second("30 mph"), 13.4112, 1e-4);
    EXPECT_EQ(speed_limit_meters_per_second("none"), 0);
    const auto rules = rules_of(tags_of({{"highway", "residential"},
                                         {"maxheight", "3.5"},
                                         {"maxheight:physical", "3.4"},
                                         {"maxweight", "12"},
                                         {"bridge", "yes"}}));
    ASSERT_TRUE(rules);
    EXPECT_EQ(rules->limits, (SizeLimits{340, 0, 12'000}));
    EXPECT_EQ(rules->flags, kBridge);
}

// A signed limit below the class's speed slows by its ratio; one above changes nothing; lights and
// sirens take 0.70 of a car's time.
TEST(WayRules, Speeds) {
    const auto speed = [](Pairs pairs, Profile profile) {
        return rules_of(tags_of(pairs))->forward[index_of(profile)];
    };
    const double car = speed({{"highway", "primary"}}, Profile::kCar);
    EXPECT_NEAR(speed({{"highway", "primary"}}, Profile::kEmergency) * 0.70, car, 1e-9);
    EXPECT_NEAR(speed({{"highway", "primary"}, {"maxspeed", "100"}}, Profile::kCar), car, 1e-9);
    EXPECT_NEAR(speed({{"highway", "primary"}, {"maxspeed", "18"}}, Profile::kCar), 5, 1e-9);
    EXPECT_NEAR(speed({{"highway", "primary"}, {"maxspeed", "18"}}, Profile::kFoot),
                speed({{"highway", "primary"}}, Profile::kFoot), 1e-9);
}

std::string passing(Pairs pairs) {
    const auto rules = barrier_of(tags_of(pairs));
    if (!rules) return "open";
    std::string text;
    for (std::size_t i = 0; i < kProfiles; ++i)
        text += rules->times[i] != kNoEntry ? "ecbf"[i] : '.';
    return text;
}

// Gates let in whom they are for, and always an emergency vehicle, at a price; bollards let in feet
// and bicycles, and an emergency vehicle only where they can be taken away.
TEST(BarrierRules, SayWhoPasses) {
    EXPECT_EQ(passing({{"barrier", "gate"}}), "ecbf");
    EXPECT_EQ(passing({{"barrier", "gate"}, {"access", "private"}}), "e...");
    EXPECT_EQ(passing({{"barrier", "lift_gate"}, {"motor_vehicle", "no"}}), "e.bf");
    EXPECT_EQ(passing({{"barrier", "gate"}, {"emergency", "no"}}), ".cbf");
    EXPECT_EQ(passing({{"barrier", "bollard"}}), "..bf");
    EXPECT_EQ(passing({{"barrier", "bollard"}, {"bollard", "removable"}}), "e.bf");
    EXPECT_EQ(passing({{"barrier", "bollard"}, {"emergency", "yes"}}), "e.bf");
    EXPECT_EQ(passing({{"barrier", "block"}, {"motor_vehicle", "yes"}}), "ecbf");
    EXPECT_EQ(passing({{"barrier", "stile"}}), "...f");
    EXPECT_EQ(passing({{"barrier", "toll_booth"}}), "open");
    EXPECT_EQ(passing({{"barrier", "height_restrictor"}}), "open");
    EXPECT_EQ(passing({{"barrier", "height_restrictor"}, {"maxheight", "2.1"}}), "ecbf");
    EXPECT_EQ(barrier_of(tags_of({{"barrier", "height_restrictor"}, {"maxheight", "2.1"}}))
                  ->limits.height_cm,
              210);
    EXPECT_EQ(barrier_of(tags_of({{"barrier", "gate"}}))->times[0], 20'000U);
}

TurnRelationKind read(Pairs pairs, std::vector<OsmMember> members, TurnRelation& turn) {
    OsmRelation relation;
    relation.tags = tags_of(pairs);
    relation.members = std::move(members);
    return read_turn(relation, turn);
}

const std::vector<OsmMember> kMembers{
    {OsmKind::kWay, 1, "from"}, {OsmKind::kNode, 2, "via"}, {OsmKind::kWay, 3, "to"}};

// A restriction binds what drives, `except` frees, a kind in its key narrows it.
TEST(TurnRelation, SaysWhomItBinds) {
    TurnRelation turn;
    const auto bound = [&](Pairs pairs) {
        EXPECT_EQ(read(pairs, kMembers, turn), TurnRelationKind::kTaken);
        std::string text;
        for (std::size_t i = 0; i < kProfiles; ++i) text += turn.profiles[i] ? "ecbf"[i] : '.';
        return text;
    };
    EXPECT_EQ(bound({{"type", "restriction"}, {"restriction", "no_left_turn"}}), "ecb.");
    EXPECT_FALSE(turn.only);
    EXPECT_EQ(turn.from_way, 1);
    EXPECT_EQ(turn.via_node, 2);
    EXPECT_EQ(turn.to_way, 3);
    EXPECT_EQ(bound({{"type", "restriction"}, {"restriction", "only_straight_on"}}), "ecb.");
    EXPECT_TRUE(turn.only);
    EXPECT_EQ(bound({{"type", "restriction"},
                     {"restriction", "no_u_turn"},
                     {"except", "psv; bicycle;emergency"}}),
              ".c..");
    EXPECT_EQ(bound({{"type", "restriction"}, {"restriction:bicycle", "no_right_turn"}}), "..b.");
}

// What is passed over says why.
TEST(TurnRelation, SaysWhatItPassesOver) {
    TurnRelation turn;
    EXPECT_EQ(read({{"type", "multipolygon"}}, kMembers, turn), TurnRelationKind::kNone);
    EXPECT_EQ(read({{"type", "restriction"}, {"restriction:hgv", "no_left_turn"}}, kMembers, turn),
              TurnRelationKind::kNone);
    EXPECT_EQ(read({{"type", "restriction"}, {"restriction:conditional", "no_left_turn @ (Mo)"}},
                   kMembers, turn),
              TurnRelationKind::kConditional);
    EXPECT_EQ(read({{"type", "restriction"}, {"restriction", "give_way"}}, kMembers, turn),
              TurnRelationKind::kUnclear);
    auto by_way = kMembers;
    by_way[1].kind = OsmKind::kWay;
    EXPECT_EQ(read({{"type", "restriction"}, {"restriction", "no_u_turn"}}, by_way, turn),
              TurnRelationKind::kViaWay);
    auto lacking = kMembers;
    lacking.pop_back();
    EXPECT_EQ(read({{"type", "restriction"}, {"restriction", "no_u_turn"}}, lacking, turn),
              TurnRelationKind::kUnclear);
}

}  // namespace
}  // namespace liandong::routing
