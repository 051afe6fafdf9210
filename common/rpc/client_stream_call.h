#pragma once

#include "common/async/sink.h"
#include "common/async/spawn.h"
#include "common/rpc/scope_of.h"
#include "common/rpc/stream_end.h"
#include "common/rpc/wire.h"

#include <utility>

namespace liandong::rpc {

/// A client stream without its types: reads one message ahead of the handler, no more.
class ClientStreamBase : public StreamCall, public grpc::ServerReadReactor<grpc::ByteBuffer> {
public:
    void OnCancel() final { cancelled(); }
    void OnDone() final { done(); }
    void OnReadDone(bool ok) final;
    bool InternalInlineable() final { return true; }  // as in UnaryCallBase

protected:
    ClientStreamBase(CallHost& host, const Method& method, grpc::CallbackServerContext& context,
                     grpc::ByteBuffer& response);

    /// On a gRPC thread: reads the bytes into the message that waits for the handler.
    virtual Status read(const grpc::ByteBuffer& bytes) = 0;
    /// The message that has come names another scope than the first, or none.
    virtual bool is_elsewhere() const = 0;
    /// The first message is here.
    virtual void begin_handler() = 0;

    void begin() final;
    void transferred() final;
    void finish(grpc::Status status) final { Finish(std::move(status)); }
    /// Suspends until a message waits. False at the end, on cancellation, and after a bad message.
    Task<bool> wait_for_message();
    /// The handler has the message: read the next.
    void taken();
    void ended(Status outcome, const google::protobuf::Message* message);

private:
    void start_read();
    void first_transferred();

    grpc::ByteBuffer& response_;
    grpc::ByteBuffer buffer_;
    Signal wake_;
    Cancellation::Registration wake_on_cancel_;
    Status readable_;
    bool read_ok_ = false;
    bool waiting_ = false;  // a message waits for the handler
    bool at_end_ = false;
    bool started_ = false;
};

/// A client stream: `Task<Result<Response>> handler(scope, CallContext, Source<Request>&)`. Every
/// message must name the scope of the first (INVALID_ARGUMENT / SCOPE_CHANGED): that is where the
/// caller's permission was checked.
template <class Request, class Response, class Handler>
class ClientStreamCall final : public ClientStreamBase, public Source<Request> {
public:
    /// On a gRPC thread.
    ClientStreamCall(CallHost& host, const Method& method, Handler& handler,
                     grpc::CallbackServerContext& context, grpc::ByteBuffer& response)
        : ClientStreamBase(host, method, context, response), handler_(handler) {
        arrived();
    }

    Task<bool> next(Request& message) override {
        if (!co_await wait_for_message()) co_return false;
        message = std::move(next_);
        taken();
        co_return true;
    }

private:
    using Field = ScopeField<Request>;

    Status read(const grpc::ByteBuffer& bytes) override {
        return read_message(bytes, next_, method().unknown_fields);
    }
    bool is_elsewhere() const override { return Field::read(next_) != scope(); }

    void begin_handler() override {
        if (Status status = admit(); !status) return ended(std::move(status), nullptr);
        Source<Request>& source = *this;
        spawn(host().ports().executor, handler_(scope(), take_context(), source),
              [self = boost::intrusive_ptr<ClientStreamCall>(this)](std::exception_ptr exception,
                                                                    Result<Response> result) {
                  self->handled(exception, result);
              });
    }

    Status admit() {
        if (Status status = authorize(Field::read(next_), Field::kPath); !status) return status;
        if (!handler_.serves(scope())) return fail(wrong_scope(Field::kPath));
        return {};
    }

    void handled(const std::exception_ptr& exception, const Result<Response>& result) {
        if (exception) return ended(fail(bug(exception)), nullptr);
        if (!result) return ended(fail(result.error()), nullptr);
        ended({}, &*result);
    }

    Handler& handler_;
    Request next_;
};

}  // namespace liandong::rpc
