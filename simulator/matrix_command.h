#pragma once

#include "simulator/matrix/read_model.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace liandong::simulator {

/// `liandong-sim matrix` and `liandong-sim erlang`: queues and travel times without the platform
/// (docs/travel-matrix.md).
class MatrixCommands {
public:
    /// Adds both to `app`, whose parsing writes into this object: it must outlive that.
    explicit MatrixCommands(CLI::App& app);
    MatrixCommands(const MatrixCommands&) = delete;
    MatrixCommands& operator=(const MatrixCommands&) = delete;

    /// Runs whichever was asked for and gives its exit code: kExitUsage for faulty files, kExitLost
    /// when a row of the Erlang table lies outside its interval. nullopt: neither was.
    std::optional<int> run() const;

private:
    int run_matrix() const;
    int run_erlang() const;

    CLI::App* matrix_;
    CLI::App* erlang_;
    matrix::ModelFiles files_;
    std::string policy_ = "returning";
    bool lose_ = false;
    std::string out_;
    std::uint64_t seed_ = 1;
    std::size_t calls_;
};

}  // namespace liandong::simulator
