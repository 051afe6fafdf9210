#pragma once

#include "common/routing/search.h"

#include <chrono>
#include <string>
#include <vector>

namespace liandong::routing {

/// One stretch of a road that is reached within a band.
struct ReachedLine {
    std::vector<domain::Point> line;  ///< at least two points
    std::size_t band = 0;             ///< index of the first band in which all of it is reached
};

/// What can be reached from a place (or from where the place can be reached), road by road.
struct Isochrone {
    std::vector<std::chrono::milliseconds> bands;  ///< ascending
    std::vector<ReachedLine> lines;
    /// Of road within each band, the lower ones included; the place's own road may count twice.
    std::vector<double> meters;
    domain::Point center;
};

enum class Reach : std::uint8_t {
    kFrom,  ///< from the place outwards: where can a unit be?
    kTo,    ///< to the place: from where can it be reached?
};

inline constexpr std::size_t kBands_max = 16;

/// `bands` must be 1..kBands_max, ascending and positive. A road that is reached in part is cut
/// where the band ends; both of its directions count.
Isochrone isochrone(Search& search, const Weights& weights, const RoadPosition& place, Reach reach,
                    const std::vector<std::chrono::milliseconds>& bands);

/// GeoJSON (RFC 7946), a feature a band: first the polygons of the area within ~`cell_meters` of
/// the roads reached (a grid's cells, joined; property "seconds"), then the lines.
std::string to_geojson(const Isochrone& isochrone, double cell_meters = 150);

/// A picture: roads coloured by band, with a legend. `width` in pixels.
std::string to_svg(const Isochrone& isochrone, int width = 900);

/// GeoJSON of a route: a line with seconds, metres and the streets' names, and its two ends.
std::string to_geojson(const RoadGraph& graph, const Route& route);

/// The route's line, from its beginning to its end.
std::vector<domain::Point> line_of(const RoadGraph& graph, const Route& route);

/// The part of a road's line between two shares of its length, in that order (the first may be the
/// larger: then the line runs backward). At least two points.
std::vector<domain::Point> part_of_line(const RoadGraph& graph, RoadId road, double from_along,
                                        double to_along);

}  // namespace liandong::routing
