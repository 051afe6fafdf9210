#include "common/rpc/unary_call.h"

namespace liandong::rpc {

void UnaryCallBase::check_time(MonotonicTime now, Timestamp) {
    if (answered() || now < deadline()) return;
    // gRPC does this for the client's own deadline; the server's may be earlier, or the only one.
    // The handler's outcome is still awaited, and its place kept, but nobody waits for its answer.
    cancellation().cancel();
    answer(fail(Code::kDeadlineExceeded, "DEADLINE_EXPIRED", "the work took too long"));
}

void UnaryCallBase::ended(Status outcome, const google::protobuf::Message* message) {
    if (message != nullptr && !answered()) {
        outcome = write_message(*message, method().send_bytes_max, response_);
    }
    conclude(outcome);
}

}  // namespace liandong::rpc
