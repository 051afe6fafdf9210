#pragma once

#include "common/async/one_shot.h"
#include "common/async/spawn.h"
#include "common/base/cancellation.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/base/sealer.h"
#include "common/store/epoch_keeper.h"
#include "common/store/fault_store.h"
#include "common/store/memory_store.h"
#include "common/store/mirror_loader.h"
#include "services/dispatch/policy/distance.h"
#include "services/dispatch/rpc/dispatch_handlers.h"
#include "services/intake/rpc/desk_handlers.h"
#include "services/intake/rpc/intake_handlers.h"
#include "services/intake/service/clock_keeper.h"
#include "services/publicinfo/rpc/publicinfo_handlers.h"
#include "simulator/virtual/timeline.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace liandong::simulator {

/// How much of what is ready a thread runs in one turn.
enum class Turn : std::uint8_t {
    kOneHandler,  ///< so that processes interleave as finely as they can
    kAllReady,    ///< several times as fast
};

/// A thread that runs what is posted to it when it is given a turn.
class VirtualThread {
public:
    explicit VirtualThread(Timeline& timeline);
    /// False: nothing was ready.
    bool take(Turn turn) { return (turn == Turn::kAllReady ? io_.poll() : io_.poll_one()) != 0; }
    Executor executor() { return io_.get_executor(); }
    Timers& timers() { return timers_; }

private:
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<Executor> work_;
    ProcessTimers timers_;
};

/// Runs a task on another thread; the caller goes on, on its own, when it has ended. What the task
/// throws aborts the program: it is a bug.
template <class T> Task<T> run_on(VirtualThread& there, VirtualThread& here, Task<T> task) {
    OneShot<T> ended(here.executor());
    spawn(there.executor(), std::move(task), [&ended](std::exception_ptr failure, T value) {
        if (failure) std::terminate();
        ended.set(std::move(value));
    });
    co_return co_await ended.wait();
}

/// One server process of a scope: the production services over a store object and a mirror of its
/// own, on a state that it shares with others as processes share one Redis. Calls must have ended
/// before it is destroyed.
class VirtualProcess {
public:
    /// Puts something between the process and its faults: deliberate mistakes of a check.
    using Wrap = std::function<std::unique_ptr<store::Store>(store::Store&, const Executor&)>;

    struct Setting {
        domain::Scope scope;
        store::MemoryState& state;  ///< this and the next two must outlive the process
        Timeline& timeline;
        const Clock& clock;  ///< the world's
        std::uint64_t seed = 0;
        std::string master_replid;         ///< empty: no epoch is kept
        Wrap wrap;                         ///< may be empty
        intake::Knowledge knowledge = {};  ///< what intake knows
    };
    explicit VirtualProcess(Setting setting);

    /// Runs a handler's task here for a caller on another thread. UNAVAILABLE / CONNECTION_LOST
    /// when the process dies before the caller has the answer.
    template <class T> Task<Result<T>> serve(VirtualThread& caller, Task<Result<T>> task) {
        if (is_dead()) co_return connection_lost();
        ++calls_;
        Result<T> result = co_await run_on(thread_, caller, std::move(task));
        if (is_dead()) result = connection_lost();
        --calls_;
        co_return result;
    }

    /// The process dies: nothing that it does from now on reaches the store or a caller; `death` is
    /// cancelled. What is left of it ends by itself.
    void die();
    bool is_dead() const { return faults_.is_cut(); }
    Cancellation death() const { return death_; }
    /// Different for every process of a world.
    std::uint64_t number() const { return number_; }
    /// Calls that have not ended.
    std::size_t calls() const { return calls_; }
    /// Its own clock goes wrong by this much.
    void set_skew(Duration skew) { clock_.set_skew(skew); }
    /// Its store is connected to this master from now on.
    void connected(const std::string& master_replid) { epochs_.connected(master_replid); }

    VirtualThread& thread() { return thread_; }
    store::ScopeContext& context() { return context_; }
    /// Without faults until a test scripts or seeds some.
    store::FaultStore& faults() { return faults_; }
    intake::IntakeHandlers& intake() { return intake_handlers_; }
    intake::DeskHandlers& desk() { return desk_handlers_; }
    dispatch::DispatchHandlers& dispatch() { return dispatch_handlers_; }
    publicinfo::PublicInfoHandlers& publicinfo() { return publicinfo_handlers_; }

private:
    static std::unexpected<Error> connection_lost();
    Task<void> open();

    std::uint64_t number_;
    VirtualThread thread_;
    Cancellation death_;
    std::size_t calls_ = 0;
    SkewedClock clock_;
    SeededRandom random_;
    NullLog log_;
    store::MemoryStore memory_;
    store::FaultStore faults_;
    std::unique_ptr<store::Store> wrapped_;
    store::Mirror mirror_;
    store::ScopeContext context_;
    store::MirrorLoader loader_;
    store::EpochKeeper epochs_;
    AesSealer sealer_;
    dispatch::StraightLine straight_line_;
    intake::IntakeService intake_;
    dispatch::DispatchService dispatch_;
    publicinfo::PublicInfoService publicinfo_;
    intake::IntakeHandlers intake_handlers_;
    intake::DeskService desk_;
    intake::DeskHandlers desk_handlers_;
    intake::ClockKeeper clock_keeper_;
    dispatch::DispatchHandlers dispatch_handlers_;
    publicinfo::PublicInfoHandlers publicinfo_handlers_;
};

}  // namespace liandong::simulator
