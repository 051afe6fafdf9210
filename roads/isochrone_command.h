#pragma once

#include "roads/places.h"

#include <optional>
#include <string>
#include <vector>

namespace liandong::roads {

/// `liandong-roads isochrone`: what is reached within so many minutes, as GeoJSON or a picture.
class IsochroneCommand {
public:
    explicit IsochroneCommand(CLI::App& app);
    IsochroneCommand(const IsochroneCommand&) = delete;
    IsochroneCommand& operator=(const IsochroneCommand&) = delete;

    std::optional<int> run() const;

private:
    CLI::App* command_;
    RoadOptions roads_;
    std::string at_, geojson_, svg_;
    std::vector<double> minutes_{5, 10, 15};
    double cell_meters_ = 150;
    bool to_ = false;
};

}  // namespace liandong::roads
