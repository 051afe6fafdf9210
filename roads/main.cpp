// liandong-roads: imports road maps and asks them (docs/roads.md).

#include "roads/calibrate_command.h"
#include "roads/import_command.h"
#include "roads/info_command.h"
#include "roads/isochrone_command.h"
#include "roads/places.h"
#include "roads/route_command.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <exception>

namespace liandong::roads {
namespace {

int run(int argc, char** argv) {
    CLI::App app("Imports road maps and asks them for ways, times and reach.", "liandong-roads");
    app.require_subcommand(1);
    const ImportCommand import(app);
    const InfoCommand info(app);
    const RouteCommand route(app);
    const IsochroneCommand isochrone(app);
    const CalibrateCommand calibrate(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kExitOk : kExitUsage;
    }
    if (const auto code = import.run()) return *code;
    if (const auto code = info.run()) return *code;
    if (const auto code = route.run()) return *code;
    if (const auto code = calibrate.run()) return *code;
    return isochrone.run().value_or(kExitUsage);
}

}  // namespace
}  // namespace liandong::roads

int main(int argc, char** argv) {
    try {
        return liandong::roads::run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "liandong-roads: a bug: {}\n", error.what());
        return 3;
    }
}
