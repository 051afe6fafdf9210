#pragma once

#include "common/rpc/by_scope.h"
#include "common/rpc/call_host.h"
#include "common/rpc/client_stream_call.h"
#include "common/rpc/server_stream_call.h"
#include "common/rpc/unary_call.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace liandong::rpc {

struct DrainOptions {
    /// How long load balancers have to see NOT_SERVING before calls are refused.
    Duration notice{0};
    /// How long calls in flight may still take.
    Duration limit = std::chrono::seconds(5);
};

/// A gRPC server whose handlers run on one io_context and know nothing of gRPC:
///     Task<Result<Response>> unary(CallContext, Request)
///     Task<Status>           server_stream(CallContext, Request, Sink<Response>&)
///     Task<Result<Response>> client_stream(CallContext, Source<Request>&)
/// given as any callable, or as `by_scope(objects, &Handlers::method)`. gRPC's threads read the
/// message and hand the call over; everything else happens on the io_context's thread. Per call, in
/// this order:
///     limits          RESOURCE_EXHAUSTED / TOO_MANY_CALLS, UNAVAILABLE / DRAINING
///     deadline        the client's, at most the method's; DEADLINE_EXCEEDED / DEADLINE_EXPIRED
///     identity        UNAUTHENTICATED (auth.h, token.h)
///     message         INVALID_ARGUMENT / NOT_UTF8, FIELD_UNKNOWN, REQUEST_MALFORMED
///     scope           INVALID_ARGUMENT / SCOPE_MALFORMED
///     permission      PERMISSION_DENIED (domain::authorize, the option of the RPC)
///     served scope    FAILED_PRECONDITION / WRONG_SCOPE
///     handler         its own errors; an exception is a bug: INTERNAL / BUG
/// When the client goes away the handler's cancellation is set; its outcome is awaited all the
/// same.
class Server {
public:
    Server(ServerPorts ports, ServerOptions options);
    /// A server that was started must have been drained (and `drain` have said true); a process
    /// whose drain was not clean ends by _Exit, for gRPC cannot end a server whose calls do not.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Bind a handler, before `start`. Abort when the RPC has other types or declares no
    /// permission.
    template <class Request, class Response, class Handler>
    void unary(const std::string& service, const std::string& method, Handler handler,
               MethodOptions how = {});
    template <class Request, class Response, class Handler>
    void server_stream(const std::string& service, const std::string& method, Handler handler,
                       MethodOptions how = {});
    template <class Request, class Response, class Handler>
    void client_stream(const std::string& service, const std::string& method, Handler handler,
                       MethodOptions how = {});

    /// Listens; not serving in the sense of grpc.health.v1 until told. Aborts when a bound service
    /// has an unbound RPC. FAILED_PRECONDITION / INSECURE_LISTEN (identity is not proven and the
    /// address is not loopback), UNAVAILABLE / LISTEN_FAILED.
    Status start();
    /// The port that is bound; 0 for a unix socket.
    int port() const { return port_; }
    /// What grpc.health.v1 answers, for each service and for "".
    void set_serving(bool serving);
    /// NOT_SERVING → notice → no new calls, streams end with UNAVAILABLE / DRAINING → unary calls
    /// finish → the server ends. True when all that happened; false when calls were still in flight
    /// after `limit`. Once; bounded by notice + limit + 2 s.
    Task<bool> drain(DrainOptions how);

private:
    class Service;
    template <class Handler> struct Binding {
        Method method;
        Handler handler;
    };
    template <class Request, class Response, class Handler>
    auto& bind(const std::string& service, const std::string& method, Method::Kind kind,
               Handler handler, const MethodOptions& how);
    void add(const std::string& service, const Method& method,
             grpc::internal::RpcMethod::RpcType type, grpc::internal::MethodHandler* handler);
    /// Any thread. A place for the call, or the status that refuses it (counted, not logged: a
    /// flood must not flood the log).
    std::optional<grpc::Status> enter(const Method& method);
    void check_all_bound() const;
    Task<void> shut_down();

    CallHost host_;
    std::vector<std::shared_ptr<void>> bindings_;  // of all types; they outlive the server below
    std::map<std::string, int> bound_;             // service → methods
    std::unique_ptr<Service> service_;
    std::unique_ptr<grpc::Server> server_;
    std::jthread shutdown_thread_;
    int port_ = 0;
};

template <class Request, class Response, class Handler>
auto& Server::bind(const std::string& service, const std::string& method, Method::Kind kind,
                   Handler handler, const MethodOptions& how) {
    auto described =
        Method::describe(service, method, kind, *Request::descriptor(), *Response::descriptor(),
                         how, host_.options(), host_.ports().metrics);
    using Kept = Binding<decltype(scoped(std::move(handler)))>;
    auto binding = std::make_shared<Kept>(Kept{std::move(described), scoped(std::move(handler))});
    bindings_.push_back(binding);
    return *binding;
}

template <class Request, class Response, class Handler>
void Server::unary(const std::string& service, const std::string& method, Handler handler,
                   MethodOptions how) {
    auto& binding =
        bind<Request, Response>(service, method, Method::Kind::kUnary, std::move(handler), how);
    using Kept = decltype(binding.handler);
    auto make = [this, &binding](grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer* bytes,
                                 grpc::ByteBuffer* response) -> grpc::ServerUnaryReactor* {
        if (auto status = enter(binding.method)) {
            return new Refusal<grpc::ServerUnaryReactor>(std::move(*status));
        }
        return new UnaryCall<Request, Response, Kept>(host_, binding.method, binding.handler,
                                                      *context, *bytes, *response);
    };
    add(service, binding.method, grpc::internal::RpcMethod::NORMAL_RPC,
        new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(make));
}

template <class Request, class Response, class Handler>
void Server::server_stream(const std::string& service, const std::string& method, Handler handler,
                           MethodOptions how) {
    auto& binding = bind<Request, Response>(service, method, Method::Kind::kServerStream,
                                            std::move(handler), how);
    using Kept = decltype(binding.handler);
    using Reactor = grpc::ServerWriteReactor<grpc::ByteBuffer>;
    auto make = [this, &binding](grpc::CallbackServerContext* context,
                                 const grpc::ByteBuffer* bytes) -> Reactor* {
        if (auto status = enter(binding.method)) return new Refusal<Reactor>(std::move(*status));
        return new ServerStreamCall<Request, Response, Kept>(host_, binding.method, binding.handler,
                                                             *context, *bytes);
    };
    add(service, binding.method, grpc::internal::RpcMethod::SERVER_STREAMING,
        new grpc::internal::CallbackServerStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
            make));
}

template <class Request, class Response, class Handler>
void Server::client_stream(const std::string& service, const std::string& method, Handler handler,
                           MethodOptions how) {
    auto& binding = bind<Request, Response>(service, method, Method::Kind::kClientStream,
                                            std::move(handler), how);
    using Kept = decltype(binding.handler);
    using Reactor = grpc::ServerReadReactor<grpc::ByteBuffer>;
    auto make = [this, &binding](grpc::CallbackServerContext* context,
                                 grpc::ByteBuffer* response) -> Reactor* {
        if (auto status = enter(binding.method)) return new Refusal<Reactor>(std::move(*status));
        return new ClientStreamCall<Request, Response, Kept>(host_, binding.method, binding.handler,
                                                             *context, *response);
    };
    add(service, binding.method, grpc::internal::RpcMethod::CLIENT_STREAMING,
        new grpc::internal::CallbackClientStreamingHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
            make));
}

}  // namespace liandong::rpc
