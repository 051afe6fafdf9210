#include "cli/run.h"

#include <gmock/gmock.h>
#include <grpcpp/server_builder.h>
#include <gtest/gtest.h>

#include <sstream>

namespace liandong::cli {
namespace {

using testing::HasSubstr;

/// Keeps the last request of each kind; refuses a unit that is taken.
class RecordingDispatch final : public dispatch::v1::DispatchService::Service {
public:
    grpc::Status ListUnits(grpc::ServerContext*, const dispatch::v1::ListUnitsRequest*,
                           dispatch::v1::ListUnitsResponse* response) override {
        auto& unit = *response->add_units();
        unit.set_id("fire-1");
        unit.set_call_sign("古城一号");
        return grpc::Status::OK;
    }
    grpc::Status DispatchUnits(grpc::ServerContext*,
                               const dispatch::v1::DispatchUnitsRequest* request,
                               dispatch::v1::DispatchUnitsResponse* response) override {
        sent = *request;
        if (taken) response->add_lost()->set_reason("UNIT_TAKEN");
        if (!taken) response->add_orders()->set_unit_id(request->unit_ids(0));
        return grpc::Status::OK;
    }
    grpc::Status ArriveOrder(grpc::ServerContext*, const dispatch::v1::ArriveOrderRequest* request,
                             dispatch::v1::ArriveOrderResponse* response) override {
        arrived = *request;
        response->mutable_order()->set_state(dispatch::v1::ORDER_STATE_ARRIVED);
        return grpc::Status::OK;
    }

    bool taken = false;
    dispatch::v1::DispatchUnitsRequest sent;
    dispatch::v1::ArriveOrderRequest arrived;
};

class RunTest : public testing::Test {
protected:
    RunTest() {
        int port = 0;
        grpc::ServerBuilder builder;
        builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
        builder.RegisterService(&service_);
        server_ = builder.BuildAndStart();
        target_ = "--target=127.0.0.1:" + std::to_string(port);
    }
    ~RunTest() override { server_->Shutdown(); }

    int liandong(std::vector<const char*> arguments) {
        arguments.insert(arguments.begin(), {"liandong", target_.c_str()});
        return run(static_cast<int>(arguments.size()), arguments.data(), {out_, err_});
    }

    RecordingDispatch service_;
    std::unique_ptr<grpc::Server> server_;
    std::string target_;
    std::ostringstream out_, err_;
};

constexpr const char* kId = "0197f0a0-0000-8000-8000-000000000001";

// A wrong command line exits with 2 before anything is sent; help with 0.
TEST_F(RunTest, UsageErrorsExitWithTwo) {
    EXPECT_EQ(liandong({}), kUsage);
    EXPECT_EQ(liandong({"fly"}), kUsage);
    EXPECT_EQ(liandong({"dispatch", "1"}), kUsage);
    EXPECT_EQ(liandong({"order", "arrive"}), kUsage);
    EXPECT_EQ(liandong({"order", "decline", kId}), kUsage) << "a reason is required";
    EXPECT_EQ(liandong({"order", "arrive", kId, "--time", "soon"}), kUsage);
    EXPECT_EQ(liandong({"units", "--kind", "tank"}), kUsage);
    EXPECT_EQ(liandong({"units", "--scope", "a{b.c"}), kUsage);
    EXPECT_EQ(liandong({"--help"}), kDone);
    EXPECT_THAT(out_.str(), HasSubstr("Exit codes"));
}

// Global options may stand before or behind the command; units go by their call signs.
TEST_F(RunTest, DispatchesByCallSign) {
    EXPECT_EQ(liandong({"dispatch", kId, "古城一号", "--all-or-none", "--note", "带梯子", "--scope",
                        "drill.420981", "--request-id", "0197f0a0-0000-7000-8000-000000000001"}),
              kDone);
    EXPECT_EQ(service_.sent.header().scope().world(), "drill");
    EXPECT_EQ(service_.sent.header().request_id(), "0197f0a0-0000-7000-8000-000000000001");
    EXPECT_EQ(service_.sent.incident_id(), kId);
    ASSERT_EQ(service_.sent.unit_ids_size(), 1);
    EXPECT_EQ(service_.sent.unit_ids(0), "fire-1");
    EXPECT_EQ(service_.sent.note(), "带梯子");
    EXPECT_EQ(service_.sent.conflict_rule(), dispatch::v1::CONFLICT_RULE_ALL_OR_NONE);
    EXPECT_THAT(out_.str(), HasSubstr("fire-1"));
}

// When nobody was sent the exit code says so, although the call succeeded (D4).
TEST_F(RunTest, NobodySentIsARefusal) {
    service_.taken = true;
    EXPECT_EQ(liandong({"dispatch", kId, "fire-1"}), kRefused);
    EXPECT_THAT(out_.str(), HasSubstr("NOBODY WAS SENT"));
}

// A milestone is entered on behalf of the crew, with the time it happened.
TEST_F(RunTest, RecordsFactsOnBehalf) {
    EXPECT_EQ(liandong({"order", "arrive", kId, "--time", "2026-07-18T18:00:00+08:00",
                        "--on-behalf-of", "fire-1"}),
              kDone);
    EXPECT_EQ(service_.arrived.fact().order_id(), kId);
    EXPECT_EQ(service_.arrived.fact().occurred_at_micros(), 1'784'368'800'000'000);
    EXPECT_EQ(service_.arrived.fact().source(), dispatch::v1::FACT_SOURCE_ON_BEHALF);
    EXPECT_EQ(service_.arrived.header().on_behalf_of(), "fire-1");
    EXPECT_TRUE(service_.arrived.header().request_id().size() == 36) << "a new id of its own";
}

}  // namespace
}  // namespace liandong::cli
