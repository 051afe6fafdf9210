#pragma once

#include "common/rpc/call.h"

#include <optional>

namespace liandong::rpc {

/// What both kinds of stream share: the server ends them (drain, age, token, deadline) by
/// cancelling the handler, and by force when that does not help within a second.
class StreamCall : public Call {
public:
    void check_time(MonotonicTime now, Timestamp wall) final;
    void drain() final;

protected:
    StreamCall(CallHost& host, const Method& method, grpc::CallbackServerContext& context);

    /// The server ends the stream with this error, whatever the handler says; the first reason
    /// stays.
    void end(Error reason);
    /// What the client is told: the server's own reason, else the handler's outcome.
    Status verdict(Status outcome) const;
    /// True while a write waits for a peer that does not read: the answer would wait behind it.
    virtual bool is_blocked() const { return false; }

private:
    void force();

    MonotonicTime ages_at_ = MonotonicTime::max();
    std::optional<Error> reason_;
    MonotonicTime force_at_ = MonotonicTime::max();
};

}  // namespace liandong::rpc
