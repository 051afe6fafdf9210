#include "common/rpc/server.h"

#include "common/async/one_shot.h"
#include "common/base/check.h"
#include "common/rpc/status.h"

#include <google/protobuf/stubs/logging.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/server_builder.h>

namespace liandong::rpc {
namespace {

/// reliability.md §3.3, each with its reason there.
void set_limits(grpc::ServerBuilder& builder, const ServerOptions& options) {
    builder.SetMaxReceiveMessageSize(options.receive_bytes_max);
    builder.SetMaxSendMessageSize(static_cast<int>(options.send_bytes_max));
    builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, 16 * 1024);  // a token takes up to 8 KiB
    // 1,024 and not fewer: the terminals of a whole county come over a few connections of their
    // gateway, one order stream each, and calls above the limit queue in the client, unseen.
    builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1024);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 20'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_PING_STRIKES, 3);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 30 * 60 * 1000);
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 5 * 60 * 1000);
    builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 5'000);
    // Else a stray second process silently takes half the connections.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    builder.SetResourceQuota(grpc::ResourceQuota("server").Resize(std::size_t{256} << 20));
}

}  // namespace

/// All bound RPCs, as generated code would have it, but with the bytes of the messages.
class Server::Service final : public grpc::Service {
public:
    void add(const char* path, grpc::internal::RpcMethod::RpcType type,
             grpc::internal::MethodHandler* handler) {
        AddMethod(new grpc::internal::RpcServiceMethod(path, type, nullptr));
        MarkMethodRawCallback(count_++, handler);
    }

private:
    int count_ = 0;
};

bool is_loopback(std::string_view listen) {
    return listen.starts_with("127.") || listen.starts_with("localhost:") ||
           listen.starts_with("[::1]:") || listen.starts_with("unix:");
}

Server::Server(ServerPorts ports, ServerOptions options)
    : host_(std::move(ports), std::move(options)), service_(std::make_unique<Service>()) {}

Server::~Server() { LIANDONG_CHECK(server_ == nullptr); }

void Server::add(const std::string& service, const Method& method,
                 grpc::internal::RpcMethod::RpcType type, grpc::internal::MethodHandler* handler) {
    LIANDONG_CHECK(server_ == nullptr);
    ++bound_[service];
    service_->add(method.path.c_str(), type, handler);
}

std::optional<grpc::Status> Server::enter(const Method& method) {
    const std::optional<Error> refusal = host_.enter(method.kind);
    if (!refusal) return std::nullopt;
    grpc::Status status = to_grpc_status(*refusal);
    method.requests[static_cast<std::size_t>(status.error_code())]->add();
    return status;
}

void Server::check_all_bound() const {
    const auto* pool = google::protobuf::DescriptorPool::generated_pool();
    for (const auto& [service, methods] : bound_) {
        LIANDONG_CHECK(pool->FindServiceByName(service)->method_count() == methods);
    }
}

Status Server::start() {
    check_all_bound();
    const ServerOptions& options = host_.options();
    if (!host_.ports().authenticator.proves_identity() && !is_loopback(options.listen)) {
        return fail(Code::kFailedPrecondition, "INSECURE_LISTEN",
                    "refusing to listen on " + options.listen +
                        " without token keys: callers could claim to be anyone; configure token "
                        "keys or listen on 127.0.0.1");
    }
    // Two flags of the whole process. Protobuf writes a line to stderr for every string that is not
    // UTF-8: callers could fill the log, and they are told in the answer. And gRPC offers no other
    // way to its health service.
    google::protobuf::SetLogHandler(nullptr);
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    set_limits(builder, options);
    builder.RegisterService(service_.get());
    int port = 0;
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
    server_ = builder.BuildAndStart();
    const bool is_unix = options.listen.starts_with("unix:");
    if (server_ == nullptr || (port == 0 && !is_unix)) {
        return fail(Code::kUnavailable, "LISTEN_FAILED", "cannot listen on " + options.listen);
    }
    port_ = is_unix ? 0 : port;
    set_serving(false);
    return {};
}

void Server::set_serving(bool serving) {
    LIANDONG_CHECK(server_ != nullptr);
    auto* health = server_->GetHealthCheckService();
    health->SetServingStatus("", serving);
    for (const auto& [service, methods] : bound_) health->SetServingStatus(service, serving);
}

Task<bool> Server::drain(DrainOptions how) {
    set_serving(false);
    if (how.notice > Duration(0)) co_await sleep_for(host_.ports().timers, how.notice);
    host_.refuse_and_end_streams();
    if (!co_await host_.idle(how.limit)) co_return false;
    co_await shut_down();
    co_return true;
}

Task<void> Server::shut_down() {
    // gRPC's own calls (health watches) are given a short second; then it ends them itself.
    OneShot<bool> ended(host_.ports().executor);
    shutdown_thread_ = std::jthread([this, &ended] {
        server_->Shutdown(
            gpr_time_add(gpr_now(GPR_CLOCK_REALTIME), gpr_time_from_millis(500, GPR_TIMESPAN)));
        server_.reset();
        boost::asio::post(host_.ports().executor, [&ended] { ended.set(true); });
    });
    co_await ended.wait();
}

}  // namespace liandong::rpc
