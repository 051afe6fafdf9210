#include "common/redis/endpoint.h"

#include <gtest/gtest.h>

#include <string>

namespace liandong::redis {
namespace {

// Every form of an endpoint is read, and written as it was read.
TEST(Endpoint, ReadsBothKinds) {
    EXPECT_EQ(parse_endpoint("unix:/run/redis.sock").value(), (Endpoint{"/run/redis.sock", "", 0}));
    EXPECT_EQ(parse_endpoint("tcp:localhost:6379").value(), (Endpoint{"", "localhost", 6379}));
    EXPECT_EQ(parse_endpoint("tcp:[::1]:1").value(), (Endpoint{"", "::1", 1}));
    for (const char* text :
         {"unix:/a", "tcp:redis.svc:6379", "tcp:10.0.0.5:65535", "tcp:[fe80::1]:6379"}) {
        EXPECT_EQ(to_string(parse_endpoint(text).value()), text);
    }
}

// Anything else is refused with one stable reason.
TEST(Endpoint, RefusesTheRest) {
    const std::string long_path = "unix:/" + std::string(107, 'x');
    for (const std::string& text :
         {std::string(), std::string("redis://h:1"), std::string("unix:"),
          std::string("unix:relative"), long_path, std::string("tcp:"), std::string("tcp:host"),
          std::string("tcp::6379"), std::string("tcp:host:"), std::string("tcp:host:0"),
          std::string("tcp:host:65536"), std::string("tcp:host:12a"), std::string("tcp:host:-1"),
          std::string("tcp:::1:6379")}) {
        const auto endpoint = parse_endpoint(text);
        ASSERT_FALSE(endpoint) << text;
        EXPECT_EQ(endpoint.error().code, Code::kInvalidArgument);
        EXPECT_EQ(endpoint.error().reason, "ENDPOINT_MALFORMED");
    }
}

}  // namespace
}  // namespace liandong::redis
