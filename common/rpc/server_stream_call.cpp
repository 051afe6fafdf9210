#include "common/rpc/server_stream_call.h"

namespace liandong::rpc {

ServerStreamBase::ServerStreamBase(CallHost& host, const Method& method,
                                   grpc::CallbackServerContext& context)
    : StreamCall(host, method, context), wake_(host.ports().executor) {}

void ServerStreamBase::OnWriteDone(bool ok) {
    written_ok_ = ok;  // read by the io_context's thread after it took the item
    read_or_written();
}

Task<bool> ServerStreamBase::write(const google::protobuf::Message& message) {
    if (Call::cancellation().is_cancelled()) co_return false;
    if (Status status = write_message(message, method().send_bytes_max, buffer_); !status) {
        end(std::move(status.error()));
        co_return false;
    }
    // Registered here and not at the start: the cancellation is shared with a handler that may
    // outlive nothing of ours.
    wake_on_cancel_ = Call::cancellation().on_cancel([this] { wake_.notify(); });
    writing_ = true;
    StartWrite(&buffer_);
    while (writing_ && !Call::cancellation().is_cancelled()) co_await wake_.wait();
    wake_on_cancel_ = {};
    co_return !writing_ && written_ok_ && !Call::cancellation().is_cancelled();
}

void ServerStreamBase::transferred() {
    writing_ = false;
    wake_.notify();
    settle();
}

void ServerStreamBase::ended(Status outcome) {
    outcome_ = std::move(outcome);
    settle();
}

void ServerStreamBase::settle() {
    if (!outcome_ || writing_) return;
    conclude(verdict(std::move(*outcome_)));
}

}  // namespace liandong::rpc
