#include "tests/e2e/health.h"
#include "tests/e2e/page.h"
#include "tests/e2e/platform.h"
#include "tests/e2e/requests.h"

#include <gtest/gtest.h>

#include <cstdio>

namespace liandong::test {
namespace {

TEST(Observe, HealthAnswersForTheServerAndForEachOfItsServices) {
    const Platform platform;
    for (const char* service :
         {"", "liandong.intake.v1.IntakeService", "liandong.intake.v1.DeskService",
          "liandong.dispatch.v1.DispatchService",
          "liandong.publicinfo.v1.PublicInfoService"}) {
        EXPECT_EQ(health(platform.wire, service), "SERVING") << service;
    }
    EXPECT_NE(health(platform.wire, "liandong.no.such.Service"), "SERVING");
}

TEST(Observe, AServerAnswersOnlyForTheRolesThatItHas) {
    const Platform platform({"--roles=intake"});
    EXPECT_EQ(health(platform.wire, "liandong.intake.v1.IntakeService"), "SERVING");
    EXPECT_NE(health(platform.wire, "liandong.dispatch.v1.DispatchService"), "SERVING");
    const auto request = read_of<dispatch_pb::ListUnitsRequest>();
    const auto answer = platform.wire.ask<dispatch_pb::ListUnitsResponse>(request);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().reason, "METHOD_UNKNOWN");
}

// promtool is Prometheus's own judge of names, units, types and help texts.
TEST(Observe, TheMetricsPageIsCleanAndCountsTheCalls) {
    const Platform platform;
    ASSERT_TRUE(platform.wire.ask<intake_pb::ReportIncidentResponse>(report("水")));
    ASSERT_FALSE(platform.wire.ask<intake_pb::GetIncidentResponse>(get_incident("nowhere")));
    const std::string page = metrics_page(platform.server.metrics());
    EXPECT_GE(sample(page, "liandong_mirror_seq").value_or(0), 1);
    EXPECT_NE(page.find("ReportIncident"), std::string::npos);

    std::FILE* judge = ::popen(LIANDONG_PROMTOOL " check metrics 2>&1", "w");
    ASSERT_NE(judge, nullptr);
    EXPECT_EQ(std::fwrite(page.data(), 1, page.size(), judge), page.size());
    EXPECT_EQ(::pclose(judge), 0);
}

}  // namespace
}  // namespace liandong::test
