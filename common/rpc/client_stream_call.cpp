#include "common/rpc/client_stream_call.h"

#include <algorithm>

namespace liandong::rpc {

ClientStreamBase::ClientStreamBase(CallHost& host, const Method& method,
                                   grpc::CallbackServerContext& context, grpc::ByteBuffer& response)
    : StreamCall(host, method, context), response_(response), wake_(host.ports().executor) {}

void ClientStreamBase::begin() {
    if (Status status = identify(); !status) return ended(std::move(status), nullptr);
    // Whoever may never do it is told so at once; where he may is asked with the first message.
    const auto& roles = principal().roles;
    const bool may = std::any_of(roles.begin(), roles.end(), [this](domain::Role role) {
        return domain::allows(role, method().permission);
    });
    if (!may) {
        return ended(
            fail(Code::kPermissionDenied, "PERMISSION_MISSING", "no role of the caller allows it"),
            nullptr);
    }
    start_read();
}

void ClientStreamBase::start_read() { StartRead(&buffer_); }

void ClientStreamBase::OnReadDone(bool ok) {
    // The message is the reader's alone until the item is taken: the handler waits, or works on the
    // one before.
    read_ok_ = ok;
    if (ok) readable_ = read(buffer_);
    read_or_written();
}

void ClientStreamBase::transferred() {
    if (!read_ok_) {
        at_end_ = true;
    } else if (!readable_) {
        end(std::move(readable_.error()));
    } else if (started_ && is_elsewhere()) {
        end({Code::kInvalidArgument,
             "SCOPE_CHANGED",
             "all messages of a stream name one scope",
             {}});
    } else {
        waiting_ = true;
    }
    if (!started_) return first_transferred();
    wake_.notify();
}

void ClientStreamBase::first_transferred() {
    started_ = true;
    if (waiting_ && !Call::cancellation().is_cancelled()) return begin_handler();
    ended(verdict(fail(Code::kInvalidArgument, "STREAM_EMPTY", "the stream holds no message")),
          nullptr);
}

Task<bool> ClientStreamBase::wait_for_message() {
    wake_on_cancel_ = Call::cancellation().on_cancel([this] { wake_.notify(); });
    while (!waiting_ && !at_end_ && !Call::cancellation().is_cancelled()) co_await wake_.wait();
    wake_on_cancel_ = {};
    co_return waiting_ && !Call::cancellation().is_cancelled();
}

void ClientStreamBase::taken() {
    waiting_ = false;
    if (!at_end_) start_read();
}

void ClientStreamBase::ended(Status outcome, const google::protobuf::Message* message) {
    outcome = verdict(std::move(outcome));
    if (outcome && message != nullptr && !answered()) {
        outcome = write_message(*message, method().send_bytes_max, response_);
    }
    conclude(outcome);
}

}  // namespace liandong::rpc
