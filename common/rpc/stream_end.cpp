#include "common/rpc/stream_end.h"

#include "common/rpc/status.h"

#include <grpc/grpc.h>

namespace liandong::rpc {
namespace {

constexpr Duration kGrace = std::chrono::seconds(1);

}  // namespace

StreamCall::StreamCall(CallHost& host, const Method& method, grpc::CallbackServerContext& context)
    : Call(host, method, context) {}

void StreamCall::drain() {
    end({Code::kUnavailable, "DRAINING", "this server is shutting down; resume at another", {}});
}

void StreamCall::end(Error reason) {
    if (reason_) return;
    reason_ = std::move(reason);
    force_at_ = host().ports().timers.now() + kGrace;
    cancellation().cancel();
}

Status StreamCall::verdict(Status outcome) const {
    if (reason_) return fail(*reason_);
    return outcome;
}

void StreamCall::check_time(MonotonicTime now, Timestamp wall) {
    if (ages_at_ == MonotonicTime::max()) ages_at_ = now + host().next_stream_age();
    if (token_expires_at() && *token_expires_at() <= wall) {
        end({Code::kUnauthenticated, "TOKEN_EXPIRED", "resume with a new token", {}});
    }
    if (deadline() <= now) {
        end({Code::kDeadlineExceeded, "DEADLINE_EXPIRED", "the stream's deadline has come", {}});
    }
    if (ages_at_ <= now) {
        end({Code::kUnavailable, "STREAM_AGED", "resume, perhaps at another server", {}});
    }
    if (force_at_ <= now) force();
}

void StreamCall::force() {
    force_at_ = MonotonicTime::max();
    if (answered()) return;
    if (!is_blocked()) return answer(fail(*reason_));
    // A status of ours would wait behind the blocked write; this one goes out at once and ends that
    // write.
    grpc_call_cancel_with_status(context().c_call(),
                                 static_cast<grpc_status_code>(to_grpc_code(reason_->code)),
                                 reason_->reason.c_str(), nullptr);
}

}  // namespace liandong::rpc
