#include "tests/unit/rpc/fixture.h"

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;
using intake::v1::ReportIncidentRequest;
using intake::v1::ReportIncidentResponse;

class DrainTest : public RpcTest {};

// What was begun is finished and answered; what comes later is sent elsewhere.
TEST_F(DrainTest, FinishesUnaryCallsAndRefusesNewOnes) {
    std::promise<void> running;
    Signal* release = nullptr;
    handlers_.report = [&](CallContext,
                           ReportIncidentRequest) -> Task<Result<ReportIncidentResponse>> {
        Signal signal(io_.get_executor());
        release = &signal;
        running.set_value();
        co_await signal.wait();
        ReportIncidentResponse response;
        response.set_report_id("r-1");
        co_return response;
    };
    start();
    ReportIncidentRequest request;
    set_scope(*request.mutable_header());
    std::thread client([&] {
        ReportIncidentResponse response;
        EXPECT_TRUE(intake().ReportIncident(caller().get(), request, &response).ok());
        EXPECT_EQ(response.report_id(), "r-1");
    });
    running.get_future().wait();
    auto drained = std::async(std::launch::async, [this] { return drain(4s); });
    while (get_incident(kEverybody).reason != "DRAINING") std::this_thread::yield();
    on_io([&] { release->notify(); });
    client.join();
    EXPECT_TRUE(drained.get());
}

// A handler that never ends cannot hold the process: the caller is told and ends by _Exit. Here it
// is released.
TEST_F(DrainTest, SaysSoWhenACallDoesNotEnd) {
    options_.unary_deadline_max = 50ms;
    Signal release(io_.get_executor());
    handlers_.get = [&release](CallContext, intake::v1::GetIncidentRequest)
        -> Task<Result<intake::v1::GetIncidentResponse>> {
        co_await release.wait();
        co_return intake::v1::GetIncidentResponse();
    };
    start();
    EXPECT_EQ(get_incident(kEverybody).reason, "DEADLINE_EXPIRED");
    EXPECT_FALSE(drain(200ms));
    on_io([&release] { release.notify(); });
    EXPECT_TRUE(drain(4s));
}

}  // namespace
}  // namespace liandong::rpc
