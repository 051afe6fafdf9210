#pragma once

#include "common/async/spawn.h"
#include "common/async/task.h"
#include "common/base/check.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace liandong::test {

/// Runs the io_context until the task is done and gives its value; an exception comes out as it is.
/// Aborts after 60 s, so that a hang is a failure.
template <class T> T run(boost::asio::io_context& io, Task<T> task) {
    std::optional<T> value;
    std::exception_ptr failure;
    spawn(io.get_executor(), std::move(task), [&](std::exception_ptr thrown, T result) {
        failure = thrown;
        value = std::move(result);
    });
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!value) {
        io.restart();
        io.run_one_until(until);
        LIANDONG_CHECK(std::chrono::steady_clock::now() < until);
    }
    if (failure) std::rethrow_exception(failure);
    return std::move(*value);
}

}  // namespace liandong::test
