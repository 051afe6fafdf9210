#include "simulator/virtual_command.h"

#include "common/base/id.h"
#include "simulator/audit/log_replay.h"
#include "simulator/check/check.h"
#include "simulator/evening/evening.h"
#include "simulator/replay_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

namespace liandong::simulator {
namespace {

constexpr std::uint64_t kProgressEvery = 10;

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    }

private:
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

void say_progress(std::uint64_t done, std::uint64_t all) {
    if (done % kProgressEvery == 0 || done == all)
        fmt::print(stderr, "\rseed {} of {}{}", done, all, done == all ? "\n" : "");
}

std::string names_without(Troubles allowed) {
    std::string options;
    for (std::size_t i = 0; i < kTroubles; ++i) {
        if (!allowed.has(static_cast<Trouble>(i)))
            options += fmt::format(" --without {}", kTroubleNames[i]);
    }
    return options;
}

std::string command_of(const SiegePlan& plan) {
    std::string command =
        fmt::format("liandong-sim check --first-seed {} --seeds 1 --operations {}{}", plan.seed,
                    plan.operations, names_without(plan.allowed));
    if (plan.mutant != Mutant::kNone) {
        command += fmt::format(" --mutant {}", kMutantNames[static_cast<std::size_t>(plan.mutant)]);
    }
    return command + " --trace";
}

void print_failure(const SiegePlan& plan, const Verdict& verdict) {
    fmt::print("seed {} fails:\n", plan.seed);
    for (const std::string& sentence : verdict.faults) fmt::print("  {}\n", sentence);
    const SiegePlan shorter = shrink(plan);
    const Verdict again = run_plan(shorter);
    fmt::print("shrunk from {} to {} operations:\n", plan.operations, shorter.operations);
    for (const std::string& line : again.trace) fmt::print("  {}\n", line);
    for (const std::string& sentence : again.faults) fmt::print("  {}\n", sentence);
    fmt::print("replay: {}\n", command_of(shorter));
}

}  // namespace

VirtualCommands::VirtualCommands(CLI::App& app)
    : run_(app.add_subcommand("run", "An evening through the services in virtual time")),
      check_(app.add_subcommand("check", "Attacks the services with seeds, judged by an auditor")),
      mutants_(app.add_subcommand("mutants", "How many seeds each deliberate mistake needs")) {
    run_->add_option("--seed", seed_, "One seed, one log, byte for byte")->capture_default_str();
    run_->add_option("--incidents", incidents_, "Reports, each worked on to its end")
        ->check(CLI::Range(1, 1'000'000))
        ->capture_default_str();
    run_->add_flag("--hash", hash_, "Print the log's sha256 last, alone on its line");
    for (CLI::App* command : {check_, mutants_}) {
        command->add_option("--seeds", seeds_, "How many")->check(CLI::Range(1, 10'000'000));
        command->add_option("--operations", operations_, "Of all people together, a seed")
            ->check(CLI::Range(1, 1'000'000));
    }
    check_->add_option("--first-seed", first_seed_, "Seeds count up from here");
    check_->add_option("--mutant", mutant_, "With this deliberate mistake (see `mutants`)");
    check_->add_option("--without", without_, "Without this kind of trouble; may be repeated");
    check_->add_flag("--trace", trace_, "Print every operation and trouble");
}

std::optional<int> VirtualCommands::run() const {
    if (run_->parsed()) return run_evening();
    if (check_->parsed()) return run_check();
    if (mutants_->parsed()) return run_mutants();
    return std::nullopt;
}

int VirtualCommands::run_evening() const {
    const Stopwatch watch;
    const auto evening = play_evening(seed_, incidents_);
    if (!evening) {
        fmt::print(stderr, "liandong-sim: {} ({})\n", evening.error().message,
                   evening.error().reason);
        return kExitLost;
    }
    const double seconds = watch.seconds();
    LogReplay judge;
    judge.compare(evening->state);
    for (const std::string& sentence : judge.faults()) fmt::print("fault: {}\n", sentence);
    const std::string log = log_bytes(evening->state.log());
    fmt::print("{} incidents from report to close, {} events, {} orders\n", evening->closed,
               evening->state.last_seq(), evening->orders);
    fmt::print("{:.2f} s, {:.0f} incidents/s, {:.0f} times real time\n", seconds,
               static_cast<double>(evening->closed) / seconds,
               std::chrono::duration<double>(evening->virtual_time).count() / seconds);
    fmt::print("log: {} bytes\n", log.size());
    if (hash_) fmt::print("{}\n", sha256_hex_of(log));
    return judge.faults().empty() && evening->closed == incidents_ ? kExitOk : kExitLost;
}

int VirtualCommands::run_check() const {
    SiegePlan plan;
    plan.operations = operations_;
    plan.trace = trace_;
    const auto mutant = mutant_of(mutant_);
    if (!mutant) {
        fmt::print(stderr, "liandong-sim: --mutant {}: there is none such; see `mutants`\n",
                   mutant_);
        return kExitUsage;
    }
    plan.mutant = *mutant;
    for (const std::string& name : without_) {
        const auto trouble = trouble_of(name);
        if (!trouble) {
            fmt::print(stderr, "liandong-sim: --without {}: one of {}\n", name,
                       fmt::join(kTroubleNames, ", "));
            return kExitUsage;
        }
        plan.allowed = plan.allowed.without(*trouble);
    }
    const Stopwatch watch;
    Struck struck{};
    std::uint64_t events = 0, operations = 0;
    for (std::uint64_t i = 0; i < seeds_; ++i) {
        plan.seed = first_seed_ + i;
        const Verdict verdict = run_plan(plan);
        for (const std::string& line : verdict.trace) fmt::print("{}\n", line);
        if (!verdict.faults.empty()) {
            print_failure(plan, verdict);
            return kExitLost;
        }
        std::ranges::transform(struck, verdict.struck, struck.begin(), std::plus{});
        for (const auto& [outcome, count] : verdict.outcomes)
            operations += static_cast<std::uint64_t>(count);
        events += verdict.events;
        say_progress(i + 1, seeds_);
    }
    for (std::size_t i = 0; i < kTroubles; ++i)
        fmt::print("{:>10} {}\n", struck[i], kTroubleNames[i]);
    fmt::print("{} seeds, {} calls answered, {} events, {:.1f} s: no fault found\n", seeds_,
               operations, events, watch.seconds());
    return kExitOk;
}

int VirtualCommands::run_mutants() const {
    bool all_found = true;
    fmt::print("{:<24} {:>5}  {}\n", "mutant", "seeds", "first sentence of the auditor");
    for (std::size_t i = 1; i < kMutants; ++i) {
        SiegePlan plan;
        plan.operations = operations_;
        plan.mutant = static_cast<Mutant>(i);
        std::string sentence;
        std::uint64_t needed = 0;
        for (std::uint64_t seed = 1; seed <= seeds_ && sentence.empty(); ++seed) {
            plan.seed = seed;
            const Verdict verdict = run_plan(plan);
            needed = seed;
            if (!verdict.faults.empty()) sentence = verdict.faults.front();
        }
        all_found = all_found && !sentence.empty();
        fmt::print("{:<24} {:>5}  {}\n", kMutantNames[i], needed,
                   sentence.empty() ? "NOT FOUND" : sentence);
    }
    return all_found ? kExitOk : kExitLost;
}

}  // namespace liandong::simulator
