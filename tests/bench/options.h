#pragma once

#include "common/base/error.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace liandong::bench {

/// How much each figure does. The quick ones prove that the program works, and measure nothing.
struct Sizes {
    std::size_t rounds;            ///< floor and subject alternate this often
    std::size_t throughput_calls;  ///< calls of one throughput block
    std::size_t latency_calls;     ///< calls of one one-in-flight block
    std::size_t dispatches;        ///< of three units each, in one block
    std::size_t recommend_units;
    std::size_t recommend_calls;   ///< of one block
    std::size_t delivery_streams;  ///< units that watch their orders
    std::size_t deliveries;
    std::size_t served_calls;  ///< before the resident size is read
    std::size_t full_incidents;
    std::size_t full_units;
    std::size_t policy_calls;       ///< of one run over a matrix
    std::size_t evening_incidents;  ///< of one run through the services in virtual time
    std::size_t roads_questions;    ///< searches of one round
    std::uint32_t roads_grid_side;  ///< nodes along each side
};
inline constexpr Sizes kFull{7,     8'000,  1'000,  300,     5'000, 2'000, 200,  2'000,
                             1'000, 10'000, 10'000, 200'000, 500,   300,   1'000};
inline constexpr Sizes kQuick{1, 200, 20, 5, 200, 50, 6, 20, 40, 200, 200, 2'000, 5, 5, 30};

struct Options {
    std::string area =
        "all";         ///< report, dispatch, recommend, delivery, process, sim, roads, duplicates
    std::string json;  ///< empty: none
    std::string server_bin;
    std::string redis_server = "redis-server";
    std::string server_log;  ///< where the servers' logs go; empty: with their data, and removed
    bool quick = false;      ///< tiny, and no bar is judged
    bool echo = false;       ///< be the echo server
    std::string ready_file;  ///< of the echo server

    const Sizes& sizes() const { return quick ? kQuick : kFull; }
    bool wants(std::string_view name) const { return area == "all" || area == name; }
};

/// nullopt: help was asked for and printed. INVALID_ARGUMENT / OPTION_MALFORMED.
Result<std::optional<Options>> parse_options(int argc, char** argv);

}  // namespace liandong::bench
