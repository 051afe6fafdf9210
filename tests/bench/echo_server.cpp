#include "tests/bench/echo_server.h"

#include "liandong/dispatch/v1/dispatch.grpc.pb.h"
#include "liandong/intake/v1/intake.grpc.pb.h"
#include "tests/bench/messages.h"

#include <fmt/format.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace liandong::bench {
namespace {

class EchoIntake final : public intake::v1::IntakeService::CallbackService {
    grpc::ServerUnaryReactor* ReportIncident(
        grpc::CallbackServerContext* context, const intake::v1::ReportIncidentRequest*,
        intake::v1::ReportIncidentResponse* response) override {
        *response = response_;
        auto* reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }

    const intake::v1::ReportIncidentResponse response_ = typical_report_response();
};

class EchoDispatch final : public dispatch::v1::DispatchService::CallbackService {
    grpc::ServerUnaryReactor* DispatchUnits(
        grpc::CallbackServerContext* context, const dispatch::v1::DispatchUnitsRequest*,
        dispatch::v1::DispatchUnitsResponse* response) override {
        *response = response_;
        auto* reactor = context->DefaultReactor();
        reactor->Finish(grpc::Status::OK);
        return reactor;
    }

    const dispatch::v1::DispatchUnitsResponse response_ = typical_dispatch_response();
};

}  // namespace

int run_echo_server(const std::string& ready_file) {
    EchoIntake intake;
    EchoDispatch dispatch;
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&intake);
    builder.RegisterService(&dispatch);
    const auto server = builder.BuildAndStart();
    if (!server || port == 0) return EXIT_FAILURE;
    // Written beside and renamed, so that a reader sees all of it or nothing.
    std::ofstream(ready_file + ".new") << fmt::format(R"({{"grpc":"127.0.0.1:{}"}})", port) << '\n';
    std::filesystem::rename(ready_file + ".new", ready_file);
    server->Wait();
    return EXIT_SUCCESS;
}

}  // namespace liandong::bench
