#include "roads/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>

namespace liandong::roads {
namespace {

using namespace routing;

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

Profile profile_of(const std::string& name) {
    for (std::size_t i = 0; i < kProfiles; ++i) {
        if (to_string(static_cast<Profile>(i)) == name) return static_cast<Profile>(i);
    }
    return Profile::kEmergency;
}

domain::Datum datum_of(const std::string& name) {
    if (name == "gcj02") return domain::Datum::kGcj02;
    return name == "bd09" ? domain::Datum::kBd09 : domain::Datum::kWgs84;
}

}  // namespace

int complain(const Error& error) {
    fmt::print(stderr, "liandong-roads: {} ({})\n", error.message, error.reason);
    return kExitUsage;
}

void RoadOptions::add_to(CLI::App& app) {
    app.add_option("roads", file, "The roads file that `import` wrote")->required();
    app.add_option("--profile", profile, "Whose roads and speeds")
        ->check(CLI::IsMember({"emergency", "car", "bicycle", "foot"}))
        ->capture_default_str();
    app.add_option("--datum", datum, "Of the positions given")
        ->check(CLI::IsMember({"wgs84", "gcj02", "bd09"}))
        ->capture_default_str();
    app.add_option("--height", height_meters, "Of the vehicle, metres")->check(CLI::Range(0.0, 100.0));
    app.add_option("--width", width_meters, "Of the vehicle, metres")->check(CLI::Range(0.0, 100.0));
    app.add_option("--weight", weight_tonnes, "Of the vehicle, tonnes")
        ->check(CLI::Range(0.0, 1'000.0));
    app.add_option("--closed", closed, "lat,lon on a road that is closed; may be repeated");
    app.add_option("--snap", snap_meters, "How far a road may be from a position, metres")
        ->check(CLI::Range(1.0, 50'000.0))
        ->capture_default_str();
}

Result<domain::Point> RoadOptions::place(const std::string& text) const {
    const std::size_t comma = text.find(',');
    const auto latitude = number_of(std::string_view(text).substr(0, comma));
    const auto longitude = comma == std::string::npos
                               ? std::nullopt
                               : number_of(std::string_view(text).substr(comma + 1));
    if (!latitude || !longitude) {
        return fail(Code::kInvalidArgument, "PLACE_MALFORMED",
                    fmt::format("'{}' is not a place: latitude,longitude in degrees", text));
    }
    return domain::to_wgs84(*latitude, *longitude, datum_of(datum));
}

Result<Weights> RoadOptions::open() const {
    const auto graph = RoadGraph::open(file);
    if (!graph) return std::unexpected(graph.error());
    const Weights all(*graph, profile_of(profile));
    Closures closures;
    const Timestamp now{}, later = now + std::chrono::hours(1);
    for (const std::string& text : closed) {
        const auto point = place(text);
        if (!point) return std::unexpected(point.error());
        const auto at = snap(all, *point, {.distance_max_meters = snap_meters});
        if (!at) return std::unexpected(at.error());
        Closure closure;
        closure.id = text;
        closure.road = at->at.road;
        closure.until = later;
        if (const Status put = closures.put(closure); !put) return std::unexpected(put.error());
    }
    SizeLimits vehicle;
    vehicle.height_cm = static_cast<std::uint16_t>(std::lround(height_meters * 100));
    vehicle.width_cm = static_cast<std::uint16_t>(std::lround(width_meters * 100));
    vehicle.weight_kg = static_cast<std::uint32_t>(std::lround(weight_tonnes * 1000));
    return Weights::for_vehicle(*graph, all.profile(), vehicle, closures, now);
}

std::string describe(const RoadGraph& graph, const RoadPosition& at) {
    const std::string_view name = graph.name(at.road);
    return fmt::format("{:.0f} m from {} ({}), {}", at.distance_meters,
                       name.empty() ? "a road without a name" : name,
                       to_string(graph.road_class(at.road)),
                       at.forward && at.backward ? "both ways" : "one way");
}

Status write_text(const std::string& file, const std::string& text) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    if (!out.flush()) {
        return fail(Code::kUnavailable, "FILE_NOT_WRITTEN",
                    fmt::format("{}: cannot be written", file));
    }
    return {};
}

}  // namespace liandong::roads
