#include "common/routing/time/calibration.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace liandong::routing {
namespace {

constexpr std::size_t kPrimary = index_of(RoadClass::kPrimary);
constexpr std::size_t kResidential = index_of(RoadClass::kResidential);

double normal(Random& random) {
    const double radius = std::sqrt(-2 * std::log(1 - random.unit()));
    return radius * std::cos(2 * std::numbers::pi * random.unit());
}

/// The world as it is: α = −0.2, β = 0.6, primary roads 20 % slower than the map says, nights 10 %,
/// trucks 10 %, σ = 0.3.
std::vector<ObservedTrip> drive(std::size_t trips, std::uint64_t seed) {
    SeededRandom random(seed);
    std::vector<ObservedTrip> driven;
    for (std::size_t i = 0; i < trips; ++i) {
        ObservedTrip trip;
        trip.road.seconds = 30 + 600 * random.unit();
        const double primary = random.unit();
        trip.road.by_class[kPrimary] = 2'000 * primary;
        trip.road.by_class[kResidential] = 2'000 * (1 - primary);
        trip.band = random.below(kHourBands);
        trip.group = random.below(2) == 0 ? "engine" : "truck";
        trip.seconds = 300 * std::exp(-0.2 + 0.6 * std::log(trip.road.seconds / 300) +
                                      0.2 * primary + (trip.band < 2 ? 0.1 : 0) +
                                      (trip.group == "truck" ? 0.1 : 0) + 0.3 * normal(random));
        driven.push_back(trip);
    }
    return driven;
}

RoadTrip road(double seconds, std::size_t kind = kResidential) {
    RoadTrip trip{seconds, {}};
    trip.by_class[kind] = seconds * 10;
    return trip;
}

// Without records, the calibration is the prior: class speeds × the hour's factor.
TEST(Calibration, WithoutTripsIsThePrior) {
    const Calibration none = calibrate({}, Profile::kEmergency);
    EXPECT_NEAR(none.median_seconds(road(400), {3, ""}), 400, 1e-6);
    EXPECT_NEAR(none.median_seconds(road(400), {0, "engine"}), 400 * 1.22, 1e-6);
    const QuantileCurve assumed = class_speeds(Profile::kEmergency).travel(road(400), {3, ""});
    EXPECT_NEAR(assumed.p50(), 400, 1e-6);
    EXPECT_NEAR(assumed.p90(), 400 * std::exp(1.2815516 * kSigmaClassSpeeds), 1e-6);
}

// Of a world that is known, it finds what it can tell: estimates within 3 % wherever records are.
TEST(Calibration, FindsTheWorldsOwnTimes) {
    const Calibration found = calibrate(drive(5'000, 1), Profile::kEmergency);
    EXPECT_NEAR(found.beta, 0.6, 0.03);
    for (const double seconds : {60.0, 200.0, 600.0}) {
        for (const std::size_t band : {0, 4}) {
            for (const std::size_t kind : {kPrimary, kResidential}) {
                const double truth =
                    300 * std::exp(-0.2 + 0.6 * std::log(seconds / 300) +
                                   (kind == kPrimary ? 0.2 : 0) + (band == 0 ? 0.1 : 0) + 0.1);
                EXPECT_NEAR(found.median_seconds(road(seconds, kind), {band, "truck"}) / truth, 1,
                            0.04)
                    << seconds << " " << band << " " << kind;
            }
        }
    }
}

// On trips that it has not seen it is neither early nor late, and its 80 % interval holds 80 %.
TEST(Calibration, PassesItsGateOnHeldOutTrips) {
    const Calibration found = calibrate(drive(1'500, 2), Profile::kEmergency);
    const GateResult gate = judge(drive(1'500, 3), found);
    EXPECT_TRUE(gate.passes()) << gate.median_signed_error << " " << gate.coverage;
    // The gate can fail: class speeds alone are far off in this world.
    EXPECT_FALSE(judge(drive(1'500, 3), class_speeds(Profile::kEmergency)).passes());
}

// One trip in ten is nonsense (a crew that pressed an hour late): the median moves by less than 6
// %.
TEST(Calibration, NonsenseMovesItLittle) {
    auto trips = drive(2'000, 4);
    const double before = calibrate(trips, Profile::kEmergency).median_seconds(road(300), {4, ""});
    for (std::size_t i = 0; i < trips.size(); i += 10) trips[i].seconds = 3'600;
    const double after = calibrate(trips, Profile::kEmergency).median_seconds(road(300), {4, ""});
    EXPECT_NEAR(after / before, 1, 0.06);
}

// Few records are shrunk: one absurd trip does not change a district's times, ten pull a little.
TEST(Calibration, FewTripsStayNearThePrior) {
    std::vector<ObservedTrip> trips(1);
    trips[0] = {
        .road = road(300), .straight_meters = 2'000, .seconds = 3'000, .band = 4, .group = ""};
    const Calibration one = calibrate(trips, Profile::kEmergency);
    EXPECT_LT(one.median_seconds(road(300), {4, ""}), 600);
    const QuantileCurve assumed = calibrate({}, Profile::kEmergency).travel(road(300), {4, ""});
    const Calibration ten = calibrate(drive(10, 5), Profile::kEmergency);
    EXPECT_NEAR(ten.travel(road(300), {4, ""}).p90() / ten.travel(road(300), {4, ""}).p50(),
                assumed.p90() / assumed.p50(), 0.35);
}

// Beyond what was seen it goes on with slope 1: a trip twice as long takes twice as long, and is
// never shorter than a shorter one.
TEST(Calibration, LongTripsAreNotMadeShort) {
    const Calibration found = calibrate(drive(2'000, 6), Profile::kEmergency);
    EXPECT_LT(found.road_seconds_max, 640);
    const double hour = found.median_seconds(road(3'600), {4, ""});
    EXPECT_NEAR(found.median_seconds(road(7'200), {4, ""}) / hour, 2, 1e-9);
    double before = 0;
    for (double seconds = 1; seconds < 4'000; seconds += 10) {
        const double now = found.median_seconds(road(seconds), {4, ""});
        ASSERT_GE(now, before) << seconds;
        before = now;
    }
}

// The bound that lets a search stop is one: no trip of at least that long is estimated below it.
TEST(Calibration, TheLowerBoundHolds) {
    const Calibration found = calibrate(drive(2'000, 7), Profile::kEmergency);
    SeededRandom random(8);
    for (int i = 0; i < 10'000; ++i) {
        RoadTrip trip{2'000 * random.unit(), {}};
        for (double& meters : trip.by_class)
            meters = random.below(2) == 0 ? 0 : 1'000 * random.unit();
        const Circumstances when{random.below(kHourBands), "truck"};
        ASSERT_GE(found.median_seconds(trip, when),
                  found.median_seconds_min(trip.seconds, when) * (1 - 1e-12));
    }
}

// `judge` counts: signed error of the median trip, share inside [p10, p90].
TEST(Calibration, JudgeCounts) {
    std::vector<ObservedTrip> trips(4);
    std::vector<QuantileCurve> estimates;
    for (std::size_t i = 0; i < trips.size(); ++i) {
        trips[i].seconds = 100;
        estimates.push_back(log_normal(i == 0 ? 300 : 110, 0.2));
    }
    const GateResult result = judge(trips, estimates);
    EXPECT_NEAR(result.median_signed_error, 0.1, 1e-9);
    EXPECT_DOUBLE_EQ(result.coverage, 0.75);
    EXPECT_DOUBLE_EQ(result.mean_absolute_seconds, (200 + 3 * 10) / 4.0);
    EXPECT_FALSE(result.passes());
}

}  // namespace
}  // namespace liandong::routing
