#include "simulator/agents/task_group.h"

#include "common/async/spawn.h"

#include <exception>
#include <utility>

namespace liandong::simulator {

void TaskGroup::start(Task<void> task) {
    ++running_;
    spawn(executor_, std::move(task), [this](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
        if (--running_ == 0) ended_.notify();
    });
}

Task<void> TaskGroup::join() {
    while (running_ > 0) co_await ended_.wait();
}

Task<bool> TaskGroup::join_until(Timers& timers, MonotonicTime when) {
    if (running_ > 0 && timers.now() < when) {
        const Timers::Id timer = timers.at(when, [this] { ended_.notify(); });
        co_await ended_.wait();
        timers.cancel(timer);
    }
    co_return running_ == 0;
}

}  // namespace liandong::simulator
