#include "cli/text.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

// Chinese and full-width characters take two columns, combining marks none, stray bytes one.
TEST(DisplayWidth, CountsColumns) {
    EXPECT_EQ(display_width(""), 0U);
    EXPECT_EQ(display_width("abc"), 3U);
    EXPECT_EQ(display_width("应城"), 4U);
    EXPECT_EQ(display_width("（１）"), 6U);
    EXPECT_EQ(display_width("到场 on scene"), 13U);
    EXPECT_EQ(display_width("e\u0301"), 1U);
    EXPECT_EQ(display_width("🚒"), 2U);
    EXPECT_EQ(display_width("é → …"), 5U);
    EXPECT_EQ(display_width("\xff\xbb"), 2U);
}

// A caller's words cannot steer the terminal: escape sequences, line breaks and direction marks
// become spaces.
TEST(Printable, DisarmsControlCharacters) {
    EXPECT_EQ(printable("a\x1b[31mb"), "a [31mb");
    EXPECT_EQ(printable("a\nb\tc\x7f"), "a b c ");
    EXPECT_EQ(printable("a\u202eb\u0085"), "a b ");
    EXPECT_EQ(printable("火灾"), "火灾");
    EXPECT_EQ(printable("\xbb\xf0"), "\ufffd\ufffd");
}

// Cutting never splits a character nor exceeds the columns.
TEST(Clipped, CutsBetweenCharacters) {
    EXPECT_EQ(clipped("应城市", 6), "应城市");
    EXPECT_EQ(clipped("应城市", 5), "应城…");
    EXPECT_EQ(clipped("应城市", 4), "应…");
    EXPECT_EQ(clipped("abcdef", 3), "ab…");
    for (std::size_t columns = 1; columns < 12; ++columns) {
        EXPECT_LE(display_width(clipped("a应b城c市d", columns)), columns);
    }
}

// Padding counts columns, not bytes.
TEST(Padded, FillsColumns) {
    EXPECT_EQ(padded("应", 4), "应  ");
    EXPECT_EQ(padded("应城", 3), "应城");
}

}  // namespace
}  // namespace liandong::cli
