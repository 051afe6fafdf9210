#include "simulator/matrix/table.h"

#include "common/base/check.h"
#include "common/base/id.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace liandong::simulator::matrix {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
/// More digits would not fit 63 bits of microseconds.
constexpr std::size_t kWholeDigits_max = 12;
constexpr std::size_t kDecimals_max = 6;

std::optional<std::int64_t> parse_digits(std::string_view text) {
    std::int64_t value = 0;
    const char* const end = text.data() + text.size();
    if (text.empty() || text.front() == '-') return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

}  // namespace

std::optional<Duration> parse_seconds(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    if (whole.size() > kWholeDigits_max) return std::nullopt;
    const auto seconds = parse_digits(whole);
    if (!seconds) return std::nullopt;
    if (point == std::string_view::npos) return Duration{*seconds * kMicros};
    std::string decimals(text.substr(point + 1));
    if (decimals.empty() || decimals.size() > kDecimals_max) return std::nullopt;
    decimals.append(kDecimals_max - decimals.size(), '0');
    const auto micros = parse_digits(decimals);
    if (!micros) return std::nullopt;
    return Duration{*seconds * kMicros + *micros};
}

std::string to_seconds(Duration time) {
    LIANDONG_CHECK(time >= Duration::zero());
    std::string text = std::to_string(time.count() / kMicros);
    if (time.count() % kMicros == 0) return text;
    text += fmt::format(".{:06}", time.count() % kMicros);
    text.erase(text.find_last_not_of('0') + 1);
    return text;
}

Table::Table(std::string file, std::istream& in, std::size_t rows_max)
    : file_(std::move(file)), reader_(in), rows_left_(rows_max) {}

Status Table::open(const std::vector<std::string_view>& required,
                   const std::vector<std::string_view>& optional) {
    auto first = reader_.next();
    if (!first) return in_file(std::move(first.error()));
    if (!*first) return fault("ROWS_MISSING", "the file is empty");
    row_ = std::move(**first);
    const CsvHeader header(row_.fields);
    width_ = header.size();
    for (const std::string_view name : required) {
        const auto place = header.column(name);
        if (!place) return fault(name, "COLUMN_MISSING", "there is no such column");
        columns_.push_back({std::string(name), *place});
    }
    for (const std::string_view name : optional) {
        const auto place = header.column(name);
        columns_.push_back(
            {std::string(name), place ? std::optional(*place) : std::optional<std::size_t>()});
    }
    return {};
}

Result<bool> Table::next() {
    auto row = reader_.next();
    if (!row) return in_file(std::move(row.error()));
    if (!*row) return false;
    row_ = std::move(**row);
    if (row_.fields.size() != width_) {
        return fault("FIELD_COUNT",
                     fmt::format("{} fields instead of {}", row_.fields.size(), width_));
    }
    if (rows_left_ == 0) return fault("TOO_MANY_ROWS", "more rows than are allowed");
    --rows_left_;
    return true;
}

const std::string& Table::text(std::string_view column) const {
    static const std::string kAbsent;
    const auto found =
        std::ranges::find_if(columns_, [&](const Column& one) { return one.name == column; });
    LIANDONG_CHECK(found != columns_.end());
    return found->place ? row_.fields[*found->place] : kAbsent;
}

Result<std::string> Table::id(std::string_view column) const {
    const std::string& value = text(column);
    if (is_safe_id(value)) return value;
    return fault(column, "ID_MALFORMED", "is not 1-64 of [A-Za-z0-9_-]");
}

Result<Duration> Table::seconds(std::string_view column, Duration max) const {
    const auto value = parse_seconds(text(column));
    if (!value) return fault(column, "SECONDS_MALFORMED", "is not seconds like 12 or 0.5");
    if (*value <= max) return *value;
    return fault(column, "SECONDS_TOO_LARGE",
                 fmt::format("may be {} seconds at most", to_seconds(max)));
}

std::unexpected<Error> Table::fault(std::string_view column, std::string reason,
                                    std::string_view message) const {
    return fail(fault(std::move(reason), fmt::format("\"{}\": {}", column, message))
                    .error()
                    .with("field", std::string(column)));
}

std::unexpected<Error> Table::fault(std::string reason, std::string_view message) const {
    const std::size_t line = std::max<std::size_t>(row_.line, 1);
    return in_file(
        fail(Code::kInvalidArgument, std::move(reason), fmt::format("line {}: {}", line, message))
            .error()
            .with("line", std::to_string(line)));
}

std::unexpected<Error> Table::in_file(Error error) const {
    error.message = fmt::format("{}: {}", file_, error.message);
    return fail(std::move(error).with("file", file_));
}

}  // namespace liandong::simulator::matrix
