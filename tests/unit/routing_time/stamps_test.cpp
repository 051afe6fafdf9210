#include "common/routing/time/stamps.h"

#include "common/routing/time/calibrate_model.h"
#include "tests/support/town.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::routing {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kHeader =
    "group,profile,from_latitude,from_longitude,to_latitude,to_longitude,sent,departed,arrived\n";

domain::Point at(double latitude, double longitude) {
    return *domain::to_wgs84(latitude, longitude, domain::Datum::kWgs84);
}

Stamp stamp(domain::Point from, domain::Point to, std::chrono::seconds took) {
    const Timestamp sent = *parse_rfc3339("2026-07-18T10:00:00Z");
    return {"fire_engine", Profile::kEmergency, from, to, sent, sent + 60s, sent + 60s + took};
}

std::string refused(const std::string& text) {
    std::istringstream in(text);
    const auto read = read_stamps(in);
    return read ? "read" : read.error().reason + " " + std::string(read.error().find("line"));
}

// What is written is read back.
TEST(Stamps, AreReadAsWritten) {
    const std::vector<Stamp> stamps = {stamp(at(30.9, 113.48), at(30.9, 113.53), 300s),
                                       stamp(at(-12.3456789, -77), at(0, 179.9), -5s)};
    std::stringstream text;
    write_stamps(stamps, text);
    const auto read = read_stamps(text);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, stamps);
}

// Each fault is named with its line.
TEST(Stamps, NameTheLine) {
    const std::string header(kHeader);
    const std::string good =
        "engine,emergency,30.9,113.5,30.9,113.5,2026-07-18T10:00:00Z,2026-07-18T10:01:00Z,"
        "2026-07-18T10:05:00Z\n";
    EXPECT_EQ(refused(header + good), "read");
    EXPECT_EQ(refused(""), "STAMPS_MISSING 1");
    EXPECT_EQ(refused(header), "STAMPS_MISSING 1");
    EXPECT_EQ(refused("a,b\n" + good), "STAMPS_MALFORMED 1");
    EXPECT_EQ(refused(header + good + "x,y\n"), "STAMPS_MALFORMED 3");
    EXPECT_EQ(refused(header + good + "more," + good), "STAMPS_MALFORMED 3");
    EXPECT_EQ(refused(header + "engine,boat" + good.substr(16)), "STAMPS_MALFORMED 2");
    EXPECT_EQ(refused(header + "engine,emergency,91" + good.substr(21)), "STAMPS_MALFORMED 2");
    EXPECT_EQ(refused(header + "engine,emergency,x" + good.substr(21)), "STAMPS_MALFORMED 2");
    EXPECT_EQ(refused(header + good.substr(0, good.size() - 3) + "\n"), "TIME_MALFORMED 2");
    EXPECT_EQ(refused(header + std::string(2'000, 'x')), "STAMPS_MALFORMED 2");
}

// On a map a stamp becomes a trip along its road; what says nothing about speed is counted by
// cause.
TEST(Stamps, BecomeTripsOnAMap) {
    const auto graph = RoadGraph::from_bytes(test::river_town().bytes());
    ASSERT_TRUE(graph);
    const auto quay = at(30.9, 113.50), end = at(30.9, 113.53), field = at(30.95, 113.5);
    const Observed observed =
        observe({stamp(quay, end, 300s), stamp(quay, end, -5s), stamp(quay, end, 5h),
                 stamp(quay, quay, 60s), stamp(field, end, 300s), stamp(quay, field, 300s)},
                *graph, 8h);
    ASSERT_EQ(observed.trips.size(), 1U);
    const ObservedTrip& trip = observed.trips[0].trip;
    EXPECT_EQ(trip.seconds, 300);
    EXPECT_EQ(trip.band, 6U) << "18:01 in China";
    EXPECT_NEAR(trip.straight_meters, 2'862, 5);
    EXPECT_NEAR(trip.road.by_class[index_of(RoadClass::kPrimary)], 2'862, 5);
    EXPECT_NEAR(trip.road.seconds,
                2'862 / class_speed_meters_per_second(RoadClass::kPrimary, Profile::kEmergency), 1);
    EXPECT_EQ(observed.turnouts.size(), 6U);
    const std::map<std::string, std::size_t> dropped = {{"times run backwards or are absurd", 2},
                                                        {"too near", 1},
                                                        {"origin off the roads", 1},
                                                        {"destination off the roads", 1}};
    EXPECT_EQ(observed.dropped, dropped);
}

// The last third of the days is held out; a profile whose gate fails is left out of the model
// unless it is accepted.
TEST(Stamps, AFailedGateIsLeftOut) {
    Observed observed;
    for (int day = 0; day < 9; ++day) {
        for (int i = 0; i < 60; ++i) {
            ObservedStamp one;
            one.stamp.departed = *parse_rfc3339("2026-07-01T04:00:00Z") + day * 24h;
            one.stamp.profile = i % 2 == 0 ? Profile::kEmergency : Profile::kCar;
            one.trip.road.seconds = 100 + 10 * i;
            one.trip.straight_meters = 1'000;
            // Regular with sirens; for cars the last three days are another world.
            const double factor = one.stamp.profile == Profile::kCar && day >= 6 ? 4 : 1;
            one.trip.seconds = one.trip.road.seconds * factor * (0.7 + 0.01 * i);
            observed.trips.push_back(one);
        }
    }
    CalibrationPlan plan{.name = "test", .utc_offset = 8h, .held_out_from = {}};
    plan.held_out_from = last_third(observed, plan.utc_offset);
    EXPECT_EQ(plan.held_out_from, *parse_rfc3339("2026-07-06T16:00:00Z"));
    const auto outcome = calibrate_model(observed, plan);
    ASSERT_EQ(outcome.profiles.size(), 2U);
    EXPECT_EQ(outcome.profiles[0].fitted, 180U);
    EXPECT_FALSE(outcome.profiles[1].passes());
    EXPECT_FALSE(outcome.model.is_calibrated(Profile::kCar));
    EXPECT_EQ(outcome.profiles[0].by_day.size(), 10U) << "nine days, and all of them";
    plan.accept_failed = true;
    EXPECT_TRUE(calibrate_model(observed, plan).model.is_calibrated(Profile::kCar));
}

}  // namespace
}  // namespace liandong::routing
