#include "common/routing/line_index.h"

#include "common/routing/plane.h"

#include <algorithm>
#include <cmath>

namespace liandong::routing {
namespace {

using domain::Point;

Box around(Point point) { return {point, point}; }

void extend(Box& box, const Box& other) {
    box.low.latitude_e7 = std::min(box.low.latitude_e7, other.low.latitude_e7);
    box.low.longitude_e7 = std::min(box.low.longitude_e7, other.low.longitude_e7);
    box.high.latitude_e7 = std::max(box.high.latitude_e7, other.high.latitude_e7);
    box.high.longitude_e7 = std::max(box.high.longitude_e7, other.high.longitude_e7);
}

struct Level {
    std::uint32_t first = 0, count = 0;
};

std::vector<Level> levels_of(std::uint32_t points) {
    std::vector<Level> levels;
    std::uint32_t first = 0;
    for (std::uint32_t count = points; count > 1;) {
        count = (count + kBoxFanout - 1) / kBoxFanout;
        levels.push_back({first, count});
        first += count;
    }
    return levels;
}

double squared_distance(const Plane& plane, const Box& box) {
    const auto low = plane.place(box.low), high = plane.place(box.high);
    const double x = std::max({low.x, -high.x, 0.0}), y = std::max({low.y, -high.y, 0.0});
    return x * x + y * y;
}

struct Waiting {
    double squared;
    std::uint32_t level, box;
};
bool farther(const Waiting& a, const Waiting& b) { return a.squared > b.squared; }

/// The segments that begin in one run of points.
void visit_run(const RoadGraphData& data, std::uint32_t run,
               absl::FunctionRef<void(RoadId, std::uint32_t)> visit) {
    const std::uint32_t begin = run * kBoxFanout;
    const std::uint32_t end = std::min(begin + kBoxFanout, data.counts.points);
    auto road = static_cast<RoadId>(std::ranges::upper_bound(data.first_point, begin) -
                                    data.first_point.begin() - 1);
    for (std::uint32_t point = begin; point < end; ++point) {
        while (point >= data.first_point[road + 1]) ++road;
        if (point + 1 < data.first_point[road + 1]) visit(road, point - data.first_point[road]);
    }
}

}  // namespace

std::vector<Box> build_boxes(std::span<const Point> points,
                             std::span<const std::uint32_t> first_point) {
    std::vector<Box> boxes;
    RoadId road = 0;
    for (std::uint32_t point = 0; point < points.size(); ++point) {
        while (point >= first_point[road + 1]) ++road;
        if (point % kBoxFanout == 0) boxes.push_back(around(points[point]));
        extend(boxes.back(), around(points[point]));
        if (point + 1 < first_point[road + 1]) extend(boxes.back(), around(points[point + 1]));
    }
    const std::vector<Level> levels = levels_of(static_cast<std::uint32_t>(points.size()));
    for (std::size_t level = 1; level < levels.size(); ++level) {
        const Level below = levels[level - 1];
        for (std::uint32_t i = 0; i < below.count; ++i) {
            const Box box = boxes[below.first + i];
            if (i % kBoxFanout == 0) boxes.push_back(box);
            extend(boxes.back(), box);
        }
    }
    return boxes;
}

void visit_near(const RoadGraphData& data, Point center, absl::FunctionRef<double()> limit_meters,
                absl::FunctionRef<void(RoadId, std::uint32_t)> visit) {
    if (data.boxes.empty()) return;
    const Plane plane(center);
    const std::vector<Level> levels = levels_of(data.counts.points);
    std::vector<Waiting> heap{{0, static_cast<std::uint32_t>(levels.size()) - 1, 0}};
    while (!heap.empty()) {
        const Waiting next = heap.front();
        std::ranges::pop_heap(heap, farther);
        heap.pop_back();
        if (std::sqrt(next.squared) > limit_meters()) return;
        if (next.level == 0) {
            visit_run(data, next.box, visit);
            continue;
        }
        const Level below = levels[next.level - 1];
        const std::uint32_t end = std::min((next.box + 1) * kBoxFanout, below.count);
        for (std::uint32_t i = next.box * kBoxFanout; i < end; ++i) {
            heap.push_back(
                {squared_distance(plane, data.boxes[below.first + i]), next.level - 1, i});
            std::ranges::push_heap(heap, farther);
        }
    }
}

}  // namespace liandong::routing
