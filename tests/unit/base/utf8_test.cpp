#include "common/base/utf8.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

using namespace std::string_view_literals;

// Well-formed UTF-8 at the edges of every row of Unicode's table 3-7 is taken as it is.
TEST(Utf8, TakesWellFormedSequences) {
    for (std::string_view text :
         {""sv, "\x00\x7f"sv, "\xc2\x80"sv, "\xdf\xbf"sv, "\xe0\xa0\x80"sv, "\xe1\x80\x80"sv,
          "\xec\xbf\xbf"sv, "\xed\x80\x80"sv, "\xed\x9f\xbf"sv, "\xee\x80\x80"sv, "\xef\xbf\xbf"sv,
          "\xf0\x90\x80\x80"sv, "\xf1\x80\x80\x80"sv, "\xf3\xbf\xbf\xbf"sv, "\xf4\x8f\xbf\xbf"sv,
          "应城市城中街道"sv, "🚒"sv}) {
        EXPECT_TRUE(is_utf8(text));
        EXPECT_EQ(to_displayable(text), text);
    }
}

// Overlong forms, surrogates, values beyond U+10FFFF, stray and missing continuations are not
// UTF-8.
TEST(Utf8, RefusesIllFormedSequences) {
    for (std::string_view text :
         {"\x80"sv, "\xbf"sv, "\xc0\x80"sv, "\xc1\xbf"sv, "\xc2"sv, "\xc2\x7f"sv, "\xc2\xc0"sv,
          "\xe0\x9f\xbf"sv, "\xe0\xa0"sv, "\xed\xa0\x80"sv, "\xed\xbf\xbf"sv, "\xe1\x80"sv,
          "\xf0\x8f\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\xf1\x80\x80"sv,
          "\xfe"sv, "\xff"sv}) {
        EXPECT_FALSE(is_utf8(text));
        EXPECT_TRUE(is_utf8(to_displayable(text)));
    }
}

// One bad byte costs one replacement character and nothing of its neighbours.
TEST(Utf8, DisplayKeepsTheNeighboursOfABadByte) {
    EXPECT_EQ(to_displayable("火\xff灾"), "火\xef\xbf\xbd灾");
    EXPECT_EQ(to_displayable("a\xe7\x81z"), "a\xef\xbf\xbd\xef\xbf\xbdz");
}

// "火灾" in GBK, as an old 110 line sends it, is not UTF-8 and still becomes displayable text.
TEST(Utf8, DisplaysGbkBytesSomehow) {
    constexpr auto kGbk = "\xbb\xf0\xd4\xd6"sv;
    EXPECT_FALSE(is_utf8(kGbk));
    EXPECT_TRUE(is_utf8(to_displayable(kGbk)));
}

}  // namespace
}  // namespace liandong
