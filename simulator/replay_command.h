#pragma once

#include <cstdint>
#include <string>

namespace liandong::simulator {

/// Exit codes of liandong-sim.
inline constexpr int kExitOk = 0;
inline constexpr int kExitLost = 1;         ///< lost, dropped, refused or unresolved work
inline constexpr int kExitUsage = 2;        ///< wrong arguments or files
inline constexpr int kExitUnreachable = 3;  ///< nobody answers at the target

struct ReplayCommand {
    std::string target;
    std::string scope;
    std::string scenario = "yingcheng-flood";
    double speed = 60;
    std::string assign = "recommended";
    std::uint64_t seed = 1;
    std::size_t limit = 0;  ///< the first so many reports; 0: all
    bool units_only =
        false;  ///< load the units and stop: what `make serve` does with an empty world
    std::size_t consoles = 3;
    std::string report;  ///< where report.json goes; empty: nowhere
};

/// Replays, prints the report to stdout and progress to stderr. An exit code.
int run_replay(const ReplayCommand& command);

}  // namespace liandong::simulator
