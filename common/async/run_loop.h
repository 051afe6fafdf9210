#pragma once

#include "common/base/time.h"

#include <boost/asio/io_context.hpp>

namespace liandong {

/// Runs `io` until it is stopped or out of work. When nothing is ready it looks on for `spin`
/// before it sleeps, and lets every other thread that wants the processor go first. A commit waits
/// twice for a sleeping thread to wake, which costs 40–60 µs each time on a virtual machine; looking
/// on costs at most `spin` of processor time after each thing that happened. 0: sleeps at once.
void run_loop(boost::asio::io_context& io, Duration spin);

}  // namespace liandong
