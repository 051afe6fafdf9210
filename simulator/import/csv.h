#pragma once

#include "common/base/error.h"

#include <istream>
#include <optional>
#include <string>
#include <vector>

namespace liandong::simulator {

struct CsvRow {
    std::size_t line = 0;  ///< of its first byte; 1 is the first
    std::vector<std::string> fields;
};

inline constexpr std::size_t kCsvField_max = 64 * 1024;
inline constexpr std::size_t kCsvFields_max = 256;

/// Reads comma-separated values (RFC 4180): quoted fields with commas, doubled quotes and line
/// ends, LF or CRLF, a UTF-8 byte order mark before the first row. Empty lines are passed over.
class CsvReader {
public:
    /// `in` must outlive the reader.
    explicit CsvReader(std::istream& in);

    /// The next row; nullopt at the end. INVALID_ARGUMENT with metadata "line": QUOTE_UNCLOSED (the
    /// line where it opened), QUOTE_MISPLACED, FIELD_TOO_LONG, TOO_MANY_FIELDS.
    Result<std::optional<CsvRow>> next();

private:
    int take();
    Status quoted(std::string& field);
    Status plain(std::string& field);

    std::istream& in_;
    std::size_t line_ = 1;
};

/// Column numbers by name.
class CsvHeader {
public:
    explicit CsvHeader(std::vector<std::string> names) : names_(std::move(names)) {}
    std::size_t size() const { return names_.size(); }
    /// INVALID_ARGUMENT / COLUMN_MISSING (metadata "column").
    Result<std::size_t> column(std::string_view name) const;

private:
    std::vector<std::string> names_;
};

}  // namespace liandong::simulator
