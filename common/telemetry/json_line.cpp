#include "common/telemetry/json_line.h"

#include "common/base/check.h"
#include "common/base/utf8.h"

#include <cmath>
#include <string>

namespace liandong::telemetry {
namespace {

void append(LineBuffer& out, std::string_view text) {
    out.append(text.data(), text.data() + text.size());
}

bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

void append_escaped(LineBuffer& out, char c) {
    switch (c) {
    case '"': return append(out, "\\\"");
    case '\\': return append(out, "\\\\");
    case '\n': return append(out, "\\n");
    case '\r': return append(out, "\\r");
    case '\t': return append(out, "\\t");
    default: fmt::format_to(fmt::appender(out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
}

void append_string_body(LineBuffer& out, std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!needs_escape(text[i])) continue;
        append(out, text.substr(begin, i - begin));
        append_escaped(out, text[i]);
        begin = i + 1;
    }
    append(out, text.substr(begin));
}

/// True for nearly every value: nothing to escape, nothing to check. One branch at the end, so that
/// it vectorises.
bool is_plain(std::string_view text) {
    bool plain = true;
    for (const char c : text) plain &= c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
    return plain;
}

void append_string(LineBuffer& out, std::string_view text) {
    out.push_back('"');
    if (is_plain(text)) {
        append(out, text);
    } else if (is_utf8(text)) {
        append_string_body(out, text);
    } else {
        append_string_body(out, to_displayable(text));
    }
    out.push_back('"');
}

struct ValueWriter {
    LineBuffer& out;
    void operator()(std::string_view text) const { append_string(out, text); }
    void operator()(bool value) const { append(out, value ? "true" : "false"); }
    void operator()(std::int64_t value) const {
        const fmt::format_int text(value);
        append(out, {text.data(), text.size()});
    }
    void operator()(double value) const {
        if (!std::isfinite(value)) return append(out, "null");
        fmt::format_to(fmt::appender(out), "{}", value);
    }
};

}  // namespace

std::string_view to_string(LogLevel level) {
    switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarn: return "warn";
    case LogLevel::kError: return "error";
    }
    LIANDONG_UNREACHABLE();
}

void JsonLine::write(LineBuffer& out, Timestamp time, LogLevel level, std::string_view event,
                     std::initializer_list<LogField> fields) {
    append(out, R"({"time":")");
    write_time(out, time);
    append(out, R"(","level":")");
    append(out, to_string(level));
    append(out, R"(","event":)");
    append_string(out, event);
    for (const LogField& field : fields) {
        out.push_back(',');
        append_string(out, field.name);
        out.push_back(':');
        std::visit(ValueWriter{out}, field.value);
    }
    out.push_back('}');
}

void JsonLine::write_time(LineBuffer& out, Timestamp time) {
    // The civil date is dear and changes once a second only.
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    if (second.time_since_epoch().count() != second_) {
        second_ = second.time_since_epoch().count();
        prefix_ = to_rfc3339(second).substr(0, sizeof("2026-07-18T10:00:00.") - 1);
    }
    append(out, prefix_);
    fmt::format_to(fmt::appender(out), "{:06}Z", (time - second).count());
}

}  // namespace liandong::telemetry
