#include "common/rpc/status.h"

#include "liandong/common/v1/error.pb.h"

#include <gtest/gtest.h>

namespace liandong::rpc {
namespace {

TEST(GrpcStatus, HoldsAnErrorInfoThatOtherClientsRead) {
    const grpc::Status status = to_grpc_status(
        Error{Code::kNotFound, "UNIT_UNKNOWN", "no such unit", {}}.with("field", "unit_id"));
    EXPECT_EQ(status.error_code(), grpc::StatusCode::NOT_FOUND);
    EXPECT_EQ(status.error_message(), "no such unit");
    common::v1::StatusDetails details;
    ASSERT_TRUE(details.ParseFromString(status.error_details()));
    EXPECT_EQ(details.code(), 5);
    ASSERT_EQ(details.details_size(), 1);
    EXPECT_EQ(details.details(0).type_url(), "type.googleapis.com/google.rpc.ErrorInfo");
    common::v1::ErrorInfo info;
    ASSERT_TRUE(info.ParseFromString(details.details(0).value()));
    EXPECT_EQ(info.reason(), "UNIT_UNKNOWN");
    EXPECT_EQ(info.domain(), "liandong");
    EXPECT_EQ(info.metadata().at("field"), "unit_id");
}

// Details that outgrow the peer's metadata limit would cost the client even the code.
TEST(GrpcStatus, StaysSmallWhateverTheErrorHolds) {
    Error error{Code::kInternal, "R", std::string(100'000, 'x'), {}};
    for (int i = 0; i < 100; ++i) error.with(std::to_string(i), std::string(100'000, '\xFF'));
    const grpc::Status status = to_grpc_status(error);
    EXPECT_LT(status.error_message().size() + status.error_details().size(), 16U * 1024);
    EXPECT_EQ(from_grpc_status(status).reason, "R");
}

TEST(GrpcStatus, HasAReasonEvenWithoutDetails) {
    const auto reason = [](grpc::StatusCode code) {
        return from_grpc_status(grpc::Status(code, "")).reason;
    };
    EXPECT_EQ(reason(grpc::StatusCode::UNAVAILABLE), "PEER_UNREACHABLE");
    EXPECT_EQ(reason(grpc::StatusCode::DEADLINE_EXCEEDED), "DEADLINE_EXPIRED");
    EXPECT_EQ(reason(grpc::StatusCode::UNIMPLEMENTED), "METHOD_UNKNOWN");
    EXPECT_EQ(reason(grpc::StatusCode::RESOURCE_EXHAUSTED), "TOO_LARGE");
    EXPECT_EQ(reason(grpc::StatusCode::DATA_LOSS), "NO_DETAILS");
    EXPECT_EQ(from_grpc_status({grpc::StatusCode::ABORTED, "", "garbage"}).code, Code::kAborted);
}

}  // namespace
}  // namespace liandong::rpc
