#pragma once

#include "common/async/signal.h"
#include "common/async/timers.h"
#include "common/base/clock.h"
#include "common/base/log.h"
#include "common/base/metrics.h"
#include "common/rpc/auth.h"
#include "common/rpc/inbox.h"
#include "common/rpc/method.h"
#include "common/rpc/options.h"

#include <boost/intrusive/list.hpp>

#include <atomic>
#include <memory>
#include <optional>

namespace liandong::rpc {

class Call;

/// Links a call into the host's list for as long as it is open.
using CallHook =
    boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

/// What a server is built on; all must outlive it.
struct ServerPorts {
    Executor executor;
    Timers& timers;           ///< the machine's monotonic time
    const Clock& wall_clock;  ///< the machine's wall time, for tokens
    Log& log;
    Metrics& metrics;
    Authenticator& authenticator;
};

/// Keeps the calls of one server: counts them against the limits, ends those whose time is over,
/// waits for the last. On the io_context's thread, but for `enter`.
class CallHost {
public:
    CallHost(ServerPorts ports, ServerOptions options);
    ~CallHost();

    const ServerPorts& ports() const { return ports_; }
    const ServerOptions& options() const { return options_; }
    Inbox& inbox() { return *inbox_; }

    /// Any thread. Takes a place for one more call, or says why there is none: RESOURCE_EXHAUSTED /
    /// TOO_MANY_CALLS, UNAVAILABLE / DRAINING.
    std::optional<Error> enter(Method::Kind kind);
    /// A call that entered begins.
    void opened(Call& call);
    /// Its handler has ended and its answer is given.
    void closed(Call& call);

    /// How old a new stream may become.
    Duration next_stream_age();

    /// From now on no call enters, and every open stream ends with UNAVAILABLE / DRAINING.
    void refuse_and_end_streams();
    /// Until no call is open; false when `limit` comes first.
    Task<bool> idle(Duration limit);

private:
    using Calls = boost::intrusive::list<Call, boost::intrusive::base_hook<CallHook>,
                                         boost::intrusive::constant_time_size<false>>;
    void arm_sweep();
    void sweep();
    bool is_idle() const;

    ServerPorts ports_;
    ServerOptions options_;
    std::shared_ptr<Inbox> inbox_;
    std::atomic<bool> refusing_{false};
    std::atomic<int> unary_calls_{0};
    std::atomic<int> streams_{0};
    Gauge& unary_gauge_;
    Gauge& stream_gauge_;
    Calls calls_;
    std::optional<Timers::Id> sweep_timer_;
    Signal idle_;
    std::uint64_t stream_number_ = 0;
};

}  // namespace liandong::rpc
