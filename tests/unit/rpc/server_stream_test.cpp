#include "tests/unit/rpc/fixture.h"

#include <atomic>

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;
using intake::v1::WatchIncidentsRequest;
using intake::v1::WatchIncidentsResponse;

class ServerStreamTest : public RpcTest {
protected:
    /// Opens WatchIncidents; the context is kept.
    std::unique_ptr<grpc::ClientReader<WatchIncidentsResponse>> watch(
        const std::string& principal = kEverybody) {
        context_ = caller(principal);
        WatchIncidentsRequest request;
        set_scope(*request.mutable_header());
        return intake().WatchIncidents(context_.get(), request);
    }

    std::unique_ptr<grpc::ClientContext> context_;
};

Task<Status> wait_for_end(CallContext context, WatchIncidentsRequest,
                          Sink<WatchIncidentsResponse>&) {
    co_await until_cancelled(context.cancellation);
    co_return Status();
}

TEST_F(ServerStreamTest, SendsInOrderThenTheHandlersStatus) {
    handlers_.watch = [](CallContext, WatchIncidentsRequest,
                         Sink<WatchIncidentsResponse>& sink) -> Task<Status> {
        for (int i = 0; i < 100; ++i) {
            WatchIncidentsResponse response;
            response.add_removals(std::to_string(i));
            if (!co_await sink.send(std::move(response))) co_return Status();
        }
        co_return fail(Code::kResourceExhausted, "TOO_FAR_BEHIND", "slow");
    };
    start();
    const auto reader = watch();
    WatchIncidentsResponse response;
    int read = 0;
    while (reader->Read(&response)) EXPECT_EQ(response.removals(0), std::to_string(read++));
    EXPECT_EQ(read, 100);
    EXPECT_EQ(from_grpc_status(reader->Finish()).reason, "TOO_FAR_BEHIND");
}

// A peer that never reads stops the handler instead of filling memory, and cannot keep the server
// from ending.
TEST_F(ServerStreamTest, StopsAtAPeerThatDoesNotReadAndStillDrains) {
    constexpr std::size_t kMessageBytes = 64 * 1024;
    std::atomic<int> sent = 0;
    handlers_.watch = [&sent](CallContext, WatchIncidentsRequest,
                              Sink<WatchIncidentsResponse>& sink) -> Task<Status> {
        WatchIncidentsResponse response;
        response.add_removals(std::string(kMessageBytes, 'x'));
        while (co_await sink.send(response)) ++sent;
        co_return Status();
    };
    start();
    const auto reader = watch();
    int seen = -1;
    for (int round = 0; round < 100 && seen != sent; ++round) {
        seen = sent;
        std::this_thread::sleep_for(100ms);
    }
    EXPECT_GT(sent, 0);
    EXPECT_LT(static_cast<std::size_t>(sent) * kMessageBytes, std::size_t{32} << 20);

    const MonotonicTime before = monotonic_now();
    EXPECT_TRUE(drain(4s));
    EXPECT_LT(monotonic_now() - before, 5s);
    WatchIncidentsResponse response;
    while (reader->Read(&response)) {
    }
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(ServerStreamTest, TellsTheHandlerThatTheClientIsGone) {
    std::promise<bool> told;
    handlers_.watch = [&told](CallContext, WatchIncidentsRequest,
                              Sink<WatchIncidentsResponse>& sink) -> Task<Status> {
        WatchIncidentsResponse response;
        response.add_removals("x");
        co_await sink.send(response);
        co_await until_cancelled(sink.cancellation());
        told.set_value(co_await sink.send(response));
        co_return Status();
    };
    start();
    const auto reader = watch();
    WatchIncidentsResponse response;
    ASSERT_TRUE(reader->Read(&response));
    context_->TryCancel();
    EXPECT_FALSE(told.get_future().get());
    EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServerStreamTest, EndsWithDrainingAndItsDetails) {
    handlers_.watch = wait_for_end;
    start();
    const auto reader = watch();
    while (metric("liandong_streams", {}) != "1") std::this_thread::yield();
    EXPECT_TRUE(drain(4s));
    WatchIncidentsResponse response;
    EXPECT_FALSE(reader->Read(&response));
    const auto error = from_grpc_status(reader->Finish());
    EXPECT_EQ(error.code, Code::kUnavailable);
    EXPECT_EQ(error.reason, "DRAINING");
}

// Also when the handler does not listen: its place stays taken, the client is free.
TEST_F(ServerStreamTest, EndsByAgeEvenWhenTheHandlerDoesNotListen) {
    options_.stream_age_max = 100ms;
    options_.stream_age_jitter = 0ms;
    Signal release(io_.get_executor());
    handlers_.watch = [&release](CallContext, WatchIncidentsRequest,
                                 Sink<WatchIncidentsResponse>&) -> Task<Status> {
        co_await release.wait();
        co_return Status();
    };
    start();
    const auto reader = watch();
    const auto error = from_grpc_status(reader->Finish());
    EXPECT_EQ(error.reason, "STREAM_AGED");
    EXPECT_EQ(metric("liandong_streams", {}), "1");
    on_io([&release] { release.notify(); });
}

TEST_F(ServerStreamTest, RefusesStreamsAboveTheLimit) {
    options_.streams_max = 1;
    std::promise<void> running;
    handlers_.watch = [&running](CallContext context, WatchIncidentsRequest,
                                 Sink<WatchIncidentsResponse>&) -> Task<Status> {
        running.set_value();
        co_await until_cancelled(context.cancellation);
        co_return Status();
    };
    start();
    const auto first = watch();
    const auto kept = std::move(context_);
    running.get_future().wait();
    const auto error = from_grpc_status(watch()->Finish());
    EXPECT_EQ(error.reason, "TOO_MANY_CALLS");
    kept->TryCancel();
    first->Finish();
}

// A stream does not outlive the token it was opened with.
TEST_F(ServerStreamTest, EndsWhenTheTokenExpires) {
    class ShortIdentity final : public Authenticator {
    public:
        explicit ShortIdentity(Timestamp end) {
            identity_.principal = *parse_principal("subject=wang;agency=gongan;roles=dispatcher");
            identity_.expires_at = end;
        }
        Result<const Identity*> authenticate(const Credentials&) override { return &identity_; }
        bool proves_identity() const override { return true; }

    private:
        Identity identity_;
    } authenticator(clock_.now() + 200ms);
    handlers_.watch = wait_for_end;
    start(authenticator);
    const auto error = from_grpc_status(watch()->Finish());
    EXPECT_EQ(error.code, Code::kUnauthenticated);
    EXPECT_EQ(error.reason, "TOKEN_EXPIRED");
    EXPECT_TRUE(drain(5s));  // before the authenticator ends
}

}  // namespace
}  // namespace liandong::rpc
