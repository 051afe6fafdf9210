#include "common/rpc/server.h"

#include "tests/unit/rpc/fixture.h"

#include <fmt/format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/generic/generic_stub.h>

namespace liandong::rpc {
namespace {

using namespace std::chrono_literals;

class ServerTest : public RpcTest {
protected:
    /// grpc.health.v1.Health/Check by its wire form (field 1 both ways): its messages are not
    /// packaged. 1 = SERVING.
    std::string check(const std::string& service) {
        grpc::TemplatedGenericStub<grpc::ByteBuffer, grpc::ByteBuffer> stub(channel_);
        const std::string bytes =
            service.empty() ? "" : std::string{'\n', static_cast<char>(service.size())} + service;
        const grpc::Slice slice(bytes);
        const grpc::ByteBuffer request(&slice, 1);
        grpc::ByteBuffer response;
        grpc::ClientContext context;
        std::promise<grpc::Status> done;
        stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", {}, &request, &response,
                       [&done](grpc::Status status) { done.set_value(std::move(status)); });
        const grpc::Status status = done.get_future().get();
        if (!status.ok()) return fmt::format("code {}", static_cast<int>(status.error_code()));
        grpc::Slice answer;
        EXPECT_TRUE(response.DumpToSingleSlice(&answer).ok());
        return answer.size() == 2 ? fmt::format("{}", answer.begin()[1]) : "0";
    }
};

TEST_F(ServerTest, TellsItsHealthByService) {
    start();
    EXPECT_EQ(check(""), "1");
    EXPECT_EQ(check("liandong.intake.v1.IntakeService"), "1");
    on_io([this] { server_->set_serving(false); });
    EXPECT_EQ(check(""), "2");
    EXPECT_EQ(check("liandong.dispatch.v1.DispatchService"), "2");
    EXPECT_EQ(check("no.such.Service"), "code 5");
}

class UnstartedServerTest : public ServerTest {
protected:
    Status try_start(const std::string& listen) {
        options_.listen = listen;
        Server server(
            {io_.get_executor(), timers_, clock_, log_, metrics_, metadata_authenticator_},
            options_);
        return server.start();
    }
};

TEST_F(UnstartedServerTest, RefusesToBeReachableWithoutKeys) {
    for (const char* listen : {"0.0.0.0:0", "[::]:0", "192.168.1.1:50051", "host:1"}) {
        const Status started = try_start(listen);
        ASSERT_FALSE(started.has_value());
        EXPECT_EQ(started.error().reason, "INSECURE_LISTEN");
    }
}

TEST_F(UnstartedServerTest, SaysSoWhenThePortIsTaken) {
    start();
    const Status second = try_start(fmt::format("127.0.0.1:{}", server_->port()));
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().reason, "LISTEN_FAILED");
}

TEST_F(UnstartedServerTest, AbortsWhenAnRpcIsNotBound) {
    Server server({io_.get_executor(), timers_, clock_, log_, metrics_, metadata_authenticator_},
                  options_);
    server.unary<intake::v1::GetIncidentRequest, intake::v1::GetIncidentResponse>(
        "liandong.intake.v1.IntakeService", "GetIncident", handlers_.get);
    EXPECT_DEATH((void)server.start(), "");
}

struct OneScope {
    std::string name;
    Task<Result<intake::v1::GetIncidentResponse>> get(CallContext, intake::v1::GetIncidentRequest) {
        intake::v1::GetIncidentResponse response;
        response.mutable_incident()->set_id(name);
        co_return response;
    }
};

// Each scope has its own objects; a scope that is not served is refused with its field.
TEST_F(ServerTest, PicksTheHandlerOfTheScope) {
    OneScope live{"from live"};
    OneScope drill{"from drill"};
    const ScopeMap<OneScope> map{{{"live", "420981"}, &live}, {{"drill", "420981"}, &drill}};
    bind_get_ = [&map](Server& server) {
        server.unary<intake::v1::GetIncidentRequest, intake::v1::GetIncidentResponse>(
            "liandong.intake.v1.IntakeService", "GetIncident", by_scope(map, &OneScope::get));
    };
    start();
    for (const std::string world : {"live", "drill"}) {
        intake::v1::GetIncidentRequest request;
        set_scope(*request.mutable_header(), world);
        intake::v1::GetIncidentResponse response;
        ASSERT_TRUE(intake().GetIncident(caller().get(), request, &response).ok());
        EXPECT_EQ(response.incident().id(), "from " + world);
    }
    intake::v1::GetIncidentRequest request;
    set_scope(*request.mutable_header(), "live", "420982");
    intake::v1::GetIncidentResponse response;
    const auto error = from_grpc_status(intake().GetIncident(caller().get(), request, &response));
    EXPECT_EQ(error.code, Code::kFailedPrecondition);
    EXPECT_EQ(error.reason, "WRONG_SCOPE");
    EXPECT_EQ(error.find("field"), "header.scope");
}

}  // namespace
}  // namespace liandong::rpc
