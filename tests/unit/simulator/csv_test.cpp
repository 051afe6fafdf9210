#include "simulator/import/csv.h"

#include <gtest/gtest.h>

#include <sstream>

namespace liandong::simulator {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(std::string text) {
    std::istringstream in(std::move(text));
    CsvReader reader(in);
    Rows rows;
    for (auto row = reader.next(); row && *row; row = reader.next()) rows.push_back((*row)->fields);
    return rows;
}

std::string fault_of(std::string text) {
    std::istringstream in(std::move(text));
    CsvReader reader(in);
    auto row = reader.next();
    while (row && *row) row = reader.next();
    return row ? "none" : row.error().reason + " " + std::string(row.error().find("line"));
}

// Quotes, doubled quotes, line ends inside quotes, CRLF, a byte order mark, a last line without an
// end.
TEST(Csv, ReadsWhatRfc4180Allows) {
    EXPECT_EQ(rows_of("a,b\nc,d\n"), (Rows{{"a", "b"}, {"c", "d"}}));
    EXPECT_EQ(rows_of("\xef\xbb\xbf"
                      "a,\"b\"\r\n\r\n,\"x,\"\"y\"\"\r\nz\""),
              (Rows{{"a", "b"}, {"", "x,\"y\"\r\nz"}}));
    EXPECT_EQ(rows_of("a,"), (Rows{{"a", ""}}));
    EXPECT_EQ(rows_of(""), Rows{});
}

// A fault names the line where it began.
TEST(Csv, FaultsNameTheLine) {
    EXPECT_EQ(fault_of("a\nb,\"c\nd"), "QUOTE_UNCLOSED 2");
    EXPECT_EQ(fault_of("a\nb\"c"), "QUOTE_MISPLACED 2");
    EXPECT_EQ(fault_of("\"a\"b"), "QUOTE_MISPLACED 1");
    EXPECT_EQ(fault_of(std::string(kCsvField_max + 1, 'x')), "FIELD_TOO_LONG 1");
    EXPECT_EQ(fault_of(std::string(kCsvFields_max, ',')), "TOO_MANY_FIELDS 1");
    EXPECT_EQ(fault_of(std::string(kCsvFields_max - 1, ',')), "none");
}

}  // namespace
}  // namespace liandong::simulator
