#include "common/redis/keys.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace liandong::redis {
namespace {

const Keys kKeys(domain::Scope{"live", "420981"});

// All keys of a scope carry its hash tag, so that they share one slot, and no two kinds of key can
// be equal.
TEST(Keys, ShareTheTagAndNeverMeet) {
    std::set<std::string> all{kKeys.seq(), kKeys.log(), kKeys.index("1"), kKeys.request("1"),
                              kKeys.counter("1")};
    for (std::size_t kind = 0; kind < domain::kKinds; ++kind)
        all.insert(kKeys.entity({domain::Kind(kind), "1"}));
    EXPECT_EQ(all.size(), 5 + domain::kKinds);
    for (const std::string& key : all) EXPECT_TRUE(key.starts_with("{live.420981}:")) << key;
}

// The form of the keys is stored data: it must not change by accident.
TEST(Keys, AreWhatTheyWere) {
    EXPECT_EQ(kKeys.entity({domain::Kind::kIncident, "i1"}), "{live.420981}:incident:i1");
    EXPECT_EQ(kKeys.entity({domain::Kind::kWorldSetting, "1"}), "{live.420981}:world_setting:1");
    EXPECT_EQ(kKeys.index("open.unit"), "{live.420981}:index:open.unit");
    EXPECT_EQ(kKeys.request("r"), "{live.420981}:request:r");
    EXPECT_EQ(kKeys.counter("report:20260718"), "{live.420981}:counter:report:20260718");
    EXPECT_EQ(kKeys.seq(), "{live.420981}:seq");
    EXPECT_EQ(kKeys.log(), "{live.420981}:log");
}

// A word names its key again, whatever the id holds; no word is taken for the header's field.
TEST(Keys, WordsAreReadBack) {
    for (std::size_t kind = 0; kind < domain::kKinds; ++kind) {
        const domain::Key key{domain::Kind(kind), "a:b"};
        EXPECT_EQ(Keys::parse_word(Keys::word(key)), key);
        EXPECT_NE(Keys::word(key), kHeaderField);
    }
    for (const char* word : {"", "h", "incident", "nothing:1", ":1"})
        EXPECT_FALSE(Keys::parse_word(word)) << word;
}

}  // namespace
}  // namespace liandong::redis
