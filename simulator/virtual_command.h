#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace liandong::simulator {

/// The subcommands of virtual time: `run` (a generated evening through the production services),
/// `check` (seeds of operations and trouble, judged by the auditor) and `mutants` (how many seeds
/// each deliberate mistake needs). The app must outlive it.
class VirtualCommands {
public:
    explicit VirtualCommands(CLI::App& app);

    /// The exit code when one of them was given: 0, 1 when a fault was found (or a mutant was not),
    /// 2 on a wrong argument.
    std::optional<int> run() const;

private:
    int run_evening() const;
    int run_check() const;
    int run_mutants() const;

    CLI::App* run_;
    CLI::App* check_;
    CLI::App* mutants_;
    std::uint64_t seed_ = 1;
    std::size_t incidents_ = 1'000;
    bool hash_ = false;
    std::uint64_t first_seed_ = 1;
    std::uint64_t seeds_ = 100;
    int operations_ = 1'000;
    std::string mutant_ = "none";
    std::vector<std::string> without_;
    bool trace_ = false;
};

}  // namespace liandong::simulator
