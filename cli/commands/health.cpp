#include "cli/health.h"

#include "cli/commands/commands.h"
#include "cli/times.h"

#include <fmt/format.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/support/byte_buffer.h>

namespace liandong::cli {
namespace {

struct HealthCommand {
    std::string service;
};

constexpr char kMethod[] = "/grpc.health.v1.Health/Check";

grpc::ByteBuffer to_buffer(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
}

std::string to_bytes(const grpc::ByteBuffer& buffer) {
    std::vector<grpc::Slice> slices;
    std::string bytes;
    if (!buffer.Dump(&slices).ok()) return bytes;
    for (const grpc::Slice& slice : slices)
        bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
    return bytes;
}

Result<std::string> check(Session& session, const std::string& service) {
    grpc::ClientContext context;
    if (Status ready = session.prepare(context, true); !ready)
        return fail(std::move(ready.error()));
    const grpc::ByteBuffer request = to_buffer(health_request(service));
    grpc::ByteBuffer response;
    const grpc::internal::RpcMethod method(kMethod, grpc::internal::RpcMethod::NORMAL_RPC);
    const grpc::Status status =
        grpc::internal::BlockingUnaryCall(&session.channel(), method, &context, request, &response);
    if (!status.ok()) return fail(rpc::from_grpc_status(status));
    return health_status(to_bytes(response));
}

int health(Session& session, const HealthCommand& command) {
    const auto status = check(session, command.service);
    if (!status) return session.refused(status.error());
    const auto now = session.world_now();
    if (session.json()) {
        session.print(fmt::format("{{\"status\":\"{}\",\"scope\":\"{}\",\"worldTime\":\"{}\"}}\n",
                                  *status, session.scope(), now ? to_rfc3339(*now) : ""));
    } else {
        session.print(fmt::format("{}\n", *status));
        if (now)
            session.print(
                fmt::format("{} world time {}\n", session.scope(), long_time(to_micros(*now))));
    }
    if (!now) return session.refused(now.error());
    return *status == "SERVING" ? kDone : kUnavailableOrUnknown;
}

}  // namespace

void add_health_command(const Commands& commands) {
    const auto arguments = std::make_shared<HealthCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "health",
                    "whether the platform serves, and its world's time", arguments, health);
    app->add_option("service", arguments->service,
                    "such as liandong.intake.v1.IntakeService; default: the whole");
}

}  // namespace liandong::cli
