#include "common/base/id.h"

#include "common/base/random.h"

#include <gtest/gtest.h>

#include <set>

namespace liandong {
namespace {

constexpr Timestamp kNow = Timestamp{Duration{1'784'368'800'123'456}};

// A UUIDv7 begins with the milliseconds of its time, so that ids sort by time.
TEST(UuidV7, CarriesItsTimeAndSortsByIt) {
    SeededRandom random(1);
    const std::string id = make_uuid_v7(kNow, random);
    EXPECT_TRUE(is_uuid_v7(id)) << id;
    EXPECT_EQ(id.substr(0, 13), "019f74ab-217b") << "1784368800123 ms = 0x019f74ab217b";
    EXPECT_LT(id, make_uuid_v7(kNow + std::chrono::milliseconds{1}, random));
}

// Ten thousand ids of one instant differ.
TEST(UuidV7, DiffersWithinOneMillisecond) {
    SeededRandom random(7);
    std::set<std::string> ids;
    for (int i = 0; i < 10'000; ++i) ids.insert(make_uuid_v7(kNow, random));
    EXPECT_EQ(ids.size(), 10'000U);
}

// Only version 7 with the RFC variant in 8-4-4-4-12 form is taken.
TEST(UuidV7, RecognisesOnlyItsForm) {
    EXPECT_TRUE(is_uuid_v7("0197f0a0-0000-7000-8000-000000000001"));
    EXPECT_TRUE(is_uuid_v7("0197F0A0-ABCD-7FFF-BFFF-00000000000F"));
    for (const char* text :
         {"", "0197f0a0-0000-7000-8000-00000000000", "0197f0a0-0000-7000-8000-0000000000012",
          "0197f0a0-0000-4000-8000-000000000001", "0197f0a0-0000-7000-c000-000000000001",
          "0197f0a0-0000-7000-7000-000000000001", "0197f0a0_0000-7000-8000-000000000001",
          "0197f0a000000-7000-8000-000000000001", "g197f0a0-0000-7000-8000-000000000001",
          "{197f0a0-0000-7000-8000-00000000000}"}) {
        EXPECT_FALSE(is_uuid_v7(text)) << text;
    }
}

// The id of what a request creates never changes between versions of this code: a resend after an
// update must find it. The golden value was computed apart, from SHA-256 over length-prefixed
// parts.
TEST(DeriveId, IsStable) {
    EXPECT_EQ(derive_id({"exercise.420981", "gongan", "0197f0a0-0000-7000-8000-000000000001", "0"}),
              "cdd54fa0-ecbe-827b-8722-afd61c657da2");
    EXPECT_EQ(
        sha256_hex({"exercise.420981", "gongan", "0197f0a0-0000-7000-8000-000000000001", "0"}),
        "cdd54fa0ecbe027b8722afd61c657da26a408778d02fb7953bf8333cf8284a55");
}

// Parts do not run into each other, and a derived id can stand in a key.
TEST(DeriveId, SeparatesItsParts) {
    EXPECT_NE(derive_id({"ab", "c"}), derive_id({"a", "bc"}));
    EXPECT_NE(derive_id({"ab"}), derive_id({"ab", ""}));
    EXPECT_TRUE(is_safe_id(derive_id({})));
    EXPECT_FALSE(is_uuid_v7(derive_id({"x"}))) << "a derived id is version 8";
}

// SHA-256 of "abc", FIPS 180-2 appendix B.1.
TEST(Sha256, MatchesTheStandard) {
    EXPECT_EQ(sha256_hex_of("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// What may stand in a key is 1–64 letters, digits, '_' and '-'.
TEST(SafeId, KeepsKeysClean) {
    EXPECT_TRUE(is_safe_id("police_03-A"));
    EXPECT_TRUE(is_safe_id(std::string(64, 'x')));
    for (const char* text : {"", "a b", "a{b", "a:b", "a/b", "应", "a.b", "a\n"}) {
        EXPECT_FALSE(is_safe_id(text)) << text;
    }
    EXPECT_FALSE(is_safe_id(std::string(65, 'x')));
    EXPECT_FALSE(is_safe_id(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace liandong
