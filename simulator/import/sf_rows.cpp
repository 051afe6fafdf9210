#include "simulator/import/sf_rows.h"

#include "common/base/id.h"
#include "simulator/import/csv.h"
#include "simulator/import/pacific_time.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

namespace liandong::simulator {
namespace {

std::unexpected<Error> at_line(std::size_t line, Error error) {
    error.message = fmt::format("line {}: {}", line, error.message);
    return fail(std::move(error).with("line", std::to_string(line)));
}

std::unexpected<Error> at_line(std::size_t line, std::string reason, std::string message) {
    return at_line(line,
                   fail(Code::kInvalidArgument, std::move(reason), std::move(message)).error());
}

std::optional<domain::Point> to_point(const std::string& latitude, const std::string& longitude) {
    char* end = nullptr;
    const double lat = std::strtod(latitude.c_str(), &end);
    if (latitude.empty() || *end != '\0' || !(std::abs(lat) <= 90)) return std::nullopt;
    const double lon = std::strtod(longitude.c_str(), &end);
    if (longitude.empty() || *end != '\0' || !(std::abs(lon) <= 180)) return std::nullopt;
    return domain::Point{static_cast<std::int32_t>(std::lround(lat * 1e7)),
                         static_cast<std::int32_t>(std::lround(lon * 1e7))};
}

/// "(37.745858648581, -122.456664252061)".
std::optional<domain::Point> parse_location(std::string_view text) {
    const std::size_t comma = text.find(", ");
    if (comma == std::string_view::npos || text.size() < 5 || text.front() != '(' ||
        text.back() != ')') {
        return std::nullopt;
    }
    return to_point(std::string(text.substr(1, comma - 1)),
                    std::string(text.substr(comma + 2, text.size() - comma - 3)));
}

/// A table whose columns are looked up by name once.
class Table {
public:
    explicit Table(std::istream& in) : reader_(in) {}

    Status open(const std::vector<std::string_view>& names) {
        auto first = reader_.next();
        if (!first) return std::unexpected(first.error());
        if (!*first) return at_line(1, "ROWS_MISSING", "the file is empty");
        const CsvHeader header((*first)->fields);
        width_ = header.size();
        for (const std::string_view name : names) {
            const auto column = header.column(name);
            if (!column) return at_line(1, column.error());
            columns_.push_back(*column);
        }
        return {};
    }

    /// False at the end. `cells` are in the order of the names given to `open`.
    Result<bool> next(std::size_t& line, std::vector<std::string>& cells) {
        auto row = reader_.next();
        if (!row) return std::unexpected(row.error());
        if (!*row) return false;
        line = (*row)->line;
        if ((*row)->fields.size() != width_) {
            return at_line(line, "FIELD_COUNT",
                           fmt::format("{} fields instead of {}", (*row)->fields.size(), width_));
        }
        cells.clear();
        for (const std::size_t column : columns_)
            cells.push_back(std::move((*row)->fields[column]));
        return true;
    }

private:
    CsvReader reader_;
    std::size_t width_ = 0;
    std::vector<std::size_t> columns_;
};

Result<SfRow> to_row(std::size_t line, const std::vector<std::string>& cells) {
    SfRow row{.line = line,
              .call = cells[0],
              .unit = cells[1],
              .unit_type = cells[2],
              .call_type = cells[3],
              .call_group = cells[4],
              .address = cells[5],
              .station_area = cells[6],
              .priority = cells[7],
              .location = {},
              .stamps = {}};
    if (!is_safe_id(row.unit) || !is_safe_id(row.call)) {
        return at_line(line, "UNIT_ID_MALFORMED",
                       "the unit or call number is not 1-64 of [A-Za-z0-9_-]");
    }
    const auto location = parse_location(cells[8]);
    if (!location)
        return at_line(line, "LOCATION_MALFORMED", fmt::format("'{}' is no location", cells[8]));
    row.location = *location;
    for (std::size_t i = 0; i < row.stamps.size(); ++i) {
        if (cells[9 + i].empty()) continue;
        const auto stamp = parse_pacific_time(cells[9 + i]);
        if (!stamp) return at_line(line, stamp.error());
        row.stamps[i] = *stamp;
    }
    if (row.stamp(SfStamp::kReceived) && row.stamp(SfStamp::kDispatch)) return row;
    return at_line(line, "STAMP_MISSING", "Received DtTm and Dispatch DtTm may not be empty");
}

}  // namespace

Result<std::vector<SfRow>> read_sf_rows(std::istream& in) {
    std::vector<std::string_view> names = {"Call Number",  "Unit ID",         "Unit Type",
                                           "Call Type",    "Call Type Group", "Address",
                                           "Station Area", "Final Priority",  "Location"};
    names.insert(names.end(), kSfStampColumns.begin(), kSfStampColumns.end());
    Table table(in);
    if (const Status status = table.open(names); !status) return std::unexpected(status.error());
    std::vector<SfRow> rows;
    std::size_t line = 0;
    std::vector<std::string> cells;
    while (true) {
        const auto more = table.next(line, cells);
        if (!more) return std::unexpected(more.error());
        if (!*more) break;
        auto row = to_row(line, cells);
        if (!row) return std::unexpected(row.error());
        rows.push_back(std::move(*row));
    }
    if (rows.empty()) return at_line(2, "ROWS_MISSING", "the file has a header and no rows");
    return rows;
}

Result<std::vector<SfStation>> read_sf_stations(std::istream& in) {
    Table table(in);
    const Status status = table.open({"station", "common_name", "latitude", "longitude"});
    if (!status) return std::unexpected(status.error());
    std::vector<SfStation> stations;
    std::size_t line = 0;
    std::vector<std::string> cells;
    while (true) {
        const auto more = table.next(line, cells);
        if (!more) return std::unexpected(more.error());
        if (!*more) break;
        const auto position = to_point(cells[2], cells[3]);
        if (!position)
            return at_line(line, "STATION_MALFORMED", "latitude and longitude are not degrees");
        // "49-old" and the like are former sites.
        if (cells[0].find_first_not_of("0123456789") != std::string::npos || cells[0].size() > 3)
            continue;
        stations.push_back({std::atoi(cells[0].c_str()), cells[1], *position});
    }
    if (stations.empty()) return at_line(2, "STATIONS_MISSING", "no station has a number");
    std::sort(stations.begin(), stations.end(),
              [](const auto& a, const auto& b) { return a.number < b.number; });
    return stations;
}

const SfStation* station_with(const std::vector<SfStation>& stations, std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c >= '0' && c <= '9') digits += c;
    }
    if (digits.empty() || digits.size() > 3) return nullptr;
    const int number = std::atoi(digits.c_str());
    const auto found =
        std::find_if(stations.begin(), stations.end(),
                     [&](const SfStation& station) { return station.number == number; });
    return found == stations.end() ? nullptr : &*found;
}

}  // namespace liandong::simulator
