#include "common/routing/simplify.h"

#include "common/routing/plane.h"

#include <cmath>
#include <utility>

namespace liandong::routing {

void simplify(std::vector<domain::Point>& line, double meters) {
    if (line.size() <= 2) return;
    std::vector<bool> stays(line.size());
    stays.front() = stays.back() = true;
    // Each round parts a stretch in two or ends it: at most two a point.
    std::vector<std::pair<std::size_t, std::size_t>> stretches{{0, line.size() - 1}};
    while (!stretches.empty()) {
        const auto [begin, end] = stretches.back();
        stretches.pop_back();
        double most = meters * meters;
        std::size_t farthest = begin;
        for (std::size_t i = begin + 1; i < end; ++i) {
            const Plane plane(line[i]);
            const auto near = nearest_to_origin(plane.place(line[begin]), plane.place(line[end]));
            if (near.squared <= most) continue;
            most = near.squared;
            farthest = i;
        }
        if (farthest == begin) continue;
        stays[farthest] = true;
        stretches.emplace_back(begin, farthest);
        stretches.emplace_back(farthest, end);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (stays[i]) line[kept++] = line[i];
    }
    line.resize(kept);
    line.shrink_to_fit();
}

}  // namespace liandong::routing
