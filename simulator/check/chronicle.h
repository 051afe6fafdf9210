#pragma once

#include "simulator/check/trouble.h"
#include "simulator/virtual/virtual_world.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace liandong::simulator {

/// How often each trouble struck, indexed by `Trouble`.
using Struck = std::array<std::uint64_t, kTroubles>;

/// What happened in one run, for its report. Nothing that happens depends on it.
class Chronicle {
public:
    /// `world` must outlive it. With `keeps_trace` it keeps a line for each operation and trouble.
    Chronicle(VirtualWorld& world, bool keeps_trace)
        : world_(world), keeps_trace_(keeps_trace), begun_(world.clock().now()) {}

    void note(Trouble trouble) { ++struck_[static_cast<std::size_t>(trouble)]; }
    /// A call was answered for good: "DispatchUnits OK" or "DispatchUnits UNITS_NOT_FREE".
    void answered(const std::string& outcome) { ++outcomes_[outcome]; }
    /// Written behind the time since the beginning and the log's end.
    void trace(const std::string& line);

    const Struck& struck() const { return struck_; }
    const std::map<std::string, int>& outcomes() const { return outcomes_; }
    const std::vector<std::string>& lines() const { return lines_; }

private:
    VirtualWorld& world_;
    bool keeps_trace_;
    Timestamp begun_;
    Struck struck_{};
    std::map<std::string, int> outcomes_;
    std::vector<std::string> lines_;
};

}  // namespace liandong::simulator
