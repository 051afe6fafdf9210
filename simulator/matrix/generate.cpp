#include "simulator/matrix/generate.h"

#include "common/base/check.h"
#include "common/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace liandong::simulator::matrix {
namespace {

/// The chance that belongs to one call (or zone) alone. SplitMix64 of a sum: neighbours in number
/// are far apart in state.
SeededRandom keyed(std::uint64_t seed, std::uint64_t number) {
    return SeededRandom(SeededRandom(SeededRandom(seed).next() + number).next());
}

constexpr Duration kCityService = std::chrono::minutes{30};

Duration drawn(Random& random, double mean) {
    return std::min(Duration{std::llround(random.exponential(mean))}, kLeg_max);
}

struct Demand {
    double offered;    ///< calls in a mean service time
    Duration service;  ///< mean
    std::size_t zones;
};

std::vector<MatrixCall> generate_calls(Demand demand, std::size_t calls, std::uint64_t seed) {
    LIANDONG_CHECK(calls <= kCalls_max);
    const auto service = static_cast<double>(demand.service.count());
    std::vector<MatrixCall> all;
    all.reserve(calls);
    Duration at{0};
    for (std::size_t i = 0; i < calls; ++i) {
        SeededRandom random = keyed(seed, i);
        at += drawn(random, service / demand.offered);
        const Duration on_scene = drawn(random, service);
        const auto zone = static_cast<Index>(random.below(demand.zones));
        all.push_back({fmt::format("c{}", i + 1), at, zone, on_scene, 0});
    }
    LIANDONG_CHECK(at <= kCallTime_max);
    return all;
}

struct Spot {
    double east = 0;  ///< metres
    double north = 0;
};

std::vector<Spot> spread_zones(std::size_t zones, std::uint64_t seed) {
    constexpr double kSide = 20'000;
    std::vector<Spot> spots;
    for (std::size_t i = 0; i < zones; ++i) {
        SeededRandom random = keyed(seed, i);
        const double east = random.unit() * kSide;
        spots.push_back({east, random.unit() * kSide});
    }
    return spots;
}

Duration way(Spot from, Spot to) {
    const double metres = std::abs(from.east - to.east) + std::abs(from.north - to.north);
    return std::chrono::seconds{60} + Duration{std::llround(metres / 10 * 1e6)};
}

}  // namespace

Model generate_queue(QueueLoad load, std::size_t calls, std::uint64_t seed) {
    LIANDONG_CHECK(load.servers >= 1 && load.offered > 0);
    Model model;
    model.zones = {"z"};
    model.travel = TravelMatrix(1);
    model.bases = {{"b", 0}};
    for (int i = 0; i < load.servers; ++i) model.fleet.push_back({fmt::format("u{}", i + 1), 0});
    model.calls = generate_calls({load.offered, kMeanService, 1}, calls, seed);
    return model;
}

Model generate_city(CitySize size, std::uint64_t seed) {
    LIANDONG_CHECK(size.bases >= 1 && size.bases <= size.zones && size.zones <= kZones_max);
    LIANDONG_CHECK(size.units >= 1 && size.busy > 0 && size.busy < 1);
    Model model;
    model.travel = TravelMatrix(size.zones);
    const std::vector<Spot> spots = spread_zones(size.zones, ~seed);
    for (Index to = 0; to < size.zones; ++to) {
        model.zones.push_back(fmt::format("z{}", to + 1));
        for (Index from = 0; from < size.zones; ++from)
            model.travel[{from, to}] = way(spots[from], spots[to]);
    }
    for (Index i = 0; i < size.bases; ++i) model.bases.push_back({fmt::format("b{}", i + 1), i});
    for (std::size_t i = 0; i < size.units; ++i) {
        model.fleet.push_back({fmt::format("u{}", i + 1), static_cast<Index>(i % size.bases)});
    }
    const double offered = size.busy * static_cast<double>(size.units);
    model.calls = generate_calls({offered, kCityService, size.zones}, size.calls, seed);
    return model;
}

}  // namespace liandong::simulator::matrix
