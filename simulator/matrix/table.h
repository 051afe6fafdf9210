#pragma once

#include "common/base/error.h"
#include "common/base/time.h"
#include "simulator/import/csv.h"

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace liandong::simulator::matrix {

/// A CSV file whose columns are found by name, in any order; columns nobody asks for are passed
/// over. Every fault carries the metadata "file", "line" and, where there is one, "field" (the
/// column), and says them in its message.
class Table {
public:
    /// `in` must outlive the table. `rows_max`: one row more is TOO_MANY_ROWS.
    Table(std::string file, std::istream& in, std::size_t rows_max);

    /// Reads the header. `optional` columns may be absent. INVALID_ARGUMENT: ROWS_MISSING (an empty
    /// file), COLUMN_MISSING, those of CsvReader.
    Status open(const std::vector<std::string_view>& required,
                const std::vector<std::string_view>& optional = {});

    /// Moves to the next row; false at the end. INVALID_ARGUMENT: FIELD_COUNT, TOO_MANY_ROWS, those
    /// of CsvReader.
    Result<bool> next();

    /// The present row's text by column name: one of those given to `open`. Empty when the column
    /// is absent. Valid until `next`.
    const std::string& text(std::string_view column) const;

    /// 1–64 of [A-Za-z0-9_-]. INVALID_ARGUMENT / ID_MALFORMED.
    Result<std::string> id(std::string_view column) const;

    /// Seconds as digits with at most six decimals, at most `max`. INVALID_ARGUMENT:
    /// SECONDS_MALFORMED, SECONDS_TOO_LARGE.
    Result<Duration> seconds(std::string_view column, Duration max) const;

    /// INVALID_ARGUMENT at the present row's `column`.
    std::unexpected<Error> fault(std::string_view column, std::string reason,
                                 std::string_view message) const;
    /// INVALID_ARGUMENT that concerns the whole file or row.
    std::unexpected<Error> fault(std::string reason, std::string_view message) const;

private:
    struct Column {
        std::string name;
        std::optional<std::size_t> place;
    };
    std::unexpected<Error> in_file(Error error) const;

    std::string file_;
    CsvReader reader_;
    std::size_t rows_left_;
    std::size_t width_ = 0;
    std::vector<Column> columns_;
    CsvRow row_;
};

/// "12", "0.5", "12.000001": whole seconds and what is left of six decimals. `time` ≥ 0.
std::string to_seconds(Duration time);

/// The inverse, as `Table::seconds` reads it; nullopt: malformed.
std::optional<Duration> parse_seconds(std::string_view text);

}  // namespace liandong::simulator::matrix
