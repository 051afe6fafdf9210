#include "common/routing/cell_area.h"

#include "common/base/check.h"
#include "common/routing/plane.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <utility>

namespace liandong::routing {
namespace {

using domain::Point;
using Corner = std::pair<int, int>;  // column, row

/// Which cells lines run through; a margin of empty cells all around.
class Grid {
public:
    Grid(std::span<const std::vector<Point>> lines, double cell_meters) {
        for (const auto& line : lines) {
            for (const Point point : line) include(point);
        }
        const Plane plane(low_);
        const auto extent = plane.place(high_);
        cell_ =
            std::max({cell_meters, 1.0, std::sqrt(extent.x * extent.y / (double(kCells_max) / 2))});
        cell_ = std::max({cell_, extent.x / 10'000, extent.y / 10'000});
        columns_ = static_cast<int>(extent.x / cell_) + 3;
        rows_ = static_cast<int>(extent.y / cell_) + 3;
        full_.resize(std::size_t(columns_) * std::size_t(rows_));
        for (const auto& line : lines) draw(plane, line);
        scale_x_ = extent.x > 0 ? (double(high_.longitude_e7) - low_.longitude_e7) / extent.x : 0;
        scale_y_ = extent.y > 0 ? (double(high_.latitude_e7) - low_.latitude_e7) / extent.y : 0;
        if (scale_x_ <= 0) scale_x_ = kE7PerMeter;
        if (scale_y_ <= 0) scale_y_ = kE7PerMeter;
    }

    int columns() const { return columns_; }
    int rows() const { return rows_; }
    bool full(int column, int row) const {
        return column >= 0 && row >= 0 && column < columns_ && row < rows_ &&
               full_[index(column, row)];
    }
    Point point(Corner corner) const {
        return {static_cast<std::int32_t>(
                    std::lround(low_.latitude_e7 + (corner.second - 1) * cell_ * scale_y_)),
                static_cast<std::int32_t>(
                    std::lround(low_.longitude_e7 + (corner.first - 1) * cell_ * scale_x_))};
    }

private:
    static constexpr double kE7PerMeter = 89.9;

    std::size_t index(int column, int row) const {
        return std::size_t(row) * std::size_t(columns_) + std::size_t(column);
    }

    void include(Point point) {
        if (empty_) low_ = high_ = point;
        empty_ = false;
        low_ = {std::min(low_.latitude_e7, point.latitude_e7),
                std::min(low_.longitude_e7, point.longitude_e7)};
        high_ = {std::max(high_.latitude_e7, point.latitude_e7),
                 std::max(high_.longitude_e7, point.longitude_e7)};
    }

    void draw(const Plane& plane, const std::vector<Point>& line) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            const auto from = plane.place(line[i - 1]), to = plane.place(line[i]);
            const double meters = std::hypot(to.x - from.x, to.y - from.y);
            const int steps = static_cast<int>(meters / (cell_ / 2)) + 1;
            for (int step = 0; step <= steps; ++step) {
                const double share = double(step) / steps;
                const int column = static_cast<int>((from.x + share * (to.x - from.x)) / cell_) + 1;
                const int row = static_cast<int>((from.y + share * (to.y - from.y)) / cell_) + 1;
                full_[index(std::clamp(column, 0, columns_ - 1), std::clamp(row, 0, rows_ - 1))] =
                    true;
            }
        }
    }

    Point low_, high_;
    bool empty_ = true;
    double cell_ = 1, scale_x_ = 0, scale_y_ = 0;
    int columns_ = 0, rows_ = 0;
    std::vector<bool> full_;
};

/// The border of the full cells as steps from corner to corner, the full cell on the left hand.
std::multimap<Corner, Corner> borders(const Grid& grid) {
    std::multimap<Corner, Corner> steps;
    for (int row = 0; row < grid.rows(); ++row) {
        for (int column = 0; column < grid.columns(); ++column) {
            if (!grid.full(column, row)) continue;
            const Corner sw{column, row}, se{column + 1, row}, ne{column + 1, row + 1},
                nw{column, row + 1};
            if (!grid.full(column, row - 1)) steps.emplace(sw, se);
            if (!grid.full(column + 1, row)) steps.emplace(se, ne);
            if (!grid.full(column, row + 1)) steps.emplace(ne, nw);
            if (!grid.full(column - 1, row)) steps.emplace(nw, sw);
        }
    }
    return steps;
}

/// Of the steps that leave a corner, the one that turns left most, so that cells which only touch
/// there stay apart.
std::multimap<Corner, Corner>::iterator next_step(std::multimap<Corner, Corner>& steps, Corner from,
                                                  Corner at) {
    const auto [begin, end] = steps.equal_range(at);
    LIANDONG_CHECK(begin != end);
    const int dx = at.first - from.first, dy = at.second - from.second;
    for (auto step = begin; step != end; ++step) {
        const int nx = step->second.first - at.first, ny = step->second.second - at.second;
        if (dx * ny - dy * nx > 0) return step;
    }
    return begin;
}

std::vector<std::vector<Corner>> rings_of(std::multimap<Corner, Corner> steps) {
    std::vector<std::vector<Corner>> rings;
    while (!steps.empty()) {
        auto step = steps.begin();
        std::vector<Corner> ring{step->first};
        // Every step is taken away once.
        for (;;) {
            const Corner from = step->first, at = step->second;
            steps.erase(step);
            if (at == ring.front()) break;
            step = next_step(steps, from, at);
            const bool straight = step->second.first - at.first == at.first - from.first &&
                                  step->second.second - at.second == at.second - from.second;
            if (!straight) ring.push_back(at);
        }
        rings.push_back(std::move(ring));
    }
    return rings;
}

double doubled_area(const std::vector<Corner>& ring) {
    double area = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Corner a = ring[i], b = ring[(i + 1) % ring.size()];
        area += double(a.first) * b.second - double(b.first) * a.second;
    }
    return area;
}

/// Is the middle of a cell's lower left corner region of `inner` inside `outer`? (Even-odd.)
bool inside(const std::vector<Corner>& inner, const std::vector<Corner>& outer) {
    const double x = inner.front().first + 0.01, y = inner.front().second + 0.01;
    bool in = false;
    for (std::size_t i = 0; i < outer.size(); ++i) {
        const Corner a = outer[i], b = outer[(i + 1) % outer.size()];
        if ((a.second > y) == (b.second > y)) continue;
        if (x < a.first + (y - a.second) * (b.first - a.first) / double(b.second - a.second))
            in = !in;
    }
    return in;
}

Ring to_points(const Grid& grid, const std::vector<Corner>& corners) {
    Ring ring;
    for (const Corner corner : corners) ring.push_back(grid.point(corner));
    ring.push_back(ring.front());
    return ring;
}

}  // namespace

std::vector<Polygon> area_around(std::span<const std::vector<Point>> lines, double cell_meters) {
    if (lines.empty()) return {};
    const Grid grid(lines, cell_meters);
    std::vector<std::vector<Corner>> outlines, holes;
    for (auto& ring : rings_of(borders(grid))) {
        (doubled_area(ring) > 0 ? outlines : holes).push_back(std::move(ring));
    }
    std::vector<Polygon> polygons;
    for (const auto& outline : outlines) polygons.push_back({to_points(grid, outline)});
    for (const auto& hole : holes) {
        std::size_t best = outlines.size();
        for (std::size_t i = 0; i < outlines.size(); ++i) {
            const bool smaller =
                best == outlines.size() || doubled_area(outlines[i]) < doubled_area(outlines[best]);
            if (smaller && inside(hole, outlines[i])) best = i;
        }
        LIANDONG_CHECK(best < outlines.size());
        polygons[best].push_back(to_points(grid, hole));
    }
    return polygons;
}

}  // namespace liandong::routing
