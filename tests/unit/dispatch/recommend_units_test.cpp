#include "tests/unit/dispatch/dispatch_fixture.h"

#include <gmock/gmock.h>

#include <chrono>

namespace liandong::dispatch {
namespace {

class RecommendUnits : public DispatchFixture {
protected:
    pb::RecommendUnitsResponse recommend(pb::RecommendUnitsRequest request) {
        const auto response =
            run(desk_.dispatch().recommend_units(dispatcher(), std::move(request)));
        EXPECT_TRUE(response);
        return response.value_or(pb::RecommendUnitsResponse{});
    }
    static pb::RecommendUnitsRequest near_home() {
        pb::RecommendUnitsRequest request;
        request.mutable_position()->set_latitude(30.93);
        request.mutable_position()->set_longitude(113.57);
        request.mutable_position()->set_datum(common_pb::DATUM_WGS84);
        request.add_needs();
        return request;
    }
};

// Each candidate says how far, by which model, how old its position is, and whether its desk must
// be asked.
TEST_F(RecommendUnits, SaysWhy) {
    pb::ImportUnitsRequest import_request;
    *import_request.mutable_header() = desk_.mutation_header();
    *import_request.add_units() = make_unit("far");
    import_request.mutable_units(0)->mutable_home()->set_latitude(30.94);
    *import_request.add_units() = make_unit("near");
    import_request.mutable_units(1)->set_relation(pb::COMMAND_RELATION_REQUEST);
    const auto imported = run(desk_.dispatch().import_units(dispatcher(), import_request));
    ASSERT_TRUE(imported);
    desk_.loop().advance(std::chrono::seconds{90});
    auto request = near_home();
    request.set_alternatives(5);
    request.set_target_seconds(240);
    const std::uint64_t before = log_size();
    const auto response = recommend(request);
    EXPECT_EQ(log_size(), before);
    ASSERT_EQ(response.needs_size(), 1);
    ASSERT_EQ(response.needs(0).chosen_size(), 1);
    const pb::Candidate& chosen = response.needs(0).chosen(0);
    EXPECT_EQ(chosen.unit_id(), "near");
    EXPECT_EQ(chosen.unit_version(), imported->header().revision().seq());
    EXPECT_EQ(chosen.model(), pb::DISTANCE_MODEL_STRAIGHT_LINE);
    EXPECT_EQ(chosen.reason(), "CLOSEST");
    EXPECT_EQ(chosen.position_age_seconds(), 90U);
    EXPECT_TRUE(chosen.needs_request());
    EXPECT_NEAR(chosen.distance_meters(), 0, 0.01);
    EXPECT_EQ(chosen.fallback_reason(), "NO_ROADS");
    EXPECT_NEAR(chosen.eta_p50_seconds(), chosen.turnout_seconds(), 0.01);
    EXPECT_GT(chosen.eta_p90_seconds(), chosen.eta_p50_seconds());
    EXPECT_EQ(chosen.road_seconds(), 0);
    EXPECT_GT(chosen.within_target(), 0.9);
    EXPECT_FALSE(response.place_on_road());
    ASSERT_EQ(response.needs(0).alternatives_size(), 1);
    EXPECT_EQ(response.needs(0).alternatives(0).reason(), "ALTERNATIVE");
    EXPECT_NEAR(response.needs(0).alternatives(0).distance_meters(), 1'112, 2);
    EXPECT_LT(response.needs(0).alternatives(0).within_target(), chosen.within_target());
    EXPECT_FALSE(response.place_unknown());
}

// An incident whose place nobody knows still gets units.
TEST_F(RecommendUnits, WithoutAPlace) {
    import({"b", "a"});
    pb::RecommendUnitsRequest request;
    request.set_incident_id(report());
    request.add_needs();
    const auto response = recommend(request);
    EXPECT_TRUE(response.place_unknown());
    EXPECT_EQ(response.needs(0).chosen(0).unit_id(), "a");
}

// A unit that was sent is not recommended again, and comes back when it is cleared.
TEST_F(RecommendUnits, FollowsTheOrders) {
    import({"u1"});
    EXPECT_EQ(recommend(near_home()).needs(0).chosen_size(), 1);
    const pb::Order order = send("u1");
    const auto busy = recommend(near_home());
    EXPECT_EQ(busy.needs(0).missing(), 1U);
    EXPECT_EQ(busy.needs(0).missing_reason(), "ALL_COMMITTED");
    ASSERT_TRUE(clear(order.id()));
    EXPECT_EQ(recommend(near_home()).needs(0).chosen_size(), 1);
}

}  // namespace
}  // namespace liandong::dispatch
