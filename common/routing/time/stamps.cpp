#include "common/routing/time/stamps.h"

#include "common/routing/snap.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace liandong::routing {
namespace {

constexpr std::string_view kHeader =
    "group,profile,from_latitude,from_longitude,to_latitude,to_longitude,sent,departed,arrived";
constexpr std::size_t kColumns = 9;
constexpr std::size_t kLine_max = 1'000;
constexpr std::size_t kGroup_max = 64;

std::unexpected<Error> at_line(std::size_t line, std::string reason, std::string_view what) {
    return fail(Error{
        Code::kInvalidArgument,
        std::move(reason),
        fmt::format("stamps, line {}: {}", line, what),
        {}}.with("line", std::to_string(line)));
}

/// nullopt: another number of cells.
std::optional<std::array<std::string, kColumns>> cells_of(std::string_view line) {
    std::array<std::string, kColumns> cells;
    for (std::size_t i = 0; i < kColumns; ++i) {
        const std::size_t comma = line.find(',');
        if ((comma == std::string_view::npos) != (i + 1 == kColumns)) return std::nullopt;
        cells[i] = line.substr(0, comma);
        if (comma != std::string_view::npos) line.remove_prefix(comma + 1);
    }
    return cells;
}

std::optional<Profile> profile_of(std::string_view word) {
    for (std::size_t i = 0; i < kProfiles; ++i) {
        if (word == to_string(static_cast<Profile>(i))) return static_cast<Profile>(i);
    }
    return std::nullopt;
}

std::optional<double> number_of(const std::string& text) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0') return std::nullopt;
    return number;
}

std::optional<domain::Point> point_of(const std::string& latitude, const std::string& longitude) {
    const auto north = number_of(latitude), east = number_of(longitude);
    if (!north || !east) return std::nullopt;
    const auto point = domain::to_wgs84(*north, *east, domain::Datum::kWgs84);
    return point ? std::optional(*point) : std::nullopt;
}

Result<Stamp> stamp_of(std::string_view text, std::size_t line) {
    const auto cells = cells_of(text);
    if (!cells) return at_line(line, "STAMPS_MALFORMED", "not nine cells");
    Stamp stamp;
    stamp.group = (*cells)[0];
    if (stamp.group.size() > kGroup_max)
        return at_line(line, "STAMPS_MALFORMED", "the group is longer than 64 bytes");
    const auto profile = profile_of((*cells)[1]);
    if (!profile) return at_line(line, "STAMPS_MALFORMED", "no such profile");
    stamp.profile = *profile;
    const auto from = point_of((*cells)[2], (*cells)[3]), to = point_of((*cells)[4], (*cells)[5]);
    if (!from || !to) return at_line(line, "STAMPS_MALFORMED", "not degrees");
    stamp.from = *from;
    stamp.to = *to;
    const std::array<Timestamp*, 3> times = {&stamp.sent, &stamp.departed, &stamp.arrived};
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto time = parse_rfc3339((*cells)[6 + i]);
        if (!time) return at_line(line, time.error().reason, time.error().message);
        *times[i] = *time;
    }
    return stamp;
}

double seconds_between(Timestamp from, Timestamp to) {
    return std::chrono::duration<double>(to - from).count();
}

/// One profile's roads.
class Ways {
public:
    Ways(const std::shared_ptr<const RoadGraph>& graph, Profile profile)
        : weights_(graph, profile) {}

    /// The trip; else why there is none.
    std::expected<RoadTrip, std::string_view> trip(const Stamp& stamp, Search& search) const {
        const auto from = snap(weights_, stamp.from);
        if (!from) return std::unexpected("origin off the roads");
        const auto to = snap(weights_, stamp.to);
        if (!to) return std::unexpected("destination off the roads");
        auto route = search.route(weights_, from->at, to->at);
        if (!route) return std::unexpected("no way");
        if (route->trip.meters < kTravelMeters_min) return std::unexpected("too near");
        return road_trip(route->trip, from->at.distance_meters + to->at.distance_meters,
                         weights_.profile());
    }

private:
    Weights weights_;
};

}  // namespace

void write_stamps(const std::vector<Stamp>& stamps, std::ostream& out) {
    fmt::print(out, "{}\n", kHeader);
    for (const Stamp& stamp : stamps) {
        fmt::print(out, "{},{},{:.7f},{:.7f},{:.7f},{:.7f},{},{},{}\n", stamp.group,
                   to_string(stamp.profile), stamp.from.latitude(), stamp.from.longitude(),
                   stamp.to.latitude(), stamp.to.longitude(), to_rfc3339(stamp.sent),
                   to_rfc3339(stamp.departed), to_rfc3339(stamp.arrived));
    }
}

Result<std::vector<Stamp>> read_stamps(std::istream& in) {
    std::vector<Stamp> stamps;
    std::string text;
    for (std::size_t line = 1; std::getline(in, text); ++line) {
        if (text.ends_with('\r')) text.pop_back();
        if (text.size() > kLine_max) return at_line(line, "STAMPS_MALFORMED", "a line too long");
        if (line == 1) {
            if (text != kHeader)
                return at_line(line, "STAMPS_MALFORMED", fmt::format("not the header {}", kHeader));
            continue;
        }
        if (stamps.size() == kStamps_max)
            return at_line(line, "TOO_MANY_STAMPS", "more than five million");
        auto stamp = stamp_of(text, line);
        if (!stamp) return fail(std::move(stamp.error()));
        stamps.push_back(std::move(*stamp));
    }
    if (stamps.empty()) return at_line(1, "STAMPS_MISSING", "there is no row");
    return stamps;
}

Observed observe(const std::vector<Stamp>& stamps, std::shared_ptr<const RoadGraph> graph,
                 Duration utc_offset) {
    std::vector<Ways> ways;
    for (std::size_t i = 0; i < kProfiles; ++i) ways.emplace_back(graph, static_cast<Profile>(i));
    Search search(graph);
    Observed observed;
    for (const Stamp& stamp : stamps) {
        const double turnout = seconds_between(stamp.sent, stamp.departed);
        const double seconds = seconds_between(stamp.departed, stamp.arrived);
        const std::size_t band = hour_band(stamp.departed, utc_offset);
        if (turnout >= 0 && turnout <= kTurnoutSeconds_max)
            observed.turnouts.push_back({stamp.profile, {stamp.group, band, turnout}});
        if (seconds < kTravelSeconds_min || seconds > kTravelSeconds_max) {
            ++observed.dropped["times run backwards or are absurd"];
            continue;
        }
        const auto trip = ways[index_of(stamp.profile)].trip(stamp, search);
        if (!trip) {
            ++observed.dropped[std::string(trip.error())];
            continue;
        }
        observed.trips.push_back({stamp,
                                  {.road = *trip,
                                   .straight_meters = domain::distance(stamp.from, stamp.to).value,
                                   .seconds = seconds,
                                   .band = band,
                                   .group = stamp.group}});
    }
    return observed;
}

}  // namespace liandong::routing
