#include "tests/e2e/page.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"
#include "tests/support/town.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <stdlib.h>
#include <unistd.h>

namespace liandong::test {
namespace {

/// A file with these bytes, for as long as the object.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::string& bytes) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "liandong-roads-XXXXXX").string();
        ::close(::mkstemp(pattern.data()));
        path_ = pattern;
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~TemporaryFile() { std::filesystem::remove(path_); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// Two patrols near the southern quay, one of them beyond the river.
void bring_units(const Platform& platform) {
    auto request = import_units({"across", "same-bank"});
    for (auto& unit : *request.mutable_units()) unit.set_kind(dispatch_pb::UNIT_KIND_POLICE_PATROL);
    *request.mutable_units(0)->mutable_home() = position(30.902, 113.50);
    *request.mutable_units(1)->mutable_home() = position(30.900, 113.515);
    ASSERT_TRUE(platform.wire.ask<dispatch_pb::ImportUnitsResponse>(request));
}

dispatch_pb::RecommendUnitsResponse ask(const Platform& platform) {
    auto request = read_of<dispatch_pb::RecommendUnitsRequest>();
    *request.mutable_position() = position(30.900, 113.50);
    request.add_needs();
    request.set_alternatives(1);
    const auto response = platform.wire.ask<dispatch_pb::RecommendUnitsResponse>(request);
    EXPECT_TRUE(response);
    return response.value_or(dispatch_pb::RecommendUnitsResponse{});
}

// With a map the crew on this side of the river is first, the place has a road, and the metrics
// page tells which rung answered.
TEST(Roads, AreUsedWhenThereAreSome) {
    const TemporaryFile roads(river_town().bytes());
    const Platform platform({"--roads=" + roads.path()});
    bring_units(platform);
    const auto response = ask(platform);
    const auto& chosen = response.needs(0).chosen(0);
    EXPECT_EQ(chosen.unit_id(), "same-bank");
    EXPECT_EQ(chosen.model(), dispatch_pb::DISTANCE_MODEL_ROAD_CLASS_SPEEDS);
    EXPECT_EQ(chosen.road_name(), "南岸路");
    EXPECT_GT(chosen.road_seconds(), 0);
    EXPECT_EQ(chosen.fallback_reason(), "");
    EXPECT_TRUE(response.place_on_road());
    EXPECT_EQ(response.place_road_name(), "南岸路");
    EXPECT_EQ(response.needs(0).alternatives(0).unit_id(), "across");
    const std::string page = metrics_page(platform.server.metrics());
    EXPECT_EQ(sample(page, "liandong_roads_loaded"), 1);
    EXPECT_EQ(sample(page,
                     "liandong_recommended_candidates{scope=\"exercise.420981\","
                     "model=\"road_class_speeds\"}"),
              2);
}

// A road that the desk closes is closed for whoever asks next, and named.
TEST(Roads, AreClosedByTheDesk) {
    const TemporaryFile roads(river_town().bytes());
    const Platform platform({"--roads=" + roads.path()});
    bring_units(platform);
    auto request = close_road();
    *request.mutable_closure()->mutable_at() = position(30.901, 113.53);
    const auto closed = platform.wire.ask<dispatch_pb::CloseRoadResponse>(request);
    ASSERT_TRUE(closed);
    EXPECT_EQ(closed->closure().effect().road_name(), "大桥");
    const auto response = ask(platform);
    const auto& across = response.needs(0).alternatives(0);
    EXPECT_EQ(across.unit_id(), "across");
    EXPECT_EQ(across.fallback_reason(), "NO_WAY");
    ASSERT_EQ(across.closure_ids_size(), 1);
    EXPECT_EQ(across.closure_ids(0), closed->closure().id());
    EXPECT_EQ(response.needs(0).chosen(0).closure_ids_size(), 0);
}

// A broken map and a broken model are an error line each; the server serves, and every candidate
// says that there are no roads.
TEST(Roads, BrokenOnesKeepNobodyFromServing) {
    std::string bytes = river_town().bytes();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] + 1);
    const TemporaryFile roads(bytes), model("{}");
    const Platform platform({"--roads=" + roads.path(), "--travel-model=" + model.path()});
    EXPECT_NE(platform.server.log().find("roads_unusable"), std::string::npos);
    EXPECT_NE(platform.server.log().find("ROADS_FILE_BROKEN"), std::string::npos);
    EXPECT_NE(platform.server.log().find("TRAVEL_MODEL_MALFORMED"), std::string::npos);
    bring_units(platform);
    const auto response = ask(platform);
    const auto& chosen = response.needs(0).chosen(0);
    EXPECT_EQ(chosen.unit_id(), "across");
    EXPECT_EQ(chosen.model(), dispatch_pb::DISTANCE_MODEL_STRAIGHT_LINE);
    EXPECT_EQ(chosen.fallback_reason(), "NO_ROADS");
    EXPECT_FALSE(response.place_on_road());
    EXPECT_EQ(sample(metrics_page(platform.server.metrics()), "liandong_roads_loaded"), 0);
}

}  // namespace
}  // namespace liandong::test
