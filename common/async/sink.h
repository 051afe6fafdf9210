#pragma once

#include "common/async/task.h"
#include "common/base/cancellation.h"

namespace liandong {

/// Where a watch handler writes. Implemented by the RPC binding (one gRPC stream) and by the
/// simulator.
template <class Message> class Sink {
public:
    virtual ~Sink() = default;
    /// Suspends until the message is on its way (backpressure: one write outstanding a stream).
    /// False when the peer is gone or the call was cancelled: the handler returns.
    virtual Task<bool> send(Message message) = 0;
    virtual Cancellation cancellation() const = 0;
};

/// What a client-stream handler reads.
template <class Message> class Source {
public:
    virtual ~Source() = default;
    /// The next message; false at the end of the stream.
    virtual Task<bool> next(Message& message) = 0;
};

}  // namespace liandong
