#pragma once

#include "common/domain/call_context.h"
#include "common/rpc/call_host.h"

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <exception>
#include <optional>
#include <string>

namespace liandong::rpc {

/// One call, from its arrival on a gRPC thread to the end of its handler: who calls, until when,
/// and the one answer. gRPC holds one reference until OnDone, every item on its way to the
/// io_context one, and a running handler one; so nobody is left with a pointer to a call that is
/// gone. On the io_context's thread unless said otherwise.
class Call : public CallHook {
public:
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    Method::Kind kind() const { return method_.kind; }

    /// Ends what is over: deadline, age, token.
    virtual void check_time(MonotonicTime now, Timestamp wall) = 0;
    /// The server is about to end. Unary calls finish; streams end.
    virtual void drain() {}

    friend void intrusive_ptr_add_ref(Call* call) {
        call->references_.fetch_add(1, std::memory_order_relaxed);
    }
    friend void intrusive_ptr_release(Call* call) {
        if (call->references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete call;
    }

protected:
    /// On a gRPC thread.
    Call(CallHost& host, const Method& method, grpc::CallbackServerContext& context);
    virtual ~Call();

    // Called by reactors on gRPC's threads.
    void arrived() { arrival_.push(); }
    void cancelled() { cancel_.push(); }
    void read_or_written() { transfer_.push(); }
    void done() { intrusive_ptr_release(this); }

    /// The call is here: check, and start the handler or answer.
    virtual void begin() = 0;
    /// A read or write of a stream has ended.
    virtual void transferred() {}
    /// Gives the status to gRPC, once. The call lives only as long as its references afterwards.
    virtual void finish(grpc::Status status) = 0;

    /// Whether it is in time and who calls. DEADLINE_EXCEEDED / DEADLINE_EXPIRED and the
    /// authenticator's reasons.
    Status identify();
    /// Whether the caller may do it there: INVALID_ARGUMENT / SCOPE_MALFORMED (field `path`.…), and
    /// the reasons of domain::authorize. After `identify`.
    Status authorize(domain::Scope scope, std::string_view path);
    /// FAILED_PRECONDITION / WRONG_SCOPE: this process does not serve the scope.
    Error wrong_scope(std::string_view path) const;
    /// What the handler is told. Once.
    CallContext take_context();

    /// The one answer: counted, logged, sent. Later ones are ignored.
    void answer(const Status& outcome);
    /// The handler has ended, or never began: gives the place back and answers, in this order, so
    /// that a client that has its answer finds the place free.
    void conclude(const Status& outcome);
    /// INTERNAL / BUG, with what the exception says in the log only.
    Error bug(const std::exception_ptr& exception) const;

    CallHost& host() { return host_; }
    const Method& method() const { return method_; }
    grpc::CallbackServerContext& context() { return context_; }
    const Cancellation& cancellation() const { return call_.cancellation; }
    Cancellation& cancellation() { return call_.cancellation; }
    const domain::Scope& scope() const { return scope_; }
    const domain::Principal& principal() const { return call_.principal; }
    std::optional<Timestamp> token_expires_at() const { return token_expires_at_; }
    MonotonicTime deadline() const { return deadline_; }
    bool answered() const { return answered_; }
    void set_request_id(std::string_view id) { request_id_ = id.substr(0, 64); }

private:
    /// Something that happened to the call on a gRPC thread, on its way to the io_context.
    class Item final : public InboxItem {
    public:
        Item(Call& call, void (Call::*taken)()) : call_(call), taken_(taken) {}
        void push() {
            intrusive_ptr_add_ref(&call_);
            call_.host_.inbox().push(*this);
        }
        void take() override {
            const boost::intrusive_ptr<Call> call(&call_, false);
            (call_.*taken_)();
        }

    private:
        Call& call_;
        void (Call::*taken_)();
    };

    void open_and_begin();
    void cancel_work();
    void log_answer(const Status& outcome, Duration took) const;

    CallHost& host_;
    const Method& method_;
    grpc::CallbackServerContext& context_;
    std::atomic<int> references_{1};
    Item arrival_{*this, &Call::open_and_begin};
    Item cancel_{*this, &Call::cancel_work};
    Item transfer_{*this, &Call::transferred};

    Credentials credentials_;  // views into the context's metadata
    MonotonicTime arrived_at_;
    MonotonicTime deadline_;
    CallContext call_;
    std::optional<Timestamp> token_expires_at_;
    domain::Scope scope_;
    std::string subject_;
    std::string agency_;
    std::string request_id_;
    bool answered_ = false;
};

/// Answers a call that did not enter, on a gRPC thread.
template <class Reactor> class Refusal final : public Reactor {
public:
    explicit Refusal(grpc::Status status) { this->Finish(std::move(status)); }
    void OnDone() override { delete this; }
};

}  // namespace liandong::rpc
