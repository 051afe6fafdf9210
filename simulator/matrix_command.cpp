#include "simulator/matrix_command.h"

#include "simulator/matrix/erlang_trial.h"
#include "simulator/matrix/outcome.h"
#include "simulator/matrix/run.h"
#include "simulator/matrix/table.h"
#include "simulator/replay_command.h"
#include "simulator/scenario_source.h"

#include <fmt/format.h>

#include <sstream>
#include <vector>

namespace liandong::simulator {
namespace {

using matrix::ErlangRow;

int complain(const Error& error) {
    fmt::print(stderr, "liandong-sim: {} ({})\n", error.message, error.reason);
    return kExitUsage;
}

std::string seconds_or_none(std::optional<Duration> time) {
    return time ? matrix::to_seconds(*time) + " s" : "none";
}

void print_summary(const matrix::Summary& sum) {
    fmt::print(stderr, "{} calls, {} waited, {} lost\n", sum.calls, sum.waited, sum.lost);
    fmt::print(stderr, "waiting: mean {}; response: mean {}, longest {}\n",
               seconds_or_none(sum.mean_waiting), seconds_or_none(sum.mean_response),
               seconds_or_none(sum.max_response));
}

void print_row(const ErlangRow& row) {
    fmt::print("{:>4} {:>6} {:<10} {:>10.6f} {:>10.6f} {:>10.6f}  {}\n", row.load.servers,
               row.load.offered, matrix::to_string(row.quantity), row.exact, row.simulated.mean,
               row.simulated.half_width, row.inside() ? "yes" : "no");
}

std::vector<ErlangRow> erlang_table(matrix::TrialLength length, std::uint64_t seed) {
    std::vector<ErlangRow> rows;
    for (const auto& load : matrix::delay_loads()) {
        for (const ErlangRow& row : matrix::try_delay(load, length, seed)) rows.push_back(row);
    }
    for (const auto& load : matrix::loss_loads())
        rows.push_back(matrix::try_loss(load, length, seed));
    return rows;
}

/// So that the longest run stays within the limits of a model.
constexpr std::size_t kErlangCalls_max = 3'000'000;

}  // namespace

MatrixCommands::MatrixCommands(CLI::App& app)
    : matrix_(app.add_subcommand("matrix", "Plays calls over a matrix of travel times")),
      erlang_(app.add_subcommand("erlang", "Holds the matrix mode against Erlang B and C")),
      calls_(matrix::kErlangLength.counted) {
    matrix_->add_option("--zones", files_.zones, "CSV: zone")->required();
    matrix_->add_option("--bases", files_.bases, "CSV: base,zone")->required();
    matrix_->add_option("--fleet", files_.fleet, "CSV: unit,base")->required();
    matrix_->add_option("--calls", files_.calls, "CSV: call,time_s,zone,on_scene_s[,priority]")
        ->required();
    matrix_->add_option("--travel", files_.travel, "CSV: from,to,seconds")->required();
    matrix_->add_option("--policy", policy_, "at-base, or returning: units on their way back too")
        ->check(CLI::IsMember({"at-base", "returning"}))
        ->capture_default_str();
    matrix_->add_flag("--no-queue", lose_, "A call that finds no unit is lost");
    matrix_->add_option("--out", out_, "Where the outcomes go as CSV (default: stdout)");
    erlang_->add_option("--seed", seed_, "One seed, one table")->capture_default_str();
    erlang_->add_option("--calls", calls_, "Counted calls of each run")
        ->check(CLI::Range(std::size_t{4'000}, kErlangCalls_max))
        ->capture_default_str();
}

std::optional<int> MatrixCommands::run() const {
    if (matrix_->parsed()) return run_matrix();
    if (erlang_->parsed()) return run_erlang();
    return std::nullopt;
}

int MatrixCommands::run_matrix() const {
    const auto model = matrix::load_model(files_);
    if (!model) return complain(model.error());
    const auto outcomes = matrix::run(*model, *matrix::find_policy(policy_), {.queue = !lose_});
    std::ostringstream text;
    matrix::write_outcomes(*model, outcomes, text);
    if (out_.empty()) {
        fmt::print("{}", text.str());
    } else if (const Status written = write_text(out_, text.str()); !written) {
        return complain(written.error());
    }
    print_summary(matrix::summarise(*model, outcomes));
    return kExitOk;
}

int MatrixCommands::run_erlang() const {
    fmt::print("{:>4} {:>6} {:<10} {:>10} {:>10} {:>10}  {}\n", "c", "a", "quantity", "closed",
               "simulated", "99% +-", "inside");
    bool all = true;
    for (const ErlangRow& row : erlang_table({calls_ / matrix::kBatches, calls_}, seed_)) {
        print_row(row);
        all = all && row.inside();
    }
    return all ? kExitOk : kExitLost;
}

}  // namespace liandong::simulator
