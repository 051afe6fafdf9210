#pragma once

#include "common/async/spawn.h"
#include "common/rpc/call.h"
#include "common/rpc/scope_of.h"
#include "common/rpc/wire.h"

#include <utility>

namespace liandong::rpc {

/// A unary call without its types: what it is to gRPC.
class UnaryCallBase : public Call, public grpc::ServerUnaryReactor {
public:
    void OnCancel() final { cancelled(); }
    void OnDone() final { done(); }
    // Both reactions above only hand over, so gRPC need not wake a thread of its own for them (as
    // with its DefaultReactor).
    bool InternalInlineable() final { return true; }

    void check_time(MonotonicTime now, Timestamp wall) final;

protected:
    UnaryCallBase(CallHost& host, const Method& method, grpc::CallbackServerContext& context,
                  grpc::ByteBuffer& response)
        : Call(host, method, context), response_(response) {}

    void finish(grpc::Status status) final { Finish(std::move(status)); }
    /// The handler has ended with `message`, or with an error when it is null.
    void ended(Status outcome, const google::protobuf::Message* message);

private:
    grpc::ByteBuffer& response_;
};

/// A unary call: one request, one `Task<Result<Response>> handler(scope, CallContext, Request)`.
template <class Request, class Response, class Handler>
class UnaryCall final : public UnaryCallBase {
public:
    /// On a gRPC thread; `bytes` is read at once, so that the io_context's thread need not.
    UnaryCall(CallHost& host, const Method& method, Handler& handler,
              grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes,
              grpc::ByteBuffer& response)
        : UnaryCallBase(host, method, context, response),
          handler_(handler),
          readable_(read_message(bytes, request_, method.unknown_fields)) {
        arrived();
    }

private:
    using Field = ScopeField<Request>;

    void begin() override {
        if (Status status = admit(); !status) return conclude(status);
        set_request_id(request_id_of(request_));
        spawn(host().ports().executor, handler_(scope(), take_context(), std::move(request_)),
              [self = boost::intrusive_ptr<UnaryCall>(this)](std::exception_ptr exception,
                                                             Result<Response> result) {
                  self->handled(exception, result);
              });
    }

    Status admit() {
        if (Status status = identify(); !status) return status;
        if (!readable_) return std::move(readable_);
        if (Status status = authorize(Field::read(request_), Field::kPath); !status) return status;
        if (!handler_.serves(scope())) return fail(wrong_scope(Field::kPath));
        return {};
    }

    void handled(const std::exception_ptr& exception, const Result<Response>& result) {
        if (exception) return ended(fail(bug(exception)), nullptr);
        if (!result) return ended(fail(result.error()), nullptr);
        ended({}, &*result);
    }

    Handler& handler_;
    Request request_;
    Status readable_;
};

}  // namespace liandong::rpc
