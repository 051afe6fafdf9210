#include "simulator/import/csv.h"

#include <fmt/format.h>

namespace liandong::simulator {
namespace {

constexpr int kEnd = std::istream::traits_type::eof();

std::unexpected<Error> fault(std::size_t line, std::string reason, std::string message) {
    return fail(
        fail(Code::kInvalidArgument, std::move(reason), fmt::format("line {}: {}", line, message))
            .error()
            .with("line", std::to_string(line)));
}

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in) {
    for (const int byte : {0xef, 0xbb, 0xbf}) {
        if (in_.peek() != byte) break;
        in_.get();
    }
}

int CsvReader::take() {
    const int c = in_.get();
    if (c == '\n') ++line_;
    return c;
}

Status CsvReader::quoted(std::string& field) {
    const std::size_t opened = line_;
    take();
    while (true) {
        const int c = take();
        if (c == kEnd)
            return fault(opened, "QUOTE_UNCLOSED", "a quote opens here and never closes");
        if (c == '"') {
            if (in_.peek() != '"') break;
            take();
        }
        field += static_cast<char>(c);
        if (field.size() > kCsvField_max)
            return fault(opened, "FIELD_TOO_LONG", "a field is too long");
    }
    const int next = in_.peek();
    if (next == kEnd || next == ',' || next == '\r' || next == '\n') return {};
    return fault(line_, "QUOTE_MISPLACED", "a closing quote is followed by more text");
}

Status CsvReader::plain(std::string& field) {
    for (int c = in_.peek(); c != kEnd && c != ',' && c != '\r' && c != '\n'; c = in_.peek()) {
        if (c == '"')
            return fault(line_, "QUOTE_MISPLACED",
                         "a quote stands inside a field that does not begin with one");
        field += static_cast<char>(take());
        if (field.size() > kCsvField_max)
            return fault(line_, "FIELD_TOO_LONG", "a field is too long");
    }
    return {};
}

Result<std::optional<CsvRow>> CsvReader::next() {
    while (in_.peek() == '\n' || in_.peek() == '\r') take();
    if (in_.peek() == kEnd) return std::nullopt;
    CsvRow row{.line = line_, .fields = {}};
    while (true) {
        if (row.fields.size() == kCsvFields_max)
            return fault(row.line, "TOO_MANY_FIELDS", "too many fields");
        std::string& field = row.fields.emplace_back();
        const Status status = in_.peek() == '"' ? quoted(field) : plain(field);
        if (!status) return std::unexpected(status.error());
        const int end = take();
        if (end == ',') continue;
        if (end == '\r' && in_.peek() == '\n') take();
        return row;
    }
}

Result<std::size_t> CsvHeader::column(std::string_view name) const {
    for (std::size_t i = 0; i < names_.size(); ++i) {
        if (names_[i] == name) return i;
    }
    return fail(fail(Code::kInvalidArgument, "COLUMN_MISSING",
                     fmt::format("there is no column \"{}\"", name))
                    .error()
                    .with("column", std::string(name)));
}

}  // namespace liandong::simulator
