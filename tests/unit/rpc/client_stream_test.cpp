#include "tests/unit/rpc/fixture.h"

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;
using dispatch::v1::ReportPositionsRequest;
using dispatch::v1::ReportPositionsResponse;

class ClientStreamTest : public RpcTest {
protected:
    std::unique_ptr<grpc::ClientWriter<ReportPositionsRequest>> open(
        const std::string& principal = kEverybody) {
        context_ = caller(principal);
        return dispatch().ReportPositions(context_.get(), &response_);
    }
    static ReportPositionsRequest fix(const std::string& world = "live") {
        ReportPositionsRequest request;
        set_scope(request, world);
        return request;
    }

    std::unique_ptr<grpc::ClientContext> context_;
    ReportPositionsResponse response_;
};

TEST_F(ClientStreamTest, ReadsAllMessagesInOrder) {
    std::vector<std::string> seen;
    handlers_.positions =
        [&seen](CallContext,
                Source<ReportPositionsRequest>& source) -> Task<Result<ReportPositionsResponse>> {
        ReportPositionsRequest request;
        while (co_await source.next(request)) seen.push_back(request.unit_id());
        ReportPositionsResponse response;
        response.set_accepted(seen.size());
        co_return response;
    };
    start();
    const auto writer = open();
    for (int i = 0; i < 200; ++i) {
        auto request = fix();
        request.set_unit_id(std::to_string(i));
        ASSERT_TRUE(writer->Write(request));
    }
    writer->WritesDone();
    ASSERT_TRUE(writer->Finish().ok());
    EXPECT_EQ(response_.accepted(), 200U);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(seen[static_cast<std::size_t>(i)], std::to_string(i));
}

TEST_F(ClientStreamTest, RefusesAnEmptyStream) {
    start();
    const auto writer = open();
    writer->WritesDone();
    EXPECT_EQ(from_grpc_status(writer->Finish()).reason, "STREAM_EMPTY");
}

TEST_F(ClientStreamTest, RefusesWhoeverMayNotBeforeAnyMessage) {
    start();
    const auto error =
        from_grpc_status(open("subject=wang;agency=gongan;roles=inspector")->Finish());
    EXPECT_EQ(error.code, Code::kPermissionDenied);
    EXPECT_EQ(error.reason, "PERMISSION_MISSING");
}

// The permission was checked for the scope of the first message, so another would slip past it.
TEST_F(ClientStreamTest, RefusesAChangeOfScope) {
    start();
    const auto writer = open();
    ASSERT_TRUE(writer->Write(fix()));
    writer->Write(fix("drill"));
    EXPECT_EQ(from_grpc_status(writer->Finish()).reason, "SCOPE_CHANGED");
}

TEST_F(ClientStreamTest, NamesTheBadFieldOfALaterMessage) {
    start();
    const auto writer = open();
    ASSERT_TRUE(writer->Write(fix()));
    auto bad = fix();
    bad.set_unit_id("\xFF");
    writer->Write(bad);
    const auto error = from_grpc_status(writer->Finish());
    EXPECT_EQ(error.reason, "NOT_UTF8");
    EXPECT_EQ(error.find("field"), "unit_id");
}

// Whether or not its first message has come, a silent stream ends when the server does.
TEST_F(ClientStreamTest, EndsWithDraining) {
    start();
    const auto silent = open();
    const auto silent_context = std::move(context_);
    const auto writer = open();
    ASSERT_TRUE(writer->Write(fix()));
    while (metric("liandong_streams", {}) != "2") std::this_thread::yield();
    EXPECT_TRUE(drain(4s));
    EXPECT_EQ(from_grpc_status(writer->Finish()).reason, "DRAINING");
    EXPECT_EQ(from_grpc_status(silent->Finish()).reason, "DRAINING");
}

}  // namespace
}  // namespace liandong::rpc
