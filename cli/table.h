#pragma once

#include <string>
#include <utility>
#include <vector>

namespace liandong::cli {

/// Rows under headings, in columns that line up also under Chinese text. A cell is cut at kCell_max
/// columns, in the last column at kLastCell_max.
class Table {
public:
    static constexpr std::size_t kCell_max = 40;
    static constexpr std::size_t kLastCell_max = 100;

    explicit Table(std::vector<std::string> headings);
    /// As many cells as there are headings.
    void add(std::vector<std::string> cells);
    bool empty() const { return rows_.size() == 1; }
    /// All lines, each ended; no spaces at line ends.
    std::string text() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

/// "name  value" lines with the values in one column; pairs with an empty value are left out.
std::string field_lines(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace liandong::cli
