#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace liandong {

enum class LogLevel : std::uint8_t { kDebug, kInfo, kWarn, kError };

/// One name/value pair of a log line. Views: they need live only for the call.
struct LogField {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;
};

/// Where structured lines go. One event name (lower_snake, stable) and fields; personal data never.
class Log {
public:
    virtual ~Log() = default;
    virtual bool enabled(LogLevel level) const = 0;
    virtual void write(LogLevel level, std::string_view event,
                       std::initializer_list<LogField> fields) = 0;

    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kInfo, event, fields);
    }
    void warn(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kWarn, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::kError, event, fields);
    }
};

/// Swallows everything.
class NullLog final : public Log {
public:
    bool enabled(LogLevel) const override { return false; }
    void write(LogLevel, std::string_view, std::initializer_list<LogField>) override {}
};

}  // namespace liandong
