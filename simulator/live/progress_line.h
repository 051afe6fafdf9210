#pragma once

#include "common/base/time.h"

#include <cstdio>
#include <string>

namespace liandong::simulator {

/// Shows how far a replay is: on a terminal one line drawn again and again, elsewhere a new line at
/// most every 5 s.
class ProgressLine {
public:
    /// `out` outlives it.
    explicit ProgressLine(std::FILE* out);

    void show(const std::string& text, MonotonicTime now);
    /// Leaves the terminal on a fresh line.
    void finish();

private:
    std::FILE* out_;
    bool terminal_;
    bool shown_ = false;
    MonotonicTime last_{};
};

/// "[#####.....] 50 %".
std::string progress_bar(double share);

}  // namespace liandong::simulator
