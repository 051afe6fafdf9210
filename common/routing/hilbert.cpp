#include "common/routing/hilbert.h"

#include <utility>

namespace liandong::routing {

std::uint64_t hilbert(domain::Point point) {
    constexpr std::uint32_t kBias = 1U << 31;
    std::uint32_t x = static_cast<std::uint32_t>(point.longitude_e7) + kBias;
    std::uint32_t y = static_cast<std::uint32_t>(point.latitude_e7) + kBias;
    std::uint64_t place = 0;
    for (int bit = 31; bit >= 0; --bit) {
        const std::uint32_t right = x >> bit & 1, upper = y >> bit & 1;
        place = place << 2 | ((3 * right) ^ upper);
        if (upper != 0) continue;
        if (right != 0) {
            x = ~x;
            y = ~y;
        }
        std::swap(x, y);
    }
    return place;
}

}  // namespace liandong::routing
