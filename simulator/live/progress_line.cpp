#include "simulator/live/progress_line.h"

#include <fmt/format.h>

#include <algorithm>

#include <unistd.h>

namespace liandong::simulator {
namespace {

constexpr Duration kLineEvery = std::chrono::seconds{5};
constexpr Duration kDrawEvery = std::chrono::milliseconds{200};
constexpr int kBarWidth = 24;

}  // namespace

ProgressLine::ProgressLine(std::FILE* out) : out_(out), terminal_(isatty(fileno(out)) == 1) {}

void ProgressLine::show(const std::string& text, MonotonicTime now) {
    if (shown_ && now - last_ < (terminal_ ? kDrawEvery : kLineEvery)) return;
    shown_ = true;
    last_ = now;
    fmt::print(out_, "{}{}{}", terminal_ ? "\r\033[K" : "", text, terminal_ ? "" : "\n");
    std::fflush(out_);
}

void ProgressLine::finish() {
    if (terminal_ && shown_) fmt::print(out_, "\n");
    std::fflush(out_);
}

std::string progress_bar(double share) {
    const auto full = static_cast<std::size_t>(std::clamp(share, 0.0, 1.0) * kBarWidth);
    return fmt::format("[{}{}] {:3.0f} %", std::string(full, '#'),
                       std::string(kBarWidth - full, '.'), std::clamp(share, 0.0, 1.0) * 100);
}

}  // namespace liandong::simulator
