#include "common/routing/cell_area.h"
#include "common/routing/isochrone.h"
#include "common/routing/plane.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace liandong::routing {
namespace {

using domain::Point;

void append_point(std::string& out, Point point) {
    fmt::format_to(std::back_inserter(out), "[{:.6f},{:.6f}]", point.longitude(), point.latitude());
}

void append_line(std::string& out, const std::vector<Point>& line) {
    out += '[';
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (i > 0) out += ',';
        append_point(out, line[i]);
    }
    out += ']';
}

/// Names come from maps: quotes, controls and back slashes may stand in them.
std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (static_cast<unsigned char>(letter) < 0x20) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(letter));
        } else {
            out += letter;
        }
    }
    return out + '"';
}

std::string feature(std::string_view properties, std::string_view kind, std::string_view shape) {
    return fmt::format(
        "{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{{\"type\":\"{}\","
        "\"coordinates\":{}}}}}",
        properties, kind, shape);
}

std::string collection(const std::vector<std::string>& features) {
    return fmt::format("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n",
                       fmt::join(features, ",\n"));
}

/// Lines of all bands up to `band`, or of that one alone.
std::vector<std::vector<Point>> lines_of(const Isochrone& isochrone, std::size_t band, bool alone) {
    std::vector<std::vector<Point>> lines;
    for (const ReachedLine& reached : isochrone.lines) {
        if (alone ? reached.band == band : reached.band <= band) lines.push_back(reached.line);
    }
    return lines;
}

std::string multi_polygon(const std::vector<Polygon>& polygons) {
    std::string out = "[";
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        out += i > 0 ? ",[" : "[";
        for (std::size_t j = 0; j < polygons[i].size(); ++j) {
            if (j > 0) out += ',';
            append_line(out, polygons[i][j]);
        }
        out += ']';
    }
    return out + ']';
}

std::string multi_line(const std::vector<std::vector<Point>>& lines) {
    std::string out = "[";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0) out += ',';
        append_line(out, lines[i]);
    }
    return out + ']';
}

std::string band_properties(const Isochrone& isochrone, std::size_t band) {
    return fmt::format("\"seconds\":{:.0f},\"road_meters\":{:.0f}",
                       static_cast<double>(isochrone.bands[band].count()) / 1000,
                       isochrone.meters[band]);
}

/// Early bands dark, late ones light; told apart also in grey (ColorBrewer YlGnBu, reversed).
constexpr std::string_view kColors[] = {"#081d58", "#225ea8", "#1d91c0", "#41b6c4",
                                        "#7fcdbb", "#c7e9b4", "#edf8b1"};

std::string_view color_of(std::size_t band, std::size_t bands) {
    const std::size_t last = std::size(kColors) - 1;
    return kColors[bands < 2 ? 0 : std::min(last, band * last / (bands - 1))];
}

/// Metres around the centre → pixels.
class Canvas {
public:
    Canvas(const Isochrone& isochrone, int width) : plane_(isochrone.center) {
        for (const ReachedLine& reached : isochrone.lines) {
            for (const Point point : reached.line) include(plane_.place(point));
        }
        scale_ = (width - 2 * kMargin) / std::max(high_.x - low_.x, 1.0);
        height_ = static_cast<int>((high_.y - low_.y) * scale_) + 2 * kMargin;
    }
    int height() const { return height_; }
    std::string at(Point point) const {
        const auto place = plane_.place(point);
        return fmt::format("{:.1f} {:.1f}", kMargin + (place.x - low_.x) * scale_,
                           height_ - kMargin - (place.y - low_.y) * scale_);
    }

private:
    static constexpr int kMargin = 12;

    void include(Plane::Place place) {
        low_ = {std::min(low_.x, place.x), std::min(low_.y, place.y)};
        high_ = {std::max(high_.x, place.x), std::max(high_.y, place.y)};
    }

    Plane plane_;
    Plane::Place low_, high_;
    double scale_ = 1;
    int height_ = 0;
};

std::string path_of(const Canvas& canvas, const std::vector<std::vector<Point>>& lines) {
    std::string path;
    for (const auto& line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            path += i == 0 ? 'M' : 'L';
            path += canvas.at(line[i]);
        }
    }
    return path;
}

}  // namespace

std::string to_geojson(const Isochrone& isochrone, double cell_meters) {
    std::vector<std::string> features;
    for (std::size_t band = isochrone.bands.size(); band-- > 0;) {
        const auto area = area_around(lines_of(isochrone, band, false), cell_meters);
        features.push_back(
            feature(band_properties(isochrone, band), "MultiPolygon", multi_polygon(area)));
    }
    for (std::size_t band = 0; band < isochrone.bands.size(); ++band) {
        features.push_back(feature(band_properties(isochrone, band), "MultiLineString",
                                   multi_line(lines_of(isochrone, band, true))));
    }
    std::string center;
    append_point(center, isochrone.center);
    features.push_back(feature("\"place\":\"center\"", "Point", center));
    return collection(features);
}

std::string to_svg(const Isochrone& isochrone, int width) {
    const Canvas canvas(isochrone, width);
    const std::size_t bands = isochrone.bands.size();
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
        width, canvas.height());
    for (std::size_t band = bands; band-- > 0;) {
        out += fmt::format(
            "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.6\" "
            "stroke-linecap=\"round\"/>\n",
            path_of(canvas, lines_of(isochrone, band, true)), color_of(band, bands));
    }
    const std::string center = canvas.at(isochrone.center);
    const std::size_t blank = center.find(' ');
    out += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"5\" fill=\"#d7191c\"/>\n",
                       center.substr(0, blank), center.substr(blank + 1));
    for (std::size_t band = 0; band < bands; ++band) {
        out += fmt::format(
            "<rect x=\"12\" y=\"{}\" width=\"26\" height=\"12\" fill=\"{}\" stroke=\"#888888\"/>"
            "<text x=\"44\" y=\"{}\" font-family=\"sans-serif\" font-size=\"13\">{} min</text>\n",
            12 + 18 * band, color_of(band, bands), 23 + 18 * band,
            static_cast<double>(isochrone.bands[band].count()) / 60'000);
    }
    return out + "</svg>\n";
}

std::string to_geojson(const RoadGraph& graph, const Route& route) {
    std::vector<std::string> streets;
    for (const ArcId arc : route.arcs) {
        const std::string name = json_string(graph.name(graph.road(arc)));
        if (name != "\"\"" && (streets.empty() || streets.back() != name)) streets.push_back(name);
    }
    std::string line, from, to;
    append_line(line, line_of(graph, route));
    append_point(from, route.from.point);
    append_point(to, route.to.point);
    return collection({feature(fmt::format("\"seconds\":{:.1f},\"meters\":{:.0f},\"streets\":[{}]",
                                           static_cast<double>(route.trip.time.count()) / 1000,
                                           route.trip.meters, fmt::join(streets, ",")),
                               "LineString", line),
                       feature("\"place\":\"from\"", "Point", from),
                       feature("\"place\":\"to\"", "Point", to)});
}

}  // namespace liandong::routing
