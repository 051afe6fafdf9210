#include "common/routing/import/table_file.h"
#include "common/routing/import/table_network.h"
#include "common/routing/plane.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace liandong::routing {
namespace {

std::optional<domain::Point> point_of(double longitude, double latitude) {
    if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) return std::nullopt;
    return domain::Point{static_cast<std::int32_t>(std::lround(latitude * 1e7)),
                         static_cast<std::int32_t>(std::lround(longitude * 1e7))};
}

/// "lon lat;lon lat;…"; empty if it is not such.
std::vector<domain::Point> line_of(std::string_view text) {
    std::vector<domain::Point> line;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        double longitude = 0, latitude = 0;
        const auto first = std::from_chars(at, end, longitude);
        if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ' ') return {};
        const auto second = std::from_chars(first.ptr + 1, end, latitude);
        if (second.ec != std::errc{}) return {};
        const auto point = point_of(longitude, latitude);
        if (!point) return {};
        line.push_back(*point);
        at = second.ptr;
        if (at < end && *at++ != ';') return {};
    }
    return line;
}

RoadClass class_of(std::string_view code) {
    if (code == "1" || code == "6") return RoadClass::kMotorway;
    if (code == "2") return RoadClass::kPrimary;
    if (code == "3") return RoadClass::kSecondary;
    if (code == "4") return RoadClass::kTertiary;
    if (code == "5") return RoadClass::kResidential;
    return RoadClass::kOther;
}

TimesByProfile times_of(const DraftRoad& road) {
    TimesByProfile times{};
    for (std::size_t i = 0; i < kProfiles; ++i) {
        const auto profile = static_cast<Profile>(i);
        const bool motor = profile == Profile::kEmergency || profile == Profile::kCar;
        const bool closed =
            motor ? road.road_class == RoadClass::kPath : road.road_class == RoadClass::kMotorway;
        const double millis =
            road.meters / class_speed_meters_per_second(road.road_class, profile) * 1000;
        times[i] =
            closed
                ? kNoEntry
                : static_cast<std::uint32_t>(std::min(std::round(millis), double{kArcMillis_max}));
    }
    return times;
}

class EdgeTables {
public:
    EdgeTables(std::string_view edges, std::string_view nodes)
        : edges_("edges", edges), nodes_("nodes", nodes) {}

    Result<Draft> run() {
        if (const Status read = read_nodes(); !read) return std::unexpected(read.error());
        if (const Status read = read_edges(); !read) return std::unexpected(read.error());
        return std::move(draft_);
    }

private:
    Status read_nodes() {
        if (const auto heading = nodes_.next(); !heading) return std::unexpected(heading.error());
        const auto node = nodes_.needed_column("node"), longitude = nodes_.needed_column("lon"),
                   latitude = nodes_.needed_column("lat");
        for (const auto* column : {&node, &longitude, &latitude}) {
            if (!*column) return std::unexpected(column->error());
        }
        for (;;) {
            const auto more = nodes_.next();
            if (!more) return std::unexpected(more.error());
            if (!*more) return {};
            const auto x = nodes_.number(*longitude), y = nodes_.number(*latitude);
            if (!x) return std::unexpected(x.error());
            if (!y) return std::unexpected(y.error());
            const auto point = point_of(*x, *y);
            if (!point) return nodes_.broken("the node lies outside the globe");
            const auto number = static_cast<std::uint32_t>(draft_.nodes.size());
            if (!numbers_.try_emplace(std::string(nodes_.field(*node)), number).second)
                return nodes_.broken("the node comes twice");
            draft_.nodes.push_back(*point);
        }
    }

    Status read_edges() {
        if (const auto heading = edges_.next(); !heading) return std::unexpected(heading.error());
        const auto from = edges_.needed_column("from_node"), to = edges_.needed_column("to_node");
        if (!from) return std::unexpected(from.error());
        if (!to) return std::unexpected(to.error());
        from_ = *from;
        to_ = *to;
        constexpr std::size_t kAbsent = static_cast<std::size_t>(-1);
        line_ = edges_.column("line").value_or(kAbsent);
        length_ = edges_.column("length_m").value_or(kAbsent);
        street_ = edges_.column("street").value_or(kAbsent);
        class_ = edges_.column("class_code").value_or(kAbsent);
        layer_ = edges_.column("layer").value_or(kAbsent);
        oneway_ = edges_.column("oneway").value_or(kAbsent);
        for (;;) {
            const auto more = edges_.next();
            if (!more) return std::unexpected(more.error());
            if (!*more) return {};
            if (const Status added = add_edge(); !added) return added;
        }
    }

    Status add_edge() {
        const auto begin = numbers_.find(std::string(edges_.field(from_))),
                   end = numbers_.find(std::string(edges_.field(to_)));
        if (begin == numbers_.end() || end == numbers_.end())
            return edges_.broken("one of its nodes is not in the table of nodes");
        DraftRoad road;
        road.begin = begin->second;
        road.end = end->second;
        if (!edges_.field(line_).empty()) {
            road.line = line_of(edges_.field(line_));
            if (road.line.size() < 2) return edges_.broken("its line cannot be read");
        } else {
            road.line = {draft_.nodes[road.begin], draft_.nodes[road.end]};
        }
        road.meters = line_meters(road.line);
        if (!edges_.field(length_).empty()) {
            const auto meters = edges_.number(length_);
            if (!meters) return std::unexpected(meters.error());
            if (*meters < 0 || *meters > 1e7) return edges_.broken("its length is impossible");
            road.meters = *meters;
        }
        const bool on_foot = edges_.field(layer_).starts_with("Streets_Pedestri");
        road.road_class = on_foot ? RoadClass::kPath : class_of(edges_.field(class_));
        road.name = number_of(edges_.field(street_));
        set_times(road);
        draft_.roads.push_back(std::move(road));
        return {};
    }

    void set_times(DraftRoad& road) const {
        const TimesByProfile times = times_of(road);
        const std::string_view oneway = edges_.field(oneway_);
        road.forward = road.backward = times;
        constexpr std::size_t kFoot = index_of(Profile::kFoot);
        if (oneway == "yes") {
            road.backward = kClosedToAll;
            road.backward[kFoot] = times[kFoot];
        } else if (oneway == "-1") {
            road.forward = kClosedToAll;
            road.forward[kFoot] = times[kFoot];
        }
    }

    std::uint32_t number_of(std::string_view name) {
        if (name.empty()) return 0;
        const auto [at, fresh] =
            names_.try_emplace(std::string(name), static_cast<std::uint32_t>(draft_.names.size()));
        if (fresh) draft_.names.emplace_back(name);
        return at->second;
    }

    TableReader edges_, nodes_;
    Draft draft_;
    absl::flat_hash_map<std::string, std::uint32_t> numbers_, names_;
    std::size_t from_ = 0, to_ = 0, line_ = 0, length_ = 0, street_ = 0, class_ = 0, layer_ = 0,
                oneway_ = 0;
};

}  // namespace

Result<Draft> read_edge_tables(std::string_view edges, std::string_view nodes) {
    return EdgeTables(edges, nodes).run();
}

}  // namespace liandong::routing
