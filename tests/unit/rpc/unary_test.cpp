#include "tests/unit/rpc/fixture.h"

#include <google/protobuf/unknown_field_set.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;
using intake::v1::CloseIncidentRequest;
using intake::v1::CloseIncidentResponse;
using intake::v1::GetIncidentRequest;
using intake::v1::GetIncidentResponse;
using intake::v1::ReportIncidentRequest;
using intake::v1::ReportIncidentResponse;

class UnaryTest : public RpcTest {
protected:
    GetIncidentRequest get_request() {
        GetIncidentRequest request;
        set_scope(*request.mutable_header());
        return request;
    }
    grpc::Status get(const GetIncidentRequest& request, grpc::ClientContext& context) {
        GetIncidentResponse response;
        return intake().GetIncident(&context, request, &response);
    }
};

TEST_F(UnaryTest, GivesTheHandlersAnswerAndWhoCalled) {
    CallContext seen;
    handlers_.get = [&seen](CallContext context,
                            GetIncidentRequest request) -> Task<Result<GetIncidentResponse>> {
        seen = context;
        GetIncidentResponse response;
        response.mutable_incident()->set_id(request.incident_id());
        co_return response;
    };
    start();
    auto request = get_request();
    request.set_incident_id("i-1");
    GetIncidentResponse response;
    const auto context = caller("subject=li;agency=xiaofang;roles=dispatcher;unit=F-1");
    ASSERT_TRUE(intake().GetIncident(context.get(), request, &response).ok());
    EXPECT_EQ(response.incident().id(), "i-1");
    EXPECT_EQ(seen.principal.subject, "li");
    EXPECT_EQ(seen.principal.agency, "xiaofang");
    EXPECT_EQ(seen.principal.unit_id, "F-1");
    EXPECT_EQ(seen.method, "liandong.intake.v1.IntakeService/GetIncident");
    EXPECT_NE(seen.peer.find("127.0.0.1"), std::string::npos);
}

// Code, reason, message and metadata of a handler's error reach the client.
TEST_F(UnaryTest, CarriesEveryErrorToTheClient) {
    static constexpr Code kCodes[] = {
        Code::kCancelled,         Code::kInvalidArgument,    Code::kDeadlineExceeded,
        Code::kNotFound,          Code::kAlreadyExists,      Code::kPermissionDenied,
        Code::kResourceExhausted, Code::kFailedPrecondition, Code::kAborted,
        Code::kOutOfRange,        Code::kInternal,           Code::kUnavailable,
        Code::kUnauthenticated};
    handlers_.get = [](CallContext,
                       GetIncidentRequest request) -> Task<Result<GetIncidentResponse>> {
        const Code code = kCodes[std::stoul(request.incident_id())];
        co_return fail(Error{code, "SOME_REASON", "some words", {}}.with("holder", "o-1"));
    };
    start();
    for (std::size_t i = 0; i < std::size(kCodes); ++i) {
        auto request = get_request();
        request.set_incident_id(std::to_string(i));
        const grpc::Status status = get(request, *caller());
        ASSERT_FALSE(status.ok());
        EXPECT_EQ(from_grpc_status(status),
                  (Error{kCodes[i], "SOME_REASON", "some words", {{"holder", "o-1"}}}));
    }
}

TEST_F(UnaryTest, NamesTheFieldWhoseBytesAreNotUtf8) {
    start();
    CloseIncidentRequest request;
    set_scope(*request.mutable_header());
    request.set_note("\xC3(");
    CloseIncidentResponse response;
    const auto error = from_grpc_status(intake().CloseIncident(caller().get(), request, &response));
    EXPECT_EQ(error.code, Code::kInvalidArgument);
    EXPECT_EQ(error.reason, "NOT_UTF8");
    EXPECT_EQ(error.find("field"), "note");
}

TEST_F(UnaryTest, RefusesUnknownFieldsButNotInAReport) {
    start();
    auto request = get_request();
    request.GetReflection()->MutableUnknownFields(&request)->AddVarint(99, 1);
    const auto error = from_grpc_status(get(request, *caller()));
    EXPECT_EQ(error.reason, "FIELD_UNKNOWN");
    EXPECT_EQ(error.find("field"), "#99");

    ReportIncidentRequest report;
    set_scope(*report.mutable_header());
    report.GetReflection()->MutableUnknownFields(&report)->AddVarint(99, 1);
    ReportIncidentResponse response;
    EXPECT_TRUE(intake().ReportIncident(caller().get(), report, &response).ok());
}

TEST_F(UnaryTest, RefusesAScopeThatIsNone) {
    start();
    auto request = get_request();
    request.mutable_header()->mutable_scope()->set_district("{4}");
    const auto error = from_grpc_status(get(request, *caller()));
    EXPECT_EQ(error.code, Code::kInvalidArgument);
    EXPECT_EQ(error.reason, "SCOPE_MALFORMED");
    EXPECT_EQ(error.find("field"), "header.scope.district");
}

TEST_F(UnaryTest, RefusesMessagesAboveTheLimit) {
    start();
    auto request = get_request();
    request.set_incident_id(std::string(5 * 1024 * 1024, 'x'));
    EXPECT_EQ(get(request, *caller()).error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(UnaryTest, RefusesAnAnswerAboveTheLimit) {
    handlers_.get = [](CallContext, GetIncidentRequest) -> Task<Result<GetIncidentResponse>> {
        GetIncidentResponse response;
        response.mutable_incident()->set_summary(std::string(5 * 1024 * 1024, 'x'));
        co_return response;
    };
    start();
    const auto error = get_incident(kEverybody);
    EXPECT_EQ(error.code, Code::kResourceExhausted);
    EXPECT_EQ(error.reason, "RESPONSE_TOO_LARGE");
}

TEST_F(UnaryTest, RefusesCallersWithoutPrincipal) {
    start();
    EXPECT_EQ(get_incident("").reason, "PRINCIPAL_MISSING");
    EXPECT_EQ(get_incident("subject=wang").reason, "PRINCIPAL_MALFORMED");
    EXPECT_EQ(get_incident("subject=wang").code, Code::kUnauthenticated);
}

TEST_F(UnaryTest, ClampsTheDeadlineToTheMethodsMaximum) {
    std::vector<Duration> left;
    handlers_.get = [&left](CallContext context,
                            GetIncidentRequest) -> Task<Result<GetIncidentResponse>> {
        left.push_back(context.deadline - monotonic_now());
        co_return GetIncidentResponse();
    };
    start();
    auto context = caller();
    context->set_deadline(
        gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_seconds(60, GPR_TIMESPAN)));
    ASSERT_TRUE(get(get_request(), *context).ok());
    ASSERT_TRUE(get(get_request(), *caller()).ok());  // no deadline: the maximum
    for (const Duration each : left) {
        EXPECT_LE(each, 1s);
        EXPECT_GT(each, 500ms);
    }
    EXPECT_EQ(left.size(), 2U);
}

// A call whose deadline came while it waited for the loop is answered without running its handler.
TEST_F(UnaryTest, DoesNotStartWorkThatIsTooLate) {
    std::atomic<int> runs = 0;
    handlers_.get = [&runs](CallContext, GetIncidentRequest) -> Task<Result<GetIncidentResponse>> {
        ++runs;
        co_return GetIncidentResponse();
    };
    start();
    ASSERT_TRUE(get(get_request(), *caller()).ok());  // the connection stands
    std::promise<void> release;
    boost::asio::post(io_, [held = release.get_future().share()] { held.wait(); });
    auto context = caller();
    context->set_deadline(
        gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_millis(100, GPR_TIMESPAN)));
    EXPECT_EQ(get(get_request(), *context).error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
    // The server counts the same 100 ms from when it received the call, so at most that much
    // longer.
    std::this_thread::sleep_for(150ms);
    release.set_value();
    EXPECT_TRUE(drain(5s));
    EXPECT_EQ(runs, 1);
    EXPECT_NE(log_.lines().back().find("reason=DEADLINE_EXPIRED"), std::string::npos);
}

// The server's own maximum ends a call whose client would wait for ever; the handler is told.
TEST_F(UnaryTest, AnswersAtItsOwnDeadlineWhateverTheHandlerDoes) {
    options_.unary_deadline_max = 100ms;
    std::promise<void> told;
    handlers_.get = [&told](CallContext context,
                            GetIncidentRequest) -> Task<Result<GetIncidentResponse>> {
        co_await until_cancelled(context.cancellation);
        told.set_value();
        co_return GetIncidentResponse();
    };
    start();
    const auto error = get_incident(kEverybody);
    EXPECT_EQ(error.code, Code::kDeadlineExceeded);
    EXPECT_EQ(error.reason, "DEADLINE_EXPIRED");
    told.get_future().wait();
}

TEST_F(UnaryTest, TellsTheHandlerThatTheClientIsGone) {
    std::promise<void> running;
    std::promise<void> told;
    handlers_.report = [&](CallContext context,
                           ReportIncidentRequest) -> Task<Result<ReportIncidentResponse>> {
        running.set_value();
        co_await until_cancelled(context.cancellation);
        told.set_value();
        co_return ReportIncidentResponse();
    };
    start();
    auto context = caller();
    ReportIncidentRequest request;
    set_scope(*request.mutable_header());
    std::thread client([&] {
        ReportIncidentResponse response;
        EXPECT_EQ(intake().ReportIncident(context.get(), request, &response).error_code(),
                  grpc::StatusCode::CANCELLED);
    });
    running.get_future().wait();
    context->TryCancel();
    told.get_future().wait();
    client.join();
}

TEST_F(UnaryTest, RefusesCallsAboveTheLimitAndTakesThemAgainLater) {
    options_.unary_calls_max = 1;
    std::promise<void> running;
    Signal* release = nullptr;
    handlers_.report = [&](CallContext,
                           ReportIncidentRequest) -> Task<Result<ReportIncidentResponse>> {
        Signal signal(io_.get_executor());
        release = &signal;
        running.set_value();
        co_await signal.wait();
        co_return ReportIncidentResponse();
    };
    start();
    ReportIncidentRequest request;
    set_scope(*request.mutable_header());
    std::thread client([&] {
        ReportIncidentResponse response;
        EXPECT_TRUE(intake().ReportIncident(caller().get(), request, &response).ok());
    });
    running.get_future().wait();
    const auto error = get_incident(kEverybody);
    EXPECT_EQ(error.code, Code::kResourceExhausted);
    EXPECT_EQ(error.reason, "TOO_MANY_CALLS");
    on_io([&] { release->notify(); });
    client.join();
    EXPECT_EQ(get_incident(kEverybody).reason, "OK");
}

TEST_F(UnaryTest, HidesWhatAnExceptionSaysAndLogsIt) {
    handlers_.get = [](CallContext, GetIncidentRequest) -> Task<Result<GetIncidentResponse>> {
        throw std::logic_error("secret");
        co_return GetIncidentResponse();
    };
    start();
    const auto error = get_incident(kEverybody);
    EXPECT_EQ(error.code, Code::kInternal);
    EXPECT_EQ(error.reason, "BUG");
    EXPECT_EQ(error.message.find("secret"), std::string::npos);
    EXPECT_NE(log_.lines().front().find("what=secret"), std::string::npos);
}

// One line a call, with who and what for, never with content; and the figures.
TEST_F(UnaryTest, LogsAndCountsEachCall) {
    start();
    ReportIncidentRequest request;
    set_scope(*request.mutable_header());
    request.mutable_header()->set_request_id("0198-id");
    request.set_words("my house burns");
    ReportIncidentResponse response;
    ASSERT_TRUE(intake().ReportIncident(caller().get(), request, &response).ok());
    ASSERT_EQ(log_.lines().size(), 1U);
    const std::string line = log_.lines().front();
    for (const char* part :
         {"rpc ", "method=liandong.intake.v1.IntakeService/ReportIncident", "code=OK",
          "subject=wang", "agency=gongan", "scope=live.420981", "request_id=0198-id"}) {
        EXPECT_NE(line.find(part), std::string::npos) << line;
    }
    EXPECT_EQ(line.find("burns"), std::string::npos);
    EXPECT_EQ(
        metric("liandong_rpc_requests_total",
               {{"method", "liandong.intake.v1.IntakeService/ReportIncident"}, {"code", "OK"}}),
        "1");
    EXPECT_EQ(metric("liandong_rpc_in_flight", {}), "0");
}

}  // namespace
}  // namespace liandong::rpc
