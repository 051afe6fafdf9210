#include "tests/e2e/health.h"
#include "tests/e2e/page.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <gtest/gtest.h>

#include <future>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;

/// A call on a connection and a thread of its own.
std::future<Answer> start_call(const Platform& platform, const google::protobuf::Message& request,
                               std::size_t messages_max = 1) {
    return std::async(std::launch::async, [&platform, messages_max,
                                           &method = Wire::method_of(request),
                                           bytes = request.SerializeAsString()] {
        return Wire(platform.server.target()).call(method, bytes, {.messages_max = messages_max});
    });
}

// SIGTERM: what is under way is finished, streams are told, and the process ends by itself.
TEST(Drain, UnaryCallsFinishStreamsAreToldAndTheExitIsClean) {
    Platform platform;
    auto stream = start_call(platform, read_of<dispatch_pb::WatchBoardRequest>(), 1'000);
    const auto open = [&](const char* name, double least) {
        return eventually(
            [&] {
                return sample(metrics_page(platform.server.metrics()), name).value_or(0) >= least;
            },
            10s);
    };
    ASSERT_TRUE(open("liandong_store_in_flight", 1)) << "the tail waits for events";

    // A frozen store holds the report in the server until SIGTERM has done its work.
    platform.redis.freeze();
    auto report_call = start_call(platform, report("水漫进一楼了"));
    ASSERT_TRUE(open("liandong_store_in_flight", 2)) << "the report's commit waits";
    platform.server.terminate();
    const Answer streamed = stream.get();
    platform.redis.thaw();

    ASSERT_TRUE(streamed.error);
    EXPECT_EQ(streamed.error->code, Code::kUnavailable);
    EXPECT_EQ(streamed.error->reason, "DRAINING");
    EXPECT_FALSE(streamed.messages.empty());
    const Answer reported = report_call.get();
    EXPECT_FALSE(reported.error) << reported.error->reason;
    EXPECT_EQ(platform.server.wait_for_exit(10s), 0);
    EXPECT_EQ(platform.server.standard_error(), "");
}

TEST(Drain, AnIdleServerEndsAtOnce) {
    Platform platform;
    platform.server.terminate();
    EXPECT_EQ(platform.server.wait_for_exit(5s), 0);
}

// Load balancers see NOT_SERVING for the time of the notice, while calls are still taken.
TEST(Drain, TheNoticeComesBeforeTheRefusal) {
    Platform platform({"--drain-notice=2"});
    ASSERT_EQ(health(platform.wire, ""), "SERVING");
    platform.server.terminate();
    EXPECT_TRUE(eventually([&] { return health(platform.wire, "") == "NOT_SERVING"; }, 2s));
    EXPECT_TRUE(platform.wire.ask<intake_pb::ReportIncidentResponse>(report("水")));
    EXPECT_EQ(platform.server.wait_for_exit(10s), 0);
}

// Nobody who waits for the store may keep the process from ending.
TEST(Drain, AServerThatStillWaitsForRedisEndsToo) {
    RedisProcess redis;
    redis.kill();
    ServerProcess server({.redis = redis_option(redis)});
    server.launch();
    ASSERT_TRUE(eventually(
        [&] { return server.log().find("redis_unavailable") != std::string::npos; }, 20s));
    server.terminate();
    EXPECT_EQ(server.wait_for_exit(5s), 0);
}

}  // namespace
}  // namespace liandong::test
