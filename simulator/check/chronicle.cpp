#include "simulator/check/chronicle.h"

#include <fmt/format.h>

#include <chrono>

namespace liandong::simulator {

void Chronicle::trace(const std::string& line) {
    if (!keeps_trace_) return;
    const double seconds = std::chrono::duration<double>(world_.clock().now() - begun_).count();
    lines_.push_back(
        fmt::format("{:12.6f}  seq {:4}  {}", seconds, world_.state().last_seq(), line));
}

}  // namespace liandong::simulator
