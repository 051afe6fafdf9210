#include "cli/follow.h"

#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <sstream>

namespace liandong::cli {
namespace {

// The pauses double from a quarter second to ten, spread by a fifth, and end after a stated number
// of failures.
TEST(Backoff, IsBounded) {
    SeededRandom random(1);
    Backoff backoff(random);
    const double expected[] = {0.25, 0.5, 1, 2, 4, 8, 10, 10, 10};
    for (double seconds : expected) {
        const double pause = static_cast<double>(backoff.next().count()) / 1e6;
        EXPECT_GE(pause, seconds * 0.8);
        EXPECT_LE(pause, seconds * 1.2);
    }
    int failures = static_cast<int>(std::size(expected));
    for (; !backoff.is_exhausted(); ++failures) backoff.next();
    EXPECT_EQ(failures, Backoff::kFailures_max);
    backoff.reset();
    EXPECT_FALSE(backoff.is_exhausted());
    EXPECT_LE(backoff.next(), std::chrono::milliseconds{300});
}

// A watch comes back after a lost or drained server and after a token's end, not after a refusal.
TEST(IsResumable, TellsLossFromRefusal) {
    EXPECT_TRUE(is_resumable({Code::kUnavailable, "PEER_UNREACHABLE", "", {}}));
    EXPECT_TRUE(is_resumable({Code::kUnauthenticated, "TOKEN_EXPIRED", "", {}}));
    EXPECT_FALSE(is_resumable({Code::kUnauthenticated, "TOKEN_SIGNATURE", "", {}}));
    EXPECT_FALSE(is_resumable({Code::kPermissionDenied, "PERMISSION_MISSING", "", {}}));
    EXPECT_FALSE(is_resumable({Code::kInvalidArgument, "SCOPE_MALFORMED", "", {}}));
}

/// Sends one message a call and breaks off; from the third call on it refuses.
class BreakingIntake final : public intake::v1::IntakeService::Service {
public:
    grpc::Status WatchIncidents(
        grpc::ServerContext*, const intake::v1::WatchIncidentsRequest* request,
        grpc::ServerWriter<intake::v1::WatchIncidentsResponse>* writer) override {
        resumed_from.push_back(request->has_resume() ? static_cast<int>(request->resume().seq())
                                                     : -1);
        if (resumed_from.size() > 2)
            return rpc::to_grpc_status({Code::kPermissionDenied, "PERMISSION_MISSING", "", {}});
        intake::v1::WatchIncidentsResponse response;
        response.mutable_resume()->set_epoch(1);
        response.mutable_resume()->set_seq(10 * resumed_from.size());
        writer->Write(response);
        if (resumed_from.size() == 2) return grpc::Status::OK;
        return rpc::to_grpc_status({Code::kUnavailable, "STREAM_AGED", "", {}});
    }

    std::vector<int> resumed_from;
};

// After a break and after a drain the watch resumes behind the last token; a refusal ends it with
// its exit code.
TEST(Follow, ResumesBehindTheLastToken) {
    BreakingIntake service;
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    const auto server = builder.BuildAndStart();
    ASSERT_NE(server, nullptr);

    Options options;
    options.target = "127.0.0.1:" + std::to_string(port);
    std::ostringstream out, err;
    SystemClock clock;
    SeededRandom random(1);
    Session session(options, *check(options), {out, err}, clock, random);
    int messages = 0;
    const int exit_code = follow(session, session.intake(), &Session::Intake::WatchIncidents,
                                 intake::v1::WatchIncidentsRequest{},
                                 [&](const intake::v1::WatchIncidentsResponse&) { ++messages; });
    EXPECT_EQ(exit_code, kRefused);
    EXPECT_EQ(messages, 2);
    EXPECT_EQ(service.resumed_from, (std::vector<int>{-1, 10, 20}));
    EXPECT_NE(err.str().find("STREAM_AGED"), std::string::npos);
    server->Shutdown();
}

}  // namespace
}  // namespace liandong::cli
