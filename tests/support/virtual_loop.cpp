#include "tests/support/virtual_loop.h"

namespace liandong::test {
namespace {

Task<bool> with_value(Task<void> task) {
    co_await std::move(task);
    co_return true;
}

}  // namespace

void VirtualLoop::settle() {
    io_.restart();
    for (std::uint64_t handlers = 0; io_.poll_one() != 0; ++handlers) {
        if (handlers == kHandlers_max) throw std::runtime_error("the io_context never gets idle");
    }
}

void VirtualLoop::advance(Duration duration) {
    const MonotonicTime end = timers_.now() + duration;
    for (settle(); timers_.next() && *timers_.next() <= end; settle()) timers_.fire_next();
    timers_.move_to(end);
}

void VirtualLoop::run(Task<void> task) { run(with_value(std::move(task))); }

}  // namespace liandong::test
