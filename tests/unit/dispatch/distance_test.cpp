#include "services/dispatch/policy/distance.h"

#include "common/base/random.h"
#include "tests/unit/dispatch/samples.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace liandong::dispatch {
namespace {

using domain::Meters;
using domain::Point;

Meters straight(Point to, Point from) {
    Meters out;
    straight_distances(to, {&from, 1}, {&out, 1});
    return out;
}

/// A point anywhere in China.
Point somewhere(Random& random) { return at(18 + 36 * random.unit(), 73 + 62 * random.unit()); }

Point near(Point point, double degrees, Random& random) {
    const auto shift = [&] {
        return static_cast<std::int32_t>((random.unit() * 2 - 1) * degrees * 1e7);
    };
    return {point.latitude_e7 + shift(), point.longitude_e7 + shift()};
}

// Within a district and beyond, the fast distance is the great circle's to one part in ten
// thousand.
TEST(StraightLine, AgreesWithTheGreatCircle) {
    SeededRandom random(1);
    for (int i = 0; i < 20'000; ++i) {
        const Point to = somewhere(random);
        const Point from = near(to, i % 2 == 0 ? 0.2 : 2.0, random);
        const double exact = domain::distance(from, to).value;
        EXPECT_NEAR(straight(to, from).value, exact, exact * 1e-4 + 1e-3)
            << to.latitude_e7 << ' ' << to.longitude_e7 << ' ' << from.latitude_e7 << ' '
            << from.longitude_e7;
    }
}

// The nearest of two units is the nearest by the great circle too, unless they are within a
// ten-thousandth.
TEST(StraightLine, RanksAsTheGreatCircleDoes) {
    SeededRandom random(2);
    for (int i = 0; i < 5'000; ++i) {
        const Point to = somewhere(random);
        const Point a = near(to, 0.3, random), b = near(to, 0.3, random);
        const double exact_a = domain::distance(a, to).value,
                     exact_b = domain::distance(b, to).value;
        if (std::abs(exact_a - exact_b) < 2e-4 * std::max(exact_a, exact_b)) continue;
        EXPECT_EQ(straight(to, a) < straight(to, b), exact_a < exact_b);
    }
}

// A unit on the spot is no distance away; one on the other side of the date line is not around the
// world.
TEST(StraightLine, KnowsTheEdges) {
    EXPECT_EQ(straight(at(30.93, 113.57), at(30.93, 113.57)).value, 0);
    const Point east = at(10, 179.99), west = at(10, -179.99);
    EXPECT_NEAR(straight(east, west).value, domain::distance(east, west).value, 1e-3);
    EXPECT_LT(straight(east, west).value, 3'000);
}

}  // namespace
}  // namespace liandong::dispatch
