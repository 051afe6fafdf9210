#include "cli/health.h"

#include <gtest/gtest.h>

namespace liandong::cli {
namespace {

using namespace std::string_view_literals;

// The request is one string field, absent when the whole server is asked.
TEST(Health, WritesTheRequest) {
    EXPECT_EQ(health_request(""), "");
    EXPECT_EQ(health_request("abc"),
              "\x0a\x03"
              "abc");
    EXPECT_EQ(health_request(std::string(500, 'x')).size(), 129U)
        << "cut to what one length byte tells";
}

// The answer is one enumeration field; absent, unknown or broken bytes are UNKNOWN.
TEST(Health, ReadsTheStatus) {
    EXPECT_EQ(health_status("\x08\x01"sv), "SERVING");
    EXPECT_EQ(health_status("\x08\x02"sv), "NOT_SERVING");
    EXPECT_EQ(health_status("\x08\x03"sv), "SERVICE_UNKNOWN");
    for (std::string_view bytes : {""sv, "\x08\x09"sv, "\x08"sv, "\x10\x01"sv, "\x08\x80\x01"sv}) {
        EXPECT_EQ(health_status(bytes), "UNKNOWN");
    }
}

}  // namespace
}  // namespace liandong::cli
