#include "common/domain/scope.h"

#include <gtest/gtest.h>

namespace liandong::domain {
namespace {

// A scope is read from and written to "<world>.<district>".
TEST(Scope, ReadsItsTag) {
    const auto scope = parse_scope("exercise.420981");
    ASSERT_TRUE(scope);
    EXPECT_EQ(scope->world, "exercise");
    EXPECT_EQ(scope->district, "420981");
    EXPECT_EQ(scope->tag(), "exercise.420981");
    EXPECT_FALSE(scope->is_live());
    EXPECT_TRUE(parse_scope("live.420981")->is_live());
}

// Nothing that could change a key's hash slot, or a second dot, gets into a scope.
TEST(Scope, RefusesMalformedText) {
    for (const char* text :
         {"", ".", "live", "live.", ".420981", "live.420981.x", "li ve.420981", "{live.420981",
          "live.4209{81", "live.420981}", "live.42:0981", "live.应城", "l_ve.420981",
          "abcdefghijklmnopq.420981", "live.12345678901234567"}) {
        const auto scope = parse_scope(text);
        ASSERT_FALSE(scope) << text;
        EXPECT_EQ(scope.error().code, Code::kInvalidArgument);
        EXPECT_EQ(scope.error().reason, "SCOPE_MALFORMED");
    }
}

// The error names the part that is wrong.
TEST(Scope, NamesTheBadPart) {
    EXPECT_EQ(validate(Scope{"a b", "420981"}).error().find("field"), "scope.world");
    EXPECT_EQ(validate(Scope{"live", ""}).error().find("field"), "scope.district");
    EXPECT_TRUE(validate(Scope{"abcdefghijklmnop", "A-1"}));
}

}  // namespace
}  // namespace liandong::domain
