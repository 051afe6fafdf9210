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

}  // namespace liandong::simulator
