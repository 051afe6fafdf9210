#pragma once

#include "common/async/task.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <functional>
#include <utility>

namespace liandong {

/// Starts a task; `done` sees its value or its exception (an exception means a bug). The only way
/// tasks start.
template <class T, class Done> void spawn(Executor executor, Task<T> task, Done done) {
    boost::asio::co_spawn(std::move(executor), std::move(task), std::move(done));
}

/// For tasks that run as long as the process does: an exception aborts it with a line that names
/// `what`.
void spawn_forever(Executor executor, Task<void> task, const char* what);

}  // namespace liandong
