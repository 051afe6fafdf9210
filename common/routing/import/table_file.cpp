#include "common/routing/import/table_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace liandong::routing {
namespace {

/// Takes one field off `line` (and the comma after it); false: a quote stays open.
bool take_field(std::string_view& line, std::string& field) {
    field.clear();
    if (!line.starts_with('"')) {
        const std::size_t end = std::min(line.find(','), line.size());
        field = line.substr(0, end);
        line.remove_prefix(end);
        return true;
    }
    for (std::size_t at = 1; at < line.size(); ++at) {
        if (line[at] != '"') {
            field.push_back(line[at]);
        } else if (at + 1 < line.size() && line[at + 1] == '"') {
            field.push_back('"');
            ++at;
        } else {
            line.remove_prefix(at + 1);
            return line.empty() || line.starts_with(',');
        }
    }
    return false;
}

}  // namespace

Result<bool> TableReader::next() {
    fields_.clear();
    if (rest_.empty()) return false;
    ++line_;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line_ == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    for (;;) {
        if (!take_field(line, fields_.emplace_back())) return broken("a quote is not closed");
        if (line.empty()) return true;
        line.remove_prefix(1);
    }
}

std::string_view TableReader::field(std::size_t column) const {
    return column < fields_.size() ? std::string_view(fields_[column]) : std::string_view();
}

Result<double> TableReader::number(std::size_t column) const {
    const std::string_view text = field(column);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
        return broken(fmt::format("'{}' is no number", text));
    }
    return value;
}

std::optional<std::size_t> TableReader::column(std::string_view name) const {
    const auto found = std::ranges::find(fields_, name);
    if (found == fields_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - fields_.begin());
}

Result<std::size_t> TableReader::needed_column(std::string_view name) const {
    const auto found = column(name);
    if (!found) return broken(fmt::format("there is no column '{}'", name));
    return *found;
}

std::unexpected<Error> TableReader::broken(std::string_view what) const {
    return fail(Error{
        Code::kInvalidArgument,
        "ROAD_TABLE_BROKEN",
        fmt::format("{}, line {}: {}", name_, line_, what),
        {}}.with("line", fmt::format("{}", line_)));
}

Result<std::string> read_table_file(const std::string& file) {
    std::error_code error;
    const auto size = std::filesystem::is_regular_file(file, error)
                          ? std::filesystem::file_size(file, error)
                          : std::uintmax_t{0};
    std::ifstream in(file, std::ios::binary);
    if (error || !in || !std::filesystem::is_regular_file(file, error)) {
        return fail(Code::kNotFound, "ROAD_TABLE_UNREADABLE",
                    fmt::format("{}: no such file, or no right to read it", file));
    }
    if (size > kTableBytes_max) {
        return fail(Code::kInvalidArgument, "ROAD_TABLE_BROKEN",
                    fmt::format("{}: larger than {} bytes", file, kTableBytes_max));
    }
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

}  // namespace liandong::routing
