#pragma once

#include "simulator/matrix/erlang.h"
#include "simulator/matrix/model.h"

#include <cstdint>

namespace liandong::simulator::matrix {

/// Mean service time of generated queues.
inline constexpr Duration kMeanService = std::chrono::seconds{100};

/// Calls whose answer is known: one zone, no travel time, `load.servers` units at one base,
/// Poisson arrivals, exponential times on scene of kMeanService on average. All that belongs to a
/// call is drawn from (seed, number of the call) before anything runs, so every policy meets the
/// same calls.
Model generate_queue(QueueLoad load, std::size_t calls, std::uint64_t seed);

struct CitySize {
    std::size_t zones = 200;
    std::size_t bases = 20;  ///< ≤ zones
    std::size_t units = 40;
    std::size_t calls = 10'000;
    double busy = 0.5;  ///< the share of time that units work at scenes, in (0, 1), ways aside
};

/// An invented city, for speed and for tests: zones spread evenly over a square of 20 km, ways
/// along its axes at 10 m/s after 60 s to get going, bases in the first zones, units dealt to them
/// in turn, calls anywhere, half an hour at the scene on average. Attributes are keyed by call as
/// above.
Model generate_city(CitySize size, std::uint64_t seed);

}  // namespace liandong::simulator::matrix
