#include "cli/names.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

const std::vector<Named> kIncidents = {
    {"aaaa1111-0000-8000-8000-000000000001", {"420981-20260718-000123"}, "first"},
    {"aaaa2222-0000-8000-8000-000000000002", {"420981-20260718-000023"}, "second"},
    {"bbbb1111-0000-8000-8000-000000000003", {"420981-20260719-000123"}, "third"},
    {"00012345-0000-8000-8000-000000000004", {"420981-20260719-000777"}, "fourth"},
};

std::string found(std::string_view text) {
    const auto id = resolve("incident", text, kIncidents);
    return id ? id->substr(0, 8) : id.error().reason;
}

// Ids, numbers, their ends and prefixes of ids name one thing.
TEST(Resolve, TakesWhatPeopleSay) {
    EXPECT_EQ(found("aaaa1111-0000-8000-8000-000000000001"), "aaaa1111");
    EXPECT_EQ(found("420981-20260718-000123"), "aaaa1111");
    EXPECT_EQ(found("20260719-000123"), "bbbb1111");
    EXPECT_EQ(found("20260719-123"), "bbbb1111");
    EXPECT_EQ(found("23"), "aaaa2222");
    EXPECT_EQ(found("000023"), "aaaa2222");
    EXPECT_EQ(found("aaaa2"), "aaaa2222");
    EXPECT_EQ(found("0001"), "00012345") << "no serial 1: then it is the beginning of an id";
}

// What fits several is never resolved silently: the candidates are named (D15).
TEST(Resolve, NamesTheCandidates) {
    const auto id = resolve("incident", "123", kIncidents);
    ASSERT_FALSE(id);
    EXPECT_EQ(id.error().reason, "NAME_AMBIGUOUS");
    EXPECT_EQ(id.error().code, Code::kInvalidArgument);
    const std::vector<std::pair<std::string, std::string>> candidates = {{"candidate", "first"},
                                                                         {"candidate", "third"}};
    EXPECT_EQ(id.error().metadata, candidates);
    EXPECT_EQ(found("aaaa"), "NAME_AMBIGUOUS");
}

// A call sign that two units share names neither.
TEST(Resolve, SharedCallSignsAreAmbiguous) {
    const std::vector<Named> units = {
        {"u1", {"巡逻一组"}, "u1"}, {"u2", {"巡逻一组"}, "u2"}, {"u3", {"巡逻三组"}, "u3"}};
    EXPECT_EQ(resolve("unit", "巡逻一组", units).error().reason, "NAME_AMBIGUOUS");
    EXPECT_EQ(*resolve("unit", "巡逻三组", units), "u3");
    EXPECT_EQ(*resolve("unit", "u1", units), "u1");
}

// A short beginning of an id, another number's end, and nothing are unknown.
TEST(Resolve, RefusesGuesses) {
    for (const char* text :
         {"aaa", "3", "9", "718-000123", "", "-", "-123", "cccc", "0718-000123"}) {
        EXPECT_EQ(found(text), "NAME_UNKNOWN") << text;
    }
}

// Beyond eight candidates the rest is not listed.
TEST(Resolve, BoundsTheCandidates) {
    std::vector<Named> many;
    for (int i = 0; i < 20; ++i) many.push_back({"same-" + std::to_string(i), {}, "x"});
    EXPECT_EQ(resolve("unit", "same", many).error().metadata.size(), 8U);
}

// A whole UUID needs no looking up.
TEST(IsUuid, KnowsTheForm) {
    EXPECT_TRUE(is_uuid("aaaa1111-0000-8000-8000-000000000001"));
    EXPECT_FALSE(is_uuid("aaaa1111-0000-8000-8000-00000000000"));
    EXPECT_FALSE(is_uuid("aaaa1111-0000-8000-8000-00000000000g"));
    EXPECT_FALSE(is_uuid("aaaa1111x0000-8000-8000-000000000001"));
}

}  // namespace
}  // namespace liandong::cli
