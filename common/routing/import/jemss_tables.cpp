#include "common/routing/import/table_file.h"
#include "common/routing/import/table_network.h"

#include <absl/container/flat_hash_map.h>
#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace liandong::routing {
namespace {

constexpr double kMillisPerDay = 86'400'000;

struct JemssArc {
    std::uint32_t from = 0, to = 0;
    double kilometers = 0;
    std::array<double, 2> days{};  // with lights and sirens, without
};

class Jemss {
public:
    Jemss(std::string_view arcs, std::string_view nodes)
        : arcs_("arcs.csv", arcs), nodes_("nodes.csv", nodes) {}

    Result<Draft> run() {
        if (const Status read = read_nodes(); !read) return std::unexpected(read.error());
        if (const Status read = read_arcs(); !read) return std::unexpected(read.error());
        return std::move(draft_);
    }

private:
    /// Steps to the row after the table's name and heading.
    static Status to_table(TableReader& reader, std::string_view name) {
        for (;;) {
            const auto more = reader.next();
            if (!more) return std::unexpected(more.error());
            if (!*more) return reader.broken(fmt::format("there is no table '{}'", name));
            if (reader.field(0) == name) break;
        }
        const auto heading = reader.next();
        if (!heading) return std::unexpected(heading.error());
        return {};
    }

    /// The next row of a table; false at its end, an empty line or the file's end.
    static Result<bool> next_row(TableReader& reader) {
        const auto more = reader.next();
        if (!more || !*more) return more;
        return !reader.field(0).empty();
    }

    static Result<std::vector<std::size_t>> columns(const TableReader& reader,
                                                    std::initializer_list<std::string_view> names) {
        std::vector<std::size_t> found;
        for (const std::string_view name : names) {
            const auto column = reader.needed_column(name);
            if (!column) return std::unexpected(column.error());
            found.push_back(*column);
        }
        return found;
    }

    static Result<std::vector<double>> numbers(const TableReader& reader,
                                               const std::vector<std::size_t>& columns) {
        std::vector<double> row;
        for (const std::size_t column : columns) {
            const auto number = reader.number(column);
            if (!number) return std::unexpected(number.error());
            row.push_back(*number);
        }
        return row;
    }

    Status read_nodes() {
        if (const Status found = to_table(nodes_, "nodes"); !found) return found;
        const auto where = columns(nodes_, {"index", "x", "y"});
        if (!where) return std::unexpected(where.error());
        for (;;) {
            const auto more = next_row(nodes_);
            if (!more) return std::unexpected(more.error());
            if (!*more) return {};
            const auto row = numbers(nodes_, *where);
            if (!row) return std::unexpected(row.error());
            if ((*row)[0] != static_cast<double>(draft_.nodes.size() + 1))
                return nodes_.broken("nodes are not numbered one after another");
            if (std::abs((*row)[1]) > 180 || std::abs((*row)[2]) > 90)
                return nodes_.broken("the node lies outside the globe");
            draft_.nodes.push_back({static_cast<std::int32_t>(std::lround((*row)[2] * 1e7)),
                                    static_cast<std::int32_t>(std::lround((*row)[1] * 1e7))});
        }
    }

    Status read_arcs() {
        if (const Status found = to_table(arcs_, "arcs"); !found) return found;
        const auto where = columns(arcs_, {"fromNode", "toNode", "distance", "mode_1", "mode_2"});
        if (!where) return std::unexpected(where.error());
        for (;;) {
            const auto more = next_row(arcs_);
            if (!more) return std::unexpected(more.error());
            if (!*more) return {};
            const auto row = numbers(arcs_, *where);
            if (!row) return std::unexpected(row.error());
            const auto nodes = static_cast<double>(draft_.nodes.size());
            for (const std::size_t end : {0, 1}) {
                if (!((*row)[end] >= 1 && (*row)[end] <= nodes))
                    return arcs_.broken("one of its nodes is not in the table of nodes");
            }
            if (!((*row)[2] >= 0 && (*row)[2] < 1e4))
                return arcs_.broken("its distance is impossible");
            add({static_cast<std::uint32_t>((*row)[0]) - 1,
                 static_cast<std::uint32_t>((*row)[1]) - 1,
                 (*row)[2],
                 {(*row)[3], (*row)[4]}});
        }
    }

    void add(const JemssArc& arc) {
        const double meters = arc.kilometers * 1000;
        // The arc back is the other direction of the same road.
        const auto back = waiting_.find(std::pair(arc.to, arc.from));
        if (back != waiting_.end() && draft_.roads[back->second].meters == meters) {
            DraftRoad& road = draft_.roads[back->second];
            road.backward = times_of(arc);
            waiting_.erase(back);
            return;
        }
        DraftRoad road;
        road.begin = arc.from;
        road.end = arc.to;
        road.line = {draft_.nodes[arc.from], draft_.nodes[arc.to]};
        road.meters = meters;
        road.forward = times_of(arc);
        road.backward[index_of(Profile::kFoot)] = road.forward[index_of(Profile::kFoot)];
        waiting_[std::pair(arc.from, arc.to)] = static_cast<std::uint32_t>(draft_.roads.size());
        draft_.roads.push_back(std::move(road));
    }

    static std::uint32_t millis(double value) {
        return value >= 0 && value <= kArcMillis_max
                   ? static_cast<std::uint32_t>(std::lround(value))
                   : kNoEntry;
    }

    static TimesByProfile times_of(const JemssArc& arc) {
        const auto on_two_legs = [&arc](Profile profile) {
            return millis(arc.kilometers * 1e6 /
                          class_speed_meters_per_second(RoadClass::kOther, profile));
        };
        return {millis(arc.days[0] * kMillisPerDay), millis(arc.days[1] * kMillisPerDay),
                on_two_legs(Profile::kBicycle), on_two_legs(Profile::kFoot)};
    }

    TableReader arcs_, nodes_;
    Draft draft_;
    absl::flat_hash_map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> waiting_;
};

struct CloseZip {
    void operator()(zip_t* zip) const { ::zip_discard(zip); }
    void operator()(zip_file_t* file) const { ::zip_fclose(file); }
};

Result<std::string> read_zipped(const std::string& zip_file, const std::string& name) {
    const auto broken = [&](std::string_view what) {
        return fail(Code::kInvalidArgument, "ROAD_TABLE_BROKEN",
                    fmt::format("{}: {} of {}", zip_file, what, name));
    };
    const std::unique_ptr<zip_t, CloseZip> zip(::zip_open(zip_file.c_str(), ZIP_RDONLY, nullptr));
    if (!zip) return broken("is no zip archive");
    zip_stat_t facts;
    if (::zip_stat(zip.get(), name.c_str(), ZIP_FL_NODIR, &facts) != 0 ||
        (facts.valid & ZIP_STAT_SIZE) == 0) {
        return broken("has no file");
    }
    if (facts.size > kTableBytes_max) return broken("is too large");
    const std::unique_ptr<zip_file_t, CloseZip> file(
        ::zip_fopen(zip.get(), name.c_str(), ZIP_FL_NODIR));
    std::string bytes(facts.size, '\0');
    if (!file || ::zip_fread(file.get(), bytes.data(), bytes.size()) !=
                     static_cast<zip_int64_t>(bytes.size())) {
        return broken("cannot be unpacked");
    }
    return bytes;
}

}  // namespace

Result<Draft> read_jemss_tables(std::string_view arcs, std::string_view nodes) {
    return Jemss(arcs, nodes).run();
}

Result<std::string> read_jemss_file(const std::string& folder_or_zip, const std::string& name) {
    std::error_code error;
    if (std::filesystem::is_directory(folder_or_zip, error)) {
        return read_table_file(folder_or_zip + "/" + name);
    }
    if (!std::filesystem::is_regular_file(folder_or_zip, error)) {
        return fail(Code::kNotFound, "ROAD_TABLE_UNREADABLE",
                    fmt::format("{}: no such file", folder_or_zip));
    }
    return read_zipped(folder_or_zip, name);
}

}  // namespace liandong::routing
