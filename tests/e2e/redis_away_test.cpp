#include "tests/e2e/page.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <gtest/gtest.h>

#include <future>

namespace liandong::test {
namespace {

using namespace std::chrono_literals;

Result<intake_pb::ReportIncidentResponse> report_to(const Wire& wire) {
    return wire.ask<intake_pb::ReportIncidentResponse>(report("水漫进一楼了"));
}

// A county office that switches everything on at once must come up in any order.
TEST(RedisAway, AServerStartedFirstWaitsAndThenServes) {
    RedisProcess redis;
    redis.kill();
    ServerProcess server({.redis = redis_option(redis)});
    server.launch();
    ASSERT_TRUE(eventually(
        [&] { return server.log().find("waiting_for_store") != std::string::npos; }, 20s));
    EXPECT_TRUE(server.is_running());
    EXPECT_FALSE(server.wait_until_ready(0ms));
    redis.start();
    ASSERT_TRUE(server.wait_until_ready());
    const auto answer = report_to(Wire(server.target()));
    EXPECT_TRUE(answer) << answer.error().reason;
}

TEST(RedisAway, ReadsGoOnChangesAreRefusedAndItRecoversByItself) {
    Platform platform;
    const auto first = report_to(platform.wire);
    ASSERT_TRUE(first);
    // The mirror has it before the store goes.
    auto seen = get_incident(first->incident_id());
    *seen.mutable_header()->mutable_min_revision() = first->header().revision();
    ASSERT_TRUE(platform.wire.ask<intake_pb::GetIncidentResponse>(seen));

    platform.redis.kill();
    for (int i = 0; i < 3; ++i) {
        const auto refused = report_to(platform.wire);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::kUnavailable) << refused.error().reason;
        const auto list = platform.wire.ask<intake_pb::ListIncidentsResponse>(
            read_of<intake_pb::ListIncidentsRequest>());
        ASSERT_TRUE(list) << list.error().reason;
        EXPECT_EQ(list->incidents_size(), 1);
        EXPECT_TRUE(platform.wire.ask<intake_pb::GetIncidentResponse>(seen));
        EXPECT_TRUE(platform.wire.ask<dispatch_pb::WatchBoardResponse>(
            read_of<dispatch_pb::WatchBoardRequest>()));
        const auto page = metrics_page(platform.server.metrics());
        EXPECT_EQ(sample(page, "liandong_store_ready"), 0.0);
    }
    platform.redis.start();
    EXPECT_TRUE(eventually([&] { return report_to(platform.wire).has_value(); }, 20s));
    EXPECT_TRUE(eventually(
        [&] {
            return platform.wire
                       .ask<intake_pb::ListIncidentsResponse>(
                           read_of<intake_pb::ListIncidentsRequest>())
                       .value()
                       .incidents_size() == 2;
        },
        20s));
}

// A store that hangs is worse than one that is gone: the deadline answers, the outcome is unknown,
// and the same request id finds out.
TEST(RedisAway, AHangingStoreCostsTheDeadlineAndAResendResolvesIt) {
    Platform platform;
    const auto request = report("水漫进一楼了");
    const std::uint64_t before = last_seq(platform.redis);
    platform.redis.freeze();
    const auto lost = platform.wire.ask<intake_pb::ReportIncidentResponse>(
        request, {.timeout = std::chrono::milliseconds{300}});
    platform.redis.thaw();
    ASSERT_FALSE(lost);
    EXPECT_TRUE(lost.error().code == Code::kDeadlineExceeded ||
                lost.error().code == Code::kUnavailable)
        << lost.error().reason;
    const auto found = platform.wire.ask<intake_pb::ReportIncidentResponse>(request);
    ASSERT_TRUE(found) << found.error().reason;
    EXPECT_EQ(last_seq(platform.redis), before + 1) << "one report, one event";
}

// Two processes with different roles are one platform: what one takes, the other acts on.
TEST(TwoProcesses, WithDifferentRolesAgree) {
    RedisProcess redis;
    ServerProcess intake_server({.redis = redis_option(redis), .more = {"--roles=intake"}});
    ServerProcess dispatch_server({.redis = redis_option(redis), .more = {"--roles=dispatch"}});
    intake_server.launch();
    dispatch_server.launch();
    ASSERT_TRUE(intake_server.wait_until_ready());
    ASSERT_TRUE(dispatch_server.wait_until_ready());
    const Wire intake(intake_server.target()), desk(dispatch_server.target());

    ASSERT_TRUE(desk.ask<dispatch_pb::ImportUnitsResponse>(import_units({"E1", "E2"})));
    const auto reported = report_to(intake);
    ASSERT_TRUE(reported) << reported.error().reason;
    // At once: the other's mirror need not have heard of it.
    const auto sent = desk.ask<dispatch_pb::DispatchUnitsResponse>(
        dispatch(reported->incident_id(), {"E1", "E2"}));
    ASSERT_TRUE(sent) << sent.error().reason;
    ASSERT_EQ(sent->orders_size(), 2);

    auto of_intake = get_incident(reported->incident_id());
    *of_intake.mutable_header()->mutable_min_revision() = sent->header().revision();
    const auto there = intake.ask<intake_pb::GetIncidentResponse>(of_intake);
    ASSERT_TRUE(there) << there.error().reason;
    EXPECT_EQ(there->incident().state(), intake_pb::INCIDENT_STATE_DISPATCHED);

    auto of_desk = read_of<dispatch_pb::ListOrdersRequest>();
    *of_desk.mutable_header()->mutable_min_revision() = sent->header().revision();
    ASSERT_TRUE(desk.ask<dispatch_pb::ListOrdersResponse>(of_desk));
    const auto board =
        desk.ask<dispatch_pb::WatchBoardResponse>(read_of<dispatch_pb::WatchBoardRequest>());
    const auto list =
        intake.ask<intake_pb::WatchIncidentsResponse>(read_of<intake_pb::WatchIncidentsRequest>());
    ASSERT_TRUE(board);
    ASSERT_TRUE(list);
    ASSERT_EQ(board->incidents_size(), 1);
    ASSERT_EQ(list->upserts_size(), 1);
    EXPECT_EQ(board->incidents(0).SerializeAsString(), list->upserts(0).SerializeAsString());
    // Who answers there is known to intake alone.
    intake_pb::Incident shown = there->incident();
    shown.clear_responsible();
    EXPECT_EQ(board->incidents(0).SerializeAsString(), shown.SerializeAsString());
    EXPECT_EQ(board->orders_size(), 2);
    EXPECT_EQ(board->resume().epoch(), list->resume().epoch());
    EXPECT_EQ(board->resume().seq(), list->resume().seq());
}

}  // namespace
}  // namespace liandong::test
