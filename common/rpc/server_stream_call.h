#pragma once

#include "common/async/sink.h"
#include "common/async/spawn.h"
#include "common/rpc/scope_of.h"
#include "common/rpc/stream_end.h"
#include "common/rpc/wire.h"

#include <utility>

namespace liandong::rpc {

/// A server stream without its types: one write at a time.
class ServerStreamBase : public StreamCall, public grpc::ServerWriteReactor<grpc::ByteBuffer> {
public:
    void OnCancel() final { cancelled(); }
    void OnDone() final { done(); }
    void OnWriteDone(bool ok) final;
    bool InternalInlineable() final { return true; }  // as in UnaryCallBase

protected:
    ServerStreamBase(CallHost& host, const Method& method, grpc::CallbackServerContext& context);

    void finish(grpc::Status status) final { Finish(std::move(status)); }
    void transferred() final;
    bool is_blocked() const final { return writing_; }
    /// Sends one message. False when the call is cancelled or the message is too large (which ends
    /// the stream).
    Task<bool> write(const google::protobuf::Message& message);
    /// The handler has ended. The answer goes out when the last write has.
    void ended(Status outcome);

private:
    void settle();

    grpc::ByteBuffer buffer_;
    Signal wake_;
    Cancellation::Registration wake_on_cancel_;
    bool writing_ = false;
    bool written_ok_ = false;
    std::optional<Status> outcome_;
};

/// A server stream: one request, `Task<Status> handler(scope, CallContext, Request,
/// Sink<Response>&)`.
template <class Request, class Response, class Handler>
class ServerStreamCall final : public ServerStreamBase, public Sink<Response> {
public:
    /// On a gRPC thread.
    ServerStreamCall(CallHost& host, const Method& method, Handler& handler,
                     grpc::CallbackServerContext& context, const grpc::ByteBuffer& bytes)
        : ServerStreamBase(host, method, context),
          handler_(handler),
          readable_(read_message(bytes, request_, method.unknown_fields)) {
        arrived();
    }

    Task<bool> send(Response message) override { co_return co_await write(message); }
    Cancellation cancellation() const override { return Call::cancellation(); }

private:
    using Field = ScopeField<Request>;

    void begin() override {
        if (Status status = admit(); !status) return ended(std::move(status));
        Sink<Response>& sink = *this;
        spawn(host().ports().executor, handler_(scope(), take_context(), std::move(request_), sink),
              [self = boost::intrusive_ptr<ServerStreamCall>(this)](std::exception_ptr exception,
                                                                    Status outcome) {
                  if (exception) outcome = fail(self->bug(exception));
                  self->ended(std::move(outcome));
              });
    }

    Status admit() {
        if (Status status = identify(); !status) return status;
        if (!readable_) return std::move(readable_);
        if (Status status = authorize(Field::read(request_), Field::kPath); !status) return status;
        if (!handler_.serves(scope())) return fail(wrong_scope(Field::kPath));
        return {};
    }

    Handler& handler_;
    Request request_;
    Status readable_;
};

}  // namespace liandong::rpc
