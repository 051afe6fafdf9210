#include "common/domain/closure.h"
#include "services/dispatch/policy/close_road.h"
#include "services/dispatch/policy/road_travel.h"
#include "tests/support/town.h"
#include "tests/unit/dispatch/dispatch_fixture.h"
#include "tests/unit/dispatch/samples.h"

#include <gmock/gmock.h>

#include <chrono>

namespace liandong::dispatch {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// A block of four streets, 1,112 m by 478 m: 北街 is the short way from its west to its east.
test::Town block() {
    test::Town town;
    const auto nw = town.node(30.91, 113.50), ne = town.node(30.91, 113.505);
    const auto sw = town.node(30.90, 113.50), se = town.node(30.90, 113.505);
    const auto west = town.node(30.91, 113.49), east = town.node(30.91, 113.515);
    using routing::RoadClass;
    town.road(west, nw, RoadClass::kPrimary, "西口");
    town.road(nw, ne, RoadClass::kPrimary, "北街");
    town.road(ne, east, RoadClass::kPrimary, "东口");
    town.road(nw, sw, RoadClass::kPrimary, "西街");
    town.road(sw, se, RoadClass::kPrimary, "南街");
    town.road(se, ne, RoadClass::kPrimary, "东街");
    return town;
}

/// A desk whose process has a map, next to the one without.
class Closures : public DispatchFixture {
protected:
    void SetUp() override {
        pb::ImportUnitsRequest request;
        *request.mutable_header() = desk_.mutation_header();
        for (const auto& [id, longitude] :
             {std::pair("west", 113.491), std::pair("east", 113.511)}) {
            pb::Unit& unit = *request.add_units() = make_unit(id);
            unit.set_kind(pb::UNIT_KIND_FIRE_ENGINE);
            unit.mutable_home()->set_latitude(30.91);
            unit.mutable_home()->set_longitude(longitude);
        }
        ASSERT_TRUE(run(handlers_.import_units(dispatcher(), request)));
    }

    static void put(common_pb::Position& out, double latitude, double longitude) {
        out.set_latitude(latitude);
        out.set_longitude(longitude);
        out.set_datum(common_pb::DATUM_WGS84);
    }
    pb::CloseRoadRequest close_request(double latitude, double longitude) {
        pb::CloseRoadRequest request;
        *request.mutable_header() = desk_.mutation_header();
        pb::Closure& closure = *request.mutable_closure();
        closure.set_reason(pb::CLOSURE_REASON_FLOOD);
        put(*closure.mutable_at(), latitude, longitude);
        closure.set_expires_at_micros(to_micros(desk_.clock().now() + 1h));
        return request;
    }
    pb::Closure close(const pb::CloseRoadRequest& request) {
        const auto response = run(handlers_.close_road(dispatcher(), request));
        EXPECT_TRUE(response) << response.error().reason;
        return response.value_or(pb::CloseRoadResponse{}).closure();
    }
    pb::Closure close_north_street() { return close(close_request(30.91, 113.502)); }
    Result<pb::ReopenRoadResponse> reopen(const std::string& id) {
        pb::ReopenRoadRequest request;
        *request.mutable_header() = desk_.mutation_header();
        request.set_closure_id(id);
        request.set_reason("水退了");
        return run(handlers_.reopen_road(dispatcher(), request));
    }
    std::vector<std::string> listed(bool all) {
        pb::ListClosuresRequest request;
        request.set_include_all(all);
        request.mutable_page()->set_size(1);
        std::vector<std::string> ids;
        for (;;) {
            const auto page = run(handlers_.list_closures(dispatcher(), request));
            EXPECT_TRUE(page);
            for (const pb::Closure& closure : page->closures()) ids.push_back(closure.id());
            if (page->page().next_token().empty()) return ids;
            request.mutable_page()->set_token(page->page().next_token());
        }
    }
    /// Both units for a place on 东口, west first or last as the roads are.
    pb::RecommendUnitsResponse recommend(double latitude = 30.91, double longitude = 113.506) {
        pb::RecommendUnitsRequest request;
        put(*request.mutable_position(), latitude, longitude);
        request.add_needs()->set_count(2);
        const auto response = run(handlers_.recommend_units(dispatcher(), request));
        EXPECT_TRUE(response);
        return response.value_or(pb::RecommendUnitsResponse{});
    }
    static const pb::Candidate& of(const pb::RecommendUnitsResponse& response, const char* id) {
        for (const pb::Candidate& candidate : response.needs(0).chosen()) {
            if (candidate.unit_id() == id) return candidate;
        }
        ADD_FAILURE() << id << " is not among them";
        return pb::Candidate::default_instance();
    }

    Roads roads_{*routing::RoadGraph::from_bytes(block().bytes())};
    RoadTravel travel_{roads_, {}};
    DispatchService service_{desk_.context(), travel_};
    DispatchHandlers handlers_{service_};
};

// From the moment a road is closed a recommendation goes round it and says what that costs and why;
// from the moment it is reopened it does not.
TEST_F(Closures, AreDrivenRoundUntilTheyAreLifted) {
    const auto before = recommend();
    EXPECT_EQ(of(before, "west").closure_seconds(), 0);
    const pb::Closure closure = close_north_street();
    EXPECT_EQ(closure.state(), pb::CLOSURE_STATE_IN_FORCE);
    EXPECT_EQ(closure.effect().road_name(), "北街");
    EXPECT_EQ(closure.effect().roads(), 1U);
    EXPECT_NEAR(closure.effect().length_meters(), 477, 2);
    EXPECT_EQ(closure.effect().idle_reason(), "");

    const auto during = recommend();
    const pb::Candidate& west = of(during, "west");
    EXPECT_THAT(west.closure_ids(), ElementsAre(closure.id()));
    EXPECT_NEAR(west.distance_meters() - of(before, "west").distance_meters(), 2 * 1'112, 5);
    EXPECT_NEAR(west.closure_seconds(), west.road_seconds() - of(before, "west").road_seconds(),
                0.1);
    EXPECT_GT(west.closure_seconds(), 60);
    EXPECT_EQ(of(during, "east").closure_seconds(), 0);
    EXPECT_THAT(of(during, "east").closure_ids(), IsEmpty());
    EXPECT_FALSE(during.place_road_closed());

    const auto lifted = reopen(closure.id());
    ASSERT_TRUE(lifted);
    EXPECT_EQ(lifted->closure().state(), pb::CLOSURE_STATE_LIFTED);
    EXPECT_FALSE(lifted->closure().has_effect());
    const auto after = recommend();
    EXPECT_EQ(of(after, "west").road_seconds(), of(before, "west").road_seconds());
    EXPECT_THAT(of(after, "west").closure_ids(), IsEmpty());
}

// Nothing has to happen for a closure to begin or to end: time alone does it.
TEST_F(Closures, BeginAndEndByTheClock) {
    auto request = close_request(30.91, 113.502);
    request.mutable_closure()->set_begins_at_micros(to_micros(desk_.clock().now() + 10min));
    const pb::Closure closure = close(request);
    EXPECT_EQ(closure.state(), pb::CLOSURE_STATE_PLANNED);
    EXPECT_THAT(listed(false), IsEmpty());
    EXPECT_THAT(listed(true), ElementsAre(closure.id()));
    EXPECT_EQ(of(recommend(), "west").closure_seconds(), 0);
    desk_.advance(10min);
    EXPECT_GT(of(recommend(), "west").closure_seconds(), 60);
    EXPECT_THAT(listed(false), ElementsAre(closure.id()));
    desk_.advance(50min);
    EXPECT_EQ(of(recommend(), "west").closure_seconds(), 0);
    EXPECT_THAT(listed(false), IsEmpty());
    EXPECT_THAT(listed(true), ElementsAre(closure.id()));
    EXPECT_EQ(reopen(closure.id()).error().reason, "CLOSURE_ENDED");
}

// Where the incident's own road is closed, the answer says so and how far the nearest open one is;
// a unit on a closed road is put on the nearest open one, and back when it opens.
TEST_F(Closures, OfTheRoadAtThePlaceAreSaid) {
    const pb::Closure closure = close(close_request(30.91, 113.508));
    const auto response = recommend(30.9101, 113.506);
    EXPECT_TRUE(response.place_road_closed());
    EXPECT_EQ(response.place_closed_road_name(), "东口");
    EXPECT_THAT(response.place_closure_ids(), ElementsAre(closure.id()));
    EXPECT_TRUE(response.place_on_road());
    EXPECT_NEAR(response.place_off_road_meters(), 96, 2);
    EXPECT_EQ(of(response, "east").fallback_reason(), "UNIT_OFF_ROAD");
    ASSERT_TRUE(reopen(closure.id()));
    const auto open = recommend(30.9101, 113.506);
    EXPECT_FALSE(open.place_road_closed());
    EXPECT_NEAR(of(open, "east").off_road_meters(), 0, 0.1);
    EXPECT_EQ(of(open, "east").fallback_reason(), "");
}

// Whom the closures leave no way, the answer names those that do.
TEST_F(Closures, ThatLeaveNoWayAreNamed) {
    const pb::Closure north = close_north_street();
    auto request = close_request(30.90, 113.502);
    request.mutable_closure()->set_reason(pb::CLOSURE_REASON_LANDSLIDE);
    close(request);
    const auto response = recommend();
    const pb::Candidate& west = of(response, "west");
    EXPECT_EQ(west.fallback_reason(), "NO_WAY");
    EXPECT_THAT(west.closure_ids(), ElementsAre(north.id()));
    EXPECT_EQ(west.model(), pb::DISTANCE_MODEL_STRAIGHT_LINE);
    EXPECT_EQ(response.needs(0).chosen(1).unit_id(), "west");
}

// A height bar stops what is higher; a closure for walkers stops no engine; one direction leaves
// the other open.
TEST_F(Closures, StopWhomTheyMean) {
    auto bar = close_request(30.91, 113.502);
    bar.mutable_closure()->set_reason(pb::CLOSURE_REASON_HEIGHT_BAR);
    bar.mutable_closure()->set_height_max_cm(360);
    const pb::Closure high = close(bar);
    EXPECT_EQ(of(recommend(), "west").closure_seconds(), 0);
    *bar.mutable_header() = desk_.mutation_header();
    bar.mutable_closure()->set_height_max_cm(340);
    const pb::Closure low = close(bar);
    EXPECT_GT(of(recommend(), "west").closure_seconds(), 60);
    ASSERT_TRUE(reopen(low.id()));

    auto walkers = close_request(30.91, 113.502);
    walkers.mutable_closure()->add_stops(pb::ROAD_USER_FOOT);
    EXPECT_THAT(close(walkers).stops(), ElementsAre(pb::ROAD_USER_FOOT));
    EXPECT_EQ(of(recommend(), "west").closure_seconds(), 0);

    auto westward = close_request(30.91, 113.502);
    westward.mutable_closure()->set_heading_degrees(270);
    const pb::Closure one_way = close(westward);
    EXPECT_EQ(of(recommend(), "west").closure_seconds(), 0);
    ASSERT_TRUE(reopen(one_way.id()));
    *westward.mutable_header() = desk_.mutation_header();
    westward.mutable_closure()->set_heading_degrees(90);
    close(westward);
    EXPECT_GT(of(recommend(), "west").closure_seconds(), 60);
}

// A stretch closes what lies between its ends.
TEST_F(Closures, MayBeStretches) {
    auto request = close_request(30.91, 113.495);
    put(*request.mutable_closure()->mutable_to(), 30.91, 113.504);
    const pb::Closure closure = close(request);
    EXPECT_EQ(closure.effect().roads(), 2U);
    EXPECT_EQ(closure.effect().road_name(), "西口");
    EXPECT_NEAR(closure.effect().length_meters(), 955 + 477, 5);
    EXPECT_EQ(closure.to().longitude(), 113.504);
}

// What the map does not know is kept all the same, and says that it does nothing; so does a process
// without a map. It is durable: another process lists what this one was told.
TEST_F(Closures, AreKeptWithoutAMap) {
    const pb::Closure lost = close(close_request(31.5, 113.5));
    EXPECT_EQ(lost.effect().idle_reason(), "ROAD_TOO_FAR");
    EXPECT_EQ(lost.effect().roads(), 0U);
    pb::ListClosuresRequest request;
    const auto elsewhere = run(desk_.dispatch().list_closures(dispatcher(), request));
    ASSERT_TRUE(elsewhere);
    ASSERT_EQ(elsewhere->closures_size(), 1);
    EXPECT_EQ(elsewhere->closures(0).effect().idle_reason(), "NO_ROADS");
    EXPECT_EQ(elsewhere->closures(0).author(), "dispatcher");
    EXPECT_EQ(elsewhere->closures(0).agency(), "gongan");
    EXPECT_EQ(elsewhere->closures(0).reason(), pb::CLOSURE_REASON_FLOOD);
}

// The same request closes once; lifting is done once and by a name that exists.
TEST_F(Closures, AreEnteredAndLiftedOnce) {
    const auto request = close_request(30.91, 113.502);
    const pb::Closure first = close(request);
    const std::uint64_t events = log_size();
    EXPECT_EQ(close(request).id(), first.id());
    EXPECT_EQ(log_size(), events);
    EXPECT_TRUE(reopen(first.id()));
    EXPECT_EQ(reopen(first.id()).error().reason, "CLOSURE_ENDED");
    EXPECT_EQ(reopen("nothing").error().reason, "CLOSURE_UNKNOWN");
}

// A district closes a thousand roads at most, and a resend of one that was taken is still answered.
TEST_F(Closures, AreBounded) {
    const auto first = close_request(30.91, 113.502);
    close(first);
    for (std::size_t i = 1; i < kClosures_max; ++i) {
        const auto request = close_request(30.91, 113.502);
        ASSERT_TRUE(desk_.run(desk_.dispatch().close_road(dispatcher(), request)));
    }
    desk_.loop().settle();
    expect_refused(handlers_.close_road(dispatcher(), close_request(30.91, 113.502)),
                   Code::kResourceExhausted, "TOO_MANY_CLOSURES");
    EXPECT_TRUE(run(handlers_.close_road(dispatcher(), first)));
    EXPECT_GT(of(recommend(), "west").closure_seconds(), 60);
}

// A board shows closures that are not over, and takes away those that are lifted.
TEST_F(Closures, AreOnTheBoard) {
    const pb::Closure closure = close_north_street();
    test::CollectingSink<pb::WatchBoardResponse> sink;
    desk_.watch(sink, handlers_.watch_board(dispatcher(), {}, sink));
    ASSERT_FALSE(sink.messages().empty());
    ASSERT_EQ(sink.messages().front().closures_size(), 1);
    EXPECT_EQ(sink.messages().front().closures(0).id(), closure.id());
    ASSERT_TRUE(reopen(closure.id()));
    const auto& last = sink.messages().back();
    ASSERT_EQ(last.removals_size(), 1);
    EXPECT_EQ(last.removals(0).kind(), "closure");
    EXPECT_EQ(last.removals(0).id(), closure.id());
}

}  // namespace
}  // namespace liandong::dispatch
