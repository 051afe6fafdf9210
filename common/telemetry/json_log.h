#pragma once

#include "common/base/clock.h"
#include "common/base/log.h"

#include <memory>
#include <string>

namespace liandong::telemetry {

struct JsonLogOptions {
    /// Lines below it cost one comparison.
    LogLevel level = LogLevel::kInfo;
    /// Appended to; empty: standard error.
    std::string path;
    /// How long a line may wait in the buffer; 1 s at most. Warnings and errors never wait.
    Duration flush_every = std::chrono::seconds(1);
};

/// Structured lines, one JSON object each (`json_line.h` shows one), on spdlog. From any thread. At
/// most 64 KiB wait in memory; a process that is killed loses what waits. A line that cannot be
/// written (disk full) is dropped and counted.
class JsonLog final : public Log {
public:
    /// UNAVAILABLE / LOG_FILE_UNWRITABLE. `clock` is the wall clock; it must outlive the log.
    static Result<std::unique_ptr<JsonLog>> open(JsonLogOptions options, const Clock& clock);
    ~JsonLog() override;

    bool enabled(LogLevel level) const override;
    void write(LogLevel level, std::string_view event,
               std::initializer_list<LogField> fields) override;
    void flush();
    /// Lines that could not be written since start.
    std::uint64_t dropped() const;

private:
    class Sink;
    struct Parts;
    explicit JsonLog(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

}  // namespace liandong::telemetry
