#pragma once

#include "common/async/one_shot.h"
#include "common/async/spawn.h"
#include "common/base/log.h"
#include "common/base/random.h"
#include "common/base/sealer.h"
#include "common/store/fault_store.h"
#include "common/store/memory_store.h"
#include "common/store/mirror_loader.h"
#include "services/dispatch/rpc/dispatch_handlers.h"
#include "services/intake/rpc/intake_handlers.h"
#include "services/publicinfo/rpc/publicinfo_handlers.h"
#include "simulator/virtual/timeline.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <exception>
#include <utility>

namespace liandong::simulator {

/// A thread that runs whatever is posted to it, one handler a turn, when it is given a turn.
class VirtualThread {
public:
    explicit VirtualThread(Timeline& timeline);
    /// Runs one handler that is ready; false: there is none.
    bool step() { return io_.poll_one() != 0; }
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
/// own, on a state that it shares with others as processes share one Redis. Watches must have ended
/// before it is destroyed.
class VirtualProcess {
public:
    struct Setting {
        domain::Scope scope;
        store::MemoryState& state;  ///< this and the next two must outlive the process
        Timeline& timeline;
        const Clock& clock;  ///< the world's
        std::uint64_t seed = 0;
    };
    explicit VirtualProcess(Setting setting);

    VirtualThread& thread() { return thread_; }
    store::ScopeContext& context() { return context_; }
    /// Without faults until a test scripts or seeds some.
    store::FaultStore& faults() { return faults_; }
    intake::IntakeHandlers& intake() { return intake_handlers_; }
    dispatch::DispatchHandlers& dispatch() { return dispatch_handlers_; }
    publicinfo::PublicInfoHandlers& publicinfo() { return publicinfo_handlers_; }

private:
    VirtualThread thread_;
    SeededRandom random_;
    NullLog log_;
    store::MemoryStore memory_;
    store::FaultStore faults_;
    store::Mirror mirror_;
    store::ScopeContext context_;
    store::MirrorLoader loader_;
    AesSealer sealer_;
    dispatch::StraightLine straight_line_;
    intake::IntakeService intake_;
    dispatch::DispatchService dispatch_;
    publicinfo::PublicInfoService publicinfo_;
    intake::IntakeHandlers intake_handlers_;
    dispatch::DispatchHandlers dispatch_handlers_;
    publicinfo::PublicInfoHandlers publicinfo_handlers_;
};

}  // namespace liandong::simulator
