#include "roads/calibrate_command.h"

#include "common/routing/road_graph.h"
#include "common/routing/time/calibrate_model.h"
#include "roads/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

namespace liandong::roads {
namespace {

using namespace routing;

/// "+08:00".
std::optional<Duration> parse_offset(const std::string& text) {
    int hours = 0, minutes = 0;
    char sign = 0, end = 0;
    if (std::sscanf(text.c_str(), "%c%2d:%2d%c", &sign, &hours, &minutes, &end) != 3)
        return std::nullopt;
    if ((sign != '+' && sign != '-') || hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const Duration size = std::chrono::hours{hours} + std::chrono::minutes{minutes};
    return sign == '-' ? -size : size;
}

void print_result(std::string_view name, const GateResult& result) {
    fmt::print("  {:<34} {:>5}  {:>+7.1f} %  {:>7.1f} %  {:>8.0f} s  {:>8.0f} s  {}\n", name,
               result.trips, 100 * result.median_signed_error, 100 * result.coverage,
               result.mean_absolute_seconds, result.median_absolute_seconds,
               result.passes() ? "passes" : "-");
}

void print_heading(std::string_view what) {
    fmt::print("  {:<34} {:>5}  {:>9}  {:>9}  {:>10}  {:>10}  gate\n", what, "trips", "median",
               "in 80 %", "mean |e|", "median |e|");
}

void print(const ProfileCalibration& of) {
    fmt::print("\nprofile {}: {} trips fitted\n", to_string(of.profile), of.fitted);
    if (of.held_out) {
        print_heading("held-out days");
        for (std::size_t i = 0; i < kEstimators; ++i)
            print_result(to_string(static_cast<Estimator>(i)), (*of.held_out)[i]);
    }
    if (of.by_day.empty()) return;
    print_heading("each day from all others");
    for (const auto& [day, result] : of.by_day) print_result(day, result);
}

void print_dropped(const Observed& observed, std::size_t stamps) {
    fmt::print("{} stamps, {} trips on the roads\n", stamps, observed.trips.size());
    for (const auto& [why, count] : observed.dropped) fmt::print("  {} left out: {}\n", count, why);
}

}  // namespace

CalibrateCommand::CalibrateCommand(CLI::App& app)
    : command_(app.add_subcommand("calibrate", "Fits travel times to recorded stamps")) {
    command_->add_option("--roads", roads_, "Made by `import`")->required();
    command_
        ->add_option("--stamps", stamps_,
                     "CSV: group,profile,from_latitude,from_longitude,to_latitude,to_longitude,"
                     "sent,departed,arrived")
        ->required();
    command_->add_option("--out", out_, "The travel model to write, JSON");
    command_->add_option("--name", name_, "What to call it (default: the stamps' file)");
    command_->add_option("--utc-offset", utc_offset_, "Of the local time that hours are told by")
        ->capture_default_str();
    command_->add_option("--held-out-from", held_out_from_,
                         "Local date, YYYY-MM-DD: from then on trips judge and are not fitted "
                         "(default: the last third of the days)");
    command_->add_flag("--accept-failed", accept_failed_,
                       "Write profiles that fail their gate, too");
}

std::optional<int> CalibrateCommand::run() const {
    if (!command_->parsed()) return std::nullopt;
    const auto code = calibrate();
    return code ? *code : complain(code.error());
}

Result<Duration> CalibrateCommand::utc_offset() const {
    if (const auto offset = parse_offset(utc_offset_)) return *offset;
    return fail(Code::kInvalidArgument, "OPTION_MALFORMED",
                "--utc-offset is written +08:00 or -08:00");
}

Result<int> CalibrateCommand::calibrate() const {
    const auto offset = utc_offset();
    if (!offset) return fail(offset.error());
    auto graph = RoadGraph::open(roads_);
    if (!graph) return fail(std::move(graph.error()));
    std::ifstream in(stamps_, std::ios::binary);
    if (!in)
        return fail(Code::kNotFound, "FILE_UNREADABLE", fmt::format("cannot read {}", stamps_));
    const auto stamps = read_stamps(in);
    if (!stamps) return fail(stamps.error());

    const Observed observed = observe(*stamps, *graph, *offset);
    print_dropped(observed, stamps->size());
    CalibrationPlan plan{
        .name = name_.empty() ? std::filesystem::path(stamps_).filename().string() : name_,
        .utc_offset = *offset,
        .held_out_from = last_third(observed, *offset),
        .accept_failed = accept_failed_};
    if (!held_out_from_.empty()) {
        const auto midnight = parse_rfc3339(held_out_from_ + "T00:00:00Z");
        if (!midnight) return fail(midnight.error());
        plan.held_out_from = *midnight - *offset;
    }
    const CalibrationOutcome outcome = calibrate_model(observed, plan);
    bool any = false;
    for (const ProfileCalibration& of : outcome.profiles) {
        print(of);
        const bool is_in = outcome.model.is_calibrated(of.profile);
        any = any || is_in;
        if (!is_in)
            fmt::print("  left out: the gate fails; it stays at class speeds (--accept-failed)\n");
    }
    if (!out_.empty()) {
        if (const Status written = write_text(out_, to_json(outcome.model)); !written)
            return fail(written.error());
        fmt::print("\nwrote {}\n", out_);
    }
    return any ? kExitOk : kExitFailed;
}

}  // namespace liandong::roads
