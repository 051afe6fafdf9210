#include "roads/isochrone_command.h"

#include "common/routing/isochrone.h"
#include "common/routing/search.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace liandong::roads {

using namespace routing;

IsochroneCommand::IsochroneCommand(CLI::App& app)
    : command_(app.add_subcommand("isochrone", "What is reached within so many minutes")) {
    roads_.add_to(*command_);
    command_->add_option("--at", at_, "lat,lon")->required();
    command_->add_option("--minutes", minutes_, "The bands: 5,10,15")
        ->delimiter(',')
        ->check(CLI::Range(0.1, 600.0))
        ->expected(1, static_cast<int>(kBands_max));
    command_->add_flag("--to", to_, "From where the position is reached, instead of from it");
    command_->add_option("--cell", cell_meters_, "Width of the areas' cells, metres")
        ->check(CLI::Range(10.0, 10'000.0))
        ->capture_default_str();
    command_->add_option("--geojson", geojson_, "Where areas and roads go, as GeoJSON");
    command_->add_option("--svg", svg_, "Where a picture goes");
}

std::optional<int> IsochroneCommand::run() const {
    if (!command_->parsed()) return std::nullopt;
    const auto weights = roads_.open();
    if (!weights) return complain(weights.error());
    const auto point = roads_.place(at_);
    if (!point) return complain(point.error());
    const auto place = snap(*weights, *point, {.distance_max_meters = roads_.snap_meters});
    if (!place) return complain(place.error());
    fmt::print("at: {}\n", describe(weights->graph(), place->at));

    std::vector<std::chrono::milliseconds> bands;
    for (const double minutes : minutes_)
        bands.emplace_back(static_cast<std::int64_t>(minutes * 60'000));
    std::ranges::sort(bands);
    Search search(weights->shared_graph());
    const Isochrone reached =
        isochrone(search, *weights, place->at, to_ ? Reach::kTo : Reach::kFrom, bands);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        fmt::print("  {:>5.1f} min: {:>8.1f} km of road\n",
                   static_cast<double>(bands[i].count()) / 60'000, reached.meters[i] / 1000);
    }
    if (!geojson_.empty()) {
        const Status written = write_text(geojson_, to_geojson(reached, cell_meters_));
        if (!written) return complain(written.error());
    }
    if (svg_.empty()) return kExitOk;
    const Status written = write_text(svg_, to_svg(reached));
    return written ? kExitOk : complain(written.error());
}

}  // namespace liandong::roads
