#pragma once

#include "common/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::routing {

/// A table of text: comma-separated, one row a line, fields quoted where they hold commas (RFC
/// 4180, without line ends in fields). Reads from memory; views live as long as the bytes.
class TableReader {
public:
    /// `name` is for messages; `bytes` must outlive the reader.
    TableReader(std::string name, std::string_view bytes) : name_(std::move(name)), rest_(bytes) {}

    /// The next row; false at the end. An empty line gives one empty field. INVALID_ARGUMENT /
    /// ROAD_TABLE_BROKEN with metadata "line".
    Result<bool> next();
    const std::vector<std::string>& fields() const { return fields_; }
    /// Empty beyond the last.
    std::string_view field(std::size_t column) const;
    /// A number. ROAD_TABLE_BROKEN: it is none.
    Result<double> number(std::size_t column) const;
    /// The column of that name in this row, used as a heading; nullopt: none.
    std::optional<std::size_t> column(std::string_view name) const;
    Result<std::size_t> needed_column(std::string_view name) const;

    std::unexpected<Error> broken(std::string_view what) const;

private:
    std::string name_;
    std::string_view rest_;
    std::size_t line_ = 0;
    std::vector<std::string> fields_;
};

/// All bytes of a file. NOT_FOUND / ROAD_TABLE_UNREADABLE; INVALID_ARGUMENT / ROAD_TABLE_BROKEN
/// above kTableBytes_max.
inline constexpr std::size_t kTableBytes_max = std::size_t{1} << 30;
Result<std::string> read_table_file(const std::string& file);

}  // namespace liandong::routing
