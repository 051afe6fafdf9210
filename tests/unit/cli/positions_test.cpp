#include "cli/positions.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

std::string reason(std::string_view text) {
    const auto position = parse_position(text);
    return position ? "" : position.error().reason;
}

// A position is read with its datum, and without one it stays untagged.
TEST(ParsePosition, ReadsDegreesAndDatum) {
    const auto tagged = parse_position("30.9283, 113.5725,gcj02");
    ASSERT_TRUE(tagged);
    EXPECT_EQ(tagged->latitude(), 30.9283);
    EXPECT_EQ(tagged->longitude(), 113.5725);
    EXPECT_EQ(tagged->datum(), common::v1::DATUM_GCJ02);
    EXPECT_EQ(parse_position("-1,2")->datum(), common::v1::DATUM_UNSPECIFIED);
}

// What is no position is told before anything is sent.
TEST(ParsePosition, RefusesTheRest) {
    for (const char* text :
         {"", "30.9", "30.9,", ",113.5", "a,b", "30.9,113.5x", "30.9,113.5,wgs84,1"}) {
        EXPECT_EQ(reason(text), "POSITION_MALFORMED") << text;
    }
    EXPECT_EQ(reason("30.9,113.5,mars"), "DATUM_UNKNOWN");
}

// A place is shown as far as it is known.
TEST(PlaceText, ShowsWhatIsKnown) {
    common::v1::Place place;
    EXPECT_EQ(place_text(place), "");
    place.mutable_position()->set_latitude(30.9283);
    place.mutable_position()->set_longitude(113.5725);
    EXPECT_EQ(place_text(place), "30.92830,113.57250");
    place.set_accuracy_meters(50);
    place.set_address("团结村三组");
    place.set_area_code("420981002");
    EXPECT_EQ(place_text(place), "团结村三组 · 420981002 · 30.92830,113.57250 ±50 m");
}

// A level always names its scale; warning levels go by their colours too.
TEST(ParseLevel, NamesItsScale) {
    const auto warning = parse_level("warning:orange:孝感市气象台");
    ASSERT_TRUE(warning);
    EXPECT_EQ(warning->scale(), common::v1::LEVEL_SCALE_WARNING);
    EXPECT_EQ(warning->code(), 2);
    EXPECT_EQ(warning->authority(), "孝感市气象台");
    EXPECT_EQ(parse_level("火警:3")->scale(), common::v1::LEVEL_SCALE_FIRE_ALARM);
    EXPECT_EQ(parse_level("fire_alarm:3")->code(), 3);
    for (const char* text : {"", "3", "warning", "warning:", "warning:pink", "fire_alarm:red",
                             "mars:1", "police:1x"}) {
        EXPECT_FALSE(parse_level(text)) << text;
    }
}

}  // namespace
}  // namespace liandong::cli
