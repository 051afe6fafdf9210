#include "common/routing/time/time_model.h"

#include "common/base/random.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace liandong::routing {
namespace {

TimeModel sample() {
    SeededRandom random(1);
    std::vector<ObservedTrip> trips;
    std::vector<ObservedTurnout> turnouts;
    for (int i = 0; i < 300; ++i) {
        ObservedTrip trip;
        trip.road.seconds = 60 + 300 * random.unit();
        trip.road.by_class[i % kRoadClasses] = 1'000;
        trip.seconds = trip.road.seconds * (0.8 + random.unit());
        trip.band = random.below(kHourBands);
        trip.group = "fire_engine";
        trips.push_back(trip);
        turnouts.push_back({"fire_engine", trip.band, 100 * random.unit()});
    }
    TimeModel model;
    model.name = "县城 2026";
    model.utc_offset = -std::chrono::hours{8};
    model.calibrations[index_of(Profile::kEmergency)] = calibrate(trips, Profile::kEmergency);
    model.turnout = tabulate(turnouts);
    return model;
}

std::string with(std::string text, std::string_view what, std::string_view instead) {
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return at == std::string::npos ? text : text.replace(at, what.size(), instead);
}

std::string refused(const std::string& text) {
    const auto read = parse_time_model(text);
    if (read) return "read";
    EXPECT_EQ(read.error().code, Code::kInvalidArgument);
    EXPECT_EQ(read.error().reason, "TRAVEL_MODEL_MALFORMED");
    return std::string(read.error().find("field"));
}

// What is written is read back, and estimates the same.
TEST(TimeModel, IsReadAsWritten) {
    const TimeModel model = sample();
    const auto read = parse_time_model(to_json(model));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->name, model.name);
    EXPECT_EQ(read->utc_offset, model.utc_offset);
    EXPECT_TRUE(read->is_calibrated(Profile::kEmergency));
    EXPECT_FALSE(read->is_calibrated(Profile::kCar));
    RoadTrip trip{200, {}};
    trip.by_class[2] = 900;
    for (std::size_t band = 0; band < kHourBands; ++band) {
        const Circumstances when{band, "fire_engine"};
        EXPECT_NEAR(read->road(Profile::kEmergency).travel(trip, when).p90(),
                    model.road(Profile::kEmergency).travel(trip, when).p90(), 1e-9);
        EXPECT_NEAR(read->turnout.turnout("fire_engine", band, Readiness::kInQuarters).p50(),
                    model.turnout.turnout("fire_engine", band, Readiness::kInQuarters).p50(), 1e-9);
    }
}

// What was never calibrated stands at class speeds.
TEST(TimeModel, UncalibratedIsClassSpeeds) {
    EXPECT_EQ(TimeModel{}.road(Profile::kCar), class_speeds(Profile::kCar));
    const auto read = parse_time_model(to_json({}));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, TimeModel{});
}

// Each thing that cannot be meant is refused with the place where it stands.
TEST(TimeModel, NamesWhatIsWrong) {
    const std::string text = to_json(sample());
    EXPECT_EQ(refused(""), "file");
    EXPECT_EQ(refused(text.substr(0, text.size() / 2)), "file");
    EXPECT_EQ(refused("[]"), "");
    EXPECT_EQ(refused(with(text, "liandong-travel-model", "another")), "format");
    EXPECT_EQ(refused(with(text, "\"version\":1", "\"version\":2")), "version");
    EXPECT_EQ(refused(with(text, "emergency", "boat")), "calibrations[0].profile");
    EXPECT_EQ(refused(with(text, "\"beta\":", "\"beta\":9")), "calibrations[0].beta");
    EXPECT_EQ(refused(with(text, "\"trunk\":", "\"trank\":")), "calibrations[0].gamma.trunk");
    EXPECT_EQ(refused(with(text, "\"residuals\":[", "\"residuals\":[1,")),
              "calibrations[0].residuals");
    EXPECT_EQ(refused(with(text, "\"trips\":300", "\"trips\":-1")), "calibrations[0].trips");
    EXPECT_EQ(refused(with(text, "\"seconds\":[", "\"seconds\":[9e5,")),
              "turnout[0].bands[0].seconds");
    EXPECT_EQ(refused(std::string(kTimeModelBytes_max + 1, ' ')), "file");
}

// Damage anywhere is refused or read as another sound model; it never crashes (a fuzz in small).
TEST(TimeModel, DamageIsNeverACrash) {
    const std::string text = to_json(sample());
    SeededRandom random(2);
    for (int i = 0; i < 3'000; ++i) {
        std::string damaged = text;
        for (std::uint64_t k = 0, hits = 1 + random.below(4); k < hits; ++k)
            damaged[random.below(damaged.size())] = static_cast<char>(random.next());
        const auto read = parse_time_model(damaged);
        if (!read) continue;
        RoadTrip trip{200, {}};
        ASSERT_TRUE(std::isfinite(read->road(Profile::kEmergency).travel(trip, {0, ""}).p90()));
    }
}

// A file that is not there is one clear error.
TEST(TimeModel, AMissingFile) {
    const auto read = load_time_model("/nonexistent/model.json");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().reason, "TRAVEL_MODEL_UNREADABLE");
}

}  // namespace
}  // namespace liandong::routing
