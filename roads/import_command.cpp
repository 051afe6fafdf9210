#include "roads/import_command.h"

#include "roads/places.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include <unistd.h>

namespace liandong::roads {
namespace {

using namespace routing;
using SteadyClock = std::chrono::steady_clock;

/// A line on standard error, from the second second on, at most two a second.
class ProgressLine {
public:
    void tell(std::string_view step, double share) {
        const auto now = SteadyClock::now();
        if (now - begun_ < std::chrono::seconds(2) || now - told_ < std::chrono::milliseconds(500))
            return;
        told_ = now;
        fmt::print(stderr, "{}{}: {:.0f} %{}", terminal_ ? "\r\033[K" : "", step, 100 * share,
                   terminal_ ? "" : "\n");
        std::fflush(stderr);
    }
    ~ProgressLine() {
        if (terminal_ && told_ != SteadyClock::time_point{}) fmt::print(stderr, "\r\033[K");
    }

private:
    bool terminal_ = ::isatty(STDERR_FILENO) == 1;
    SteadyClock::time_point begun_ = SteadyClock::now(), told_{};
};

void print_notes(const OsmNotes& notes) {
    fmt::print("map: {} ways that are roads, {} barriers on them, {} turn restrictions\n",
               notes.ways, notes.barriers, notes.turn_bans);
    const auto tell = [](std::size_t count, std::string_view what) {
        if (count > 0) fmt::print("  passed over: {} {}\n", count, what);
    };
    tell(notes.bans_by_way, "turn restrictions via a way");
    tell(notes.bans_conditional, "turn restrictions that hold at times only");
    tell(notes.bans_unclear, "turn restrictions whose members do not meet, or not just once");
    tell(notes.cut_ways, "parts of ways whose nodes are not in the file");
}

void print_build(const ImportReport& report) {
    const BuildReport& build = report.build;
    fmt::print("network: {} nodes, {} arcs, {} roads, {} points\n", build.nodes, build.arcs,
               build.roads, build.points);
    fmt::print("  {} roads were joined to others, {} arcs are twins for turn restrictions\n",
               build.joined_roads, build.twins);
    fmt::print("  dropped, not connected to the rest both ways: {} roads, {:.1f} km\n",
               build.dropped_roads, build.dropped_meters / 1000);
    for (std::size_t i = 0; i < kProfiles; ++i) {
        fmt::print("  {:<9} {:>9} arcs, {} dropped\n", to_string(static_cast<Profile>(i)),
                   build.arcs_kept[i], build.arcs_dropped[i]);
    }
    fmt::print("file: {} bytes, {:.1f} an arc\n", report.bytes,
               static_cast<double>(report.bytes) / static_cast<double>(build.arcs));
}

}  // namespace

ImportCommand::ImportCommand(CLI::App& app)
    : command_(app.add_subcommand("import", "Turns a map into a roads file")) {
    command_
        ->add_option("input", request_.input,
                     ".osm.pbf, .osm, .osm.gz; a .csv of edges; a folder or .zip of JEMSS tables")
        ->required();
    command_->add_option("--out", out_, "The roads file to write")->required();
    command_->add_option("--nodes", request_.nodes, "The .csv of nodes, for a .csv of edges");
    command_->add_flag("--keep-nodes", keep_nodes_, "Do not join roads where nothing changes");
}

std::optional<int> ImportCommand::run() const {
    if (!command_->parsed()) return std::nullopt;
    ImportRequest request = request_;
    request.build.contract = !keep_nodes_;
    const auto begun = SteadyClock::now();
    Result<ImportReport> report = [&] {
        ProgressLine line;
        return import_roads(request, out_, [&line](std::string_view step, double share) {
            line.tell(step, share);
        });
    }();
    if (!report) return complain(report.error());
    const std::chrono::duration<double> took = SteadyClock::now() - begun;
    if (report->notes.ways > 0) print_notes(report->notes);
    print_build(*report);
    fmt::print("{} in {:.2f} s\n", out_, took.count());
    return kExitOk;
}

}  // namespace liandong::roads
