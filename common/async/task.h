#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace liandong {

using Executor = boost::asio::io_context::executor_type;

/// A coroutine on one `io_context`. Lazy: it runs when awaited or spawned (`spawn.h`). Arguments
/// are taken by value, or by reference to what outlives the `io_context`.
template <class T = void> using Task = boost::asio::awaitable<T, Executor>;

}  // namespace liandong
