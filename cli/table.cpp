#include "cli/table.h"

#include "cli/text.h"
#include "common/base/check.h"

#include <algorithm>

namespace liandong::cli {
namespace {

constexpr std::string_view kGap = "  ";

void end_line(std::string& text) {
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
}

}  // namespace

Table::Table(std::vector<std::string> headings) { rows_.push_back(std::move(headings)); }

void Table::add(std::vector<std::string> cells) {
    LIANDONG_CHECK(cells.size() == rows_.front().size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool is_last = i + 1 == cells.size();
        cells[i] = clipped(printable(cells[i]), is_last ? kLastCell_max : kCell_max);
    }
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::string text;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) line += kGap;
            line += padded(row[i], widths[i]);
        }
        end_line(line);
        text += line;
    }
    return text;
}

std::string field_lines(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::size_t width = 0;
    for (const auto& [name, value] : fields) {
        if (!value.empty()) width = std::max(width, display_width(name));
    }
    std::string text;
    for (const auto& [name, value] : fields) {
        if (value.empty()) continue;
        text += padded(name, width);
        text += kGap;
        text += printable(value);
        end_line(text);
    }
    return text;
}

}  // namespace liandong::cli
