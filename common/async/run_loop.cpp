#include "common/async/run_loop.h"

#include <chrono>
#include <thread>

namespace liandong {

void run_loop(boost::asio::io_context& io, Duration spin) {
    using Clock = std::chrono::steady_clock;
    if (spin <= Duration::zero()) {
        io.run();
        return;
    }
    Clock::time_point last = Clock::now();
    while (!io.stopped()) {
        if (io.poll() == 0) {
            if (Clock::now() - last < spin) {
                std::this_thread::yield();
                continue;
            }
            io.run_one();
        }
        last = Clock::now();
    }
}

}  // namespace liandong
