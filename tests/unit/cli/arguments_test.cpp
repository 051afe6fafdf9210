#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

// A need says how many, of which kinds, with which capability; each part may be left out.
TEST(ParseNeed, ReadsItsParts) {
    const auto full = parse_need("2*fire_engine|消防特种车+ladder");
    ASSERT_TRUE(full);
    EXPECT_EQ(full->count(), 2U);
    ASSERT_EQ(full->kinds_size(), 2);
    EXPECT_EQ(full->kinds(0), dispatch::v1::UNIT_KIND_FIRE_ENGINE);
    EXPECT_EQ(full->kinds(1), dispatch::v1::UNIT_KIND_FIRE_TRUCK);
    EXPECT_EQ(full->capability(), "ladder");
    const auto plain = parse_need("ambulance");
    EXPECT_EQ(plain->count(), 1U);
    EXPECT_EQ(plain->capability(), "");
    const auto any = parse_need("3*any+boat");
    EXPECT_EQ(any->kinds_size(), 0);
    EXPECT_EQ(any->capability(), "boat");
}

// What cannot be read is told with the form or the choices.
TEST(ParseNeed, RefusesTheRest) {
    for (const char* text :
         {"", "2*", "0*ambulance", "x*ambulance", "-1*ambulance", "+boat", "ambulance+", "2"}) {
        EXPECT_FALSE(parse_need(text)) << text;
    }
    EXPECT_EQ(parse_need("helicopter").error().reason, "WORD_UNKNOWN");
    EXPECT_EQ(parse_need("*ambulance").error().reason, "NEED_MALFORMED");
    EXPECT_NE(parse_need("helicopter").error().message.find("fire_engine"), std::string::npos);
}

// No word is the unspecified value, a wrong one an error that names the option.
TEST(ParseChoice, NamesTheOption) {
    EXPECT_EQ(*parse_choice<dispatch::v1::UnitStatus>("--status", ""),
              dispatch::v1::UNIT_STATUS_UNSPECIFIED);
    const auto wrong = parse_choice<dispatch::v1::UnitStatus>("--status", "asleep");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().reason, "WORD_UNKNOWN");
    EXPECT_TRUE(wrong.error().message.starts_with("--status"));
}

}  // namespace
}  // namespace liandong::cli
