#include "common/base/error.h"

#include "common/base/check.h"

#include <gtest/gtest.h>

namespace liandong {
namespace {

// A bad field is an INVALID_ARGUMENT that names the field and the rule.
TEST(Error, InvalidFieldNamesFieldAndReason) {
    const Status status = invalid_field("place.position.latitude", "LATITUDE_OUT_OF_RANGE", "no");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Code::kInvalidArgument);
    EXPECT_EQ(status.error().reason, "LATITUDE_OUT_OF_RANGE");
    EXPECT_EQ(status.error().find("field"), "place.position.latitude");
}

// Metadata keeps every pair, also repeated ones, in order; an unknown key finds nothing.
TEST(Error, MetadataKeepsOrderAndRepetitions) {
    Error error{Code::kFailedPrecondition, "ORDERS_STILL_OPEN", "", {}};
    error.with("order", "a").with("order", "b");
    ASSERT_EQ(error.metadata.size(), 2U);
    EXPECT_EQ(error.metadata[1].second, "b");
    EXPECT_EQ(error.find("order"), "a");
    EXPECT_EQ(error.find("holder"), "");
    const Error moved = Error{Code::kAborted, "X", "", {}}.with("k", "v");
    EXPECT_EQ(moved.find("k"), "v");
}

// Codes are named as in the gRPC documentation, each one differently.
TEST(Error, CodesHaveTheirNames) {
    EXPECT_EQ(to_string(Code::kCancelled), "CANCELLED");
    EXPECT_EQ(to_string(Code::kFailedPrecondition), "FAILED_PRECONDITION");
    EXPECT_EQ(to_string(Code::kUnauthenticated), "UNAUTHENTICATED");
    for (int a = 0; a <= static_cast<int>(Code::kUnauthenticated); ++a) {
        for (int b = 0; b < a; ++b) {
            EXPECT_NE(to_string(static_cast<Code>(a)), to_string(static_cast<Code>(b)));
        }
    }
}

// A wrong assumption ends the process in every build and says where.
TEST(CheckDeathTest, AbortsWithTheExpression) {
    EXPECT_DEATH(LIANDONG_CHECK(1 + 1 == 3), "1 \\+ 1 == 3");
    EXPECT_DEATH(LIANDONG_UNREACHABLE(), "unreachable");
    LIANDONG_CHECK(true);
}

}  // namespace
}  // namespace liandong
