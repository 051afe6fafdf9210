#include "common/rpc/base64url.h"

#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

// RFC 4648 §10, without padding.
TEST(Base64Url, MatchesTheRfcsVectors) {
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(to_base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    EXPECT_EQ(to_base64url("\xFB\xFF"), "-_8");
}

TEST(Base64Url, HasOneTextForEachValue) {
    for (const char* text : {"Zg==", "Zh", "Zm9", "Z", "Zm+v", "Zm 9v"}) {
        EXPECT_FALSE(from_base64url(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace liandong::rpc
