#include "tests/bench/options.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>

namespace liandong::bench {
namespace {

std::string beside_this_program(const char* name) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return (self.parent_path() / name).string();
}

}  // namespace

Result<std::optional<Options>> parse_options(int argc, char** argv) {
    CLI::App app{"liandong-bench: the figures of Liandong, each beside its floor"};
    Options options;
    options.server_bin = beside_this_program("liandong-server");
    std::string role = "bench";
    app.add_option("--area", options.area,
                   "report, dispatch, recommend, delivery, process, sim, roads, duplicates, surge or all")
        ->check(CLI::IsMember({"report", "dispatch", "recommend", "delivery", "process", "sim",
                               "roads", "duplicates", "surge", "all"}))
        ->capture_default_str();
    app.add_option("--json", options.json, "Write the figures to this file");
    app.add_option("--server-bin", options.server_bin, "liandong-server")->capture_default_str();
    app.add_option("--redis-server", options.redis_server, "redis-server")->capture_default_str();
    app.add_option("--server-log", options.server_log, "Keep the servers' log in this file");
    app.add_flag("--quick", options.quick, "Tiny inputs, no bar judged: does it still work?");
    app.add_option("--role", role, "bench, or echo: the floor's server")
        ->check(CLI::IsMember({"bench", "echo"}));
    app.add_option("--ready-file", options.ready_file, "Of the echo: written when it listens");
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        app.exit(asked);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        return fail(Code::kInvalidArgument, "OPTION_MALFORMED",
                    fmt::format("{} (see --help)", error.what()));
    }
    options.echo = role == "echo";
    return options;
}

}  // namespace liandong::bench
