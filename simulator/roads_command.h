#pragma once

#include "common/base/error.h"

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace liandong::simulator {

/// `liandong-sim stamps` and `liandong-sim roads`: what San Francisco's records say about travel
/// times (docs/roads.md).
class RoadsCommands {
public:
    /// Adds both to `app`, whose parsing writes into this object: it must outlive that.
    explicit RoadsCommands(CLI::App& app);
    RoadsCommands(const RoadsCommands&) = delete;
    RoadsCommands& operator=(const RoadsCommands&) = delete;

    /// Runs whichever was asked for and gives its exit code. nullopt: neither was.
    std::optional<int> run() const;

private:
    Status write_stamps() const;
    Status compare_choosers() const;

    CLI::App* stamps_;
    CLI::App* roads_;
    std::string calls_, out_, roads_file_, model_file_;
};

}  // namespace liandong::simulator
