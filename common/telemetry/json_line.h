#pragma once

#include "common/base/log.h"
#include "common/base/time.h"

#include <spdlog/fmt/fmt.h>

#include <initializer_list>
#include <string_view>

namespace liandong::telemetry {

using LineBuffer = fmt::basic_memory_buffer<char, 512>;

/// "debug", "info", "warn", "error".
std::string_view to_string(LogLevel level);

/// Writes one log line as JSON (RFC 8259), without the newline:
/// {"time":"2026-07-18T10:00:00.000000Z","level":"info","event":"started","port":50051}. Text that
/// is not UTF-8 is made so with U+FFFD; control characters are escaped; numbers that JSON has not
/// (NaN, infinity) become null.
class JsonLine {
public:
    void write(LineBuffer& out, Timestamp time, LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields);

private:
    void write_time(LineBuffer& out, Timestamp time);

    std::int64_t second_ = -1;  // the second whose text is in `prefix_`
    std::string prefix_;
};

}  // namespace liandong::telemetry
