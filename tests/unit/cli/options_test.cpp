#include "cli/options.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

namespace liandong::cli {
namespace {

std::string reason(const Options& options) {
    const auto identity = check(options);
    return identity ? "" : identity.error().reason;
}

// The defaults are those of the README: a dispatcher of zhihui in the exercise of Yingcheng.
TEST(Options, DefaultsAreUsable) {
    const auto identity = check({});
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->scope.tag(), "exercise.420981");
    EXPECT_NE(identity->principal.find("roles=dispatcher"), std::string::npos);
    EXPECT_NE(identity->principal.find("agency=zhihui"), std::string::npos);
}

// What is wrong is told before anything is sent.
TEST(Options, RefuseWhatCannotBe) {
    Options options;
    options.scope = "exercise";
    EXPECT_EQ(reason(options), "SCOPE_MALFORMED");
    options = {};
    options.principal = "wang";
    EXPECT_EQ(reason(options), "PRINCIPAL_MALFORMED");
    EXPECT_EQ(check(options).error().code, Code::kInvalidArgument);
    options = {};
    options.request_id = "0197f0a0-0000-4000-8000-000000000001";
    EXPECT_EQ(reason(options), "REQUEST_ID_MALFORMED");
    for (const double seconds : {0.0, -1.0, 601.0}) {
        options = {};
        options.timeout_seconds = seconds;
        EXPECT_EQ(reason(options), "TIMEOUT_OUT_OF_RANGE");
    }
}

// The token is the first line of its file, without what editors leave behind it.
TEST(ReadToken, TakesTheFirstLine) {
    const std::string path = testing::TempDir() + "liandong_cli_token";
    std::ofstream(path) << "a.b.c \r\nrest\n";
    EXPECT_EQ(*read_token(path), "a.b.c");
    std::ofstream(path) << "\n";
    EXPECT_EQ(read_token(path).error().reason, "TOKEN_FILE_UNREADABLE");
    std::remove(path.c_str());
    EXPECT_EQ(read_token(path).error().reason, "TOKEN_FILE_UNREADABLE");
}

}  // namespace
}  // namespace liandong::cli
