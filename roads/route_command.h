#pragma once

#include "roads/places.h"

#include <optional>
#include <string>

namespace liandong::roads {

/// `liandong-roads route`: the fastest way between two positions, how they were snapped, and the
/// detour by the other carriageway.
class RouteCommand {
public:
    explicit RouteCommand(CLI::App& app);
    RouteCommand(const RouteCommand&) = delete;
    RouteCommand& operator=(const RouteCommand&) = delete;

    std::optional<int> run() const;

private:
    int answer(const routing::Weights& weights) const;

    CLI::App* command_;
    RoadOptions roads_;
    std::string from_, to_, geojson_;
    std::optional<double> heading_, reported_;
    double minutes_max_ = 240;
};

}  // namespace liandong::roads
