#include "simulator/generate/flood.h"
#include "simulator/matrix_command.h"
#include "simulator/replay_command.h"
#include "simulator/roads_command.h"
#include "simulator/scenario/format.h"
#include "simulator/scenario_source.h"
#include "simulator/virtual_command.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <sstream>

namespace liandong::simulator {
namespace {

int complain(const Error& error) {
    fmt::print(stderr, "liandong-sim: {} ({})\n", error.message, error.reason);
    return kExitUsage;
}

int write_out(const Scenario& scenario, const std::string& path) {
    std::ostringstream text;
    write_scenario(scenario, text);
    if (const Status written = write_text(path, text.str()); !written)
        return complain(written.error());
    fmt::print("{}: {} units, {} reports, {} bulletins\n", path, scenario.units.size(),
               scenario.reports.size(), scenario.bulletins.size());
    return kExitOk;
}

int run_import(const std::string& file, const std::string& out) {
    const auto imported = import_csv(file);
    if (!imported) return complain(imported.error());
    const ImportFlaws& flaws = imported->flaws;
    fmt::print("{} rows, {} calls, {} units\n", imported->rows, imported->scenario.reports.size(),
               imported->scenario.units.size());
    fmt::print("{} times a unit was sent before its last call released it\n",
               flaws.overlaps.size());
    for (const std::string& line : flaws.overlaps) fmt::print("  {}\n", line);
    fmt::print("{} rows with stamps that run backwards\n", flaws.out_of_order.size());
    for (const std::string& line : flaws.out_of_order) fmt::print("  {}\n", line);
    for (const auto& [column, count] : flaws.missing_stamps)
        fmt::print("{} rows without {}\n", count, column);
    return write_out(imported->scenario, out);
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app("Replays scenarios through the platform, imports and generates them.",
                 "liandong-sim");
    app.require_subcommand(1);

    ReplayCommand command;
    auto* replay = app.add_subcommand("replay", "Replays a scenario against a running server");
    replay->add_option("--target", command.target, "Address of the server, host:port")->required();
    replay->add_option("--scope", command.scope,
                       "world.district (default: exercise and the scenario's district)");
    replay->add_option("--scenario", command.scenario,
                       "yingcheng-flood, a .csv of San Francisco calls, or a .jsonl");
    replay
        ->add_option("--speed", command.speed,
                     "World seconds a second; the rate of the server's world")
        ->check(CLI::Range(0.01, 100'000.0));
    replay
        ->add_option("--assign", command.assign,
                     "Send the units that are recommended, or the recorded ones")
        ->check(CLI::IsMember({"recommended", "recorded"}));
    replay->add_option("--seed", command.seed, "Of the generated scenario and of reaction times");
    replay->add_option("--limit", command.limit, "Only the first so many reports");
    replay->add_flag("--units-only", command.units_only, "Load the units and stop");
    replay->add_option("--consoles", command.consoles, "Consoles that watch the board")
        ->check(CLI::Range(1, 1'000));
    replay->add_option("--report", command.report, "Where report.json goes");

    std::string file, out;
    auto* import = app.add_subcommand("import", "Turns San Francisco's calls into a scenario");
    import->add_option("file", file, "The .csv; sf_fire_stations.csv lies beside it")->required();
    import->add_option("--out", out, "The .jsonl to write")->required();

    std::string name;
    std::uint64_t seed = 1;
    auto* generate = app.add_subcommand("generate", "Writes a generated scenario");
    generate->add_option("name", name, "yingcheng-flood")
        ->required()
        ->check(CLI::IsMember({"yingcheng-flood"}));
    generate->add_option("--seed", seed, "One seed, one evening");
    generate->add_option("--out", out, "The .jsonl to write")->required();

    MatrixCommands matrix_commands(app);
    VirtualCommands virtual_commands(app);
    RoadsCommands roads_commands(app);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    if (const auto code = matrix_commands.run()) return *code;
    if (const auto code = virtual_commands.run()) return *code;
    if (const auto code = roads_commands.run()) return *code;
    if (replay->parsed()) return run_replay(command);
    if (import->parsed()) return run_import(file, out);
    return write_out(generate_flood(seed), out);
}

}  // namespace liandong::simulator

int main(int argc, char** argv) { return liandong::simulator::run(argc, argv); }
