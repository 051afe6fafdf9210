#include "cli/run.h"

#include "cli/commands/commands.h"
#include "cli/hints.h"
#include "cli/options.h"
#include "common/base/clock.h"
#include "common/base/random.h"

#include <CLI/CLI.hpp>

namespace liandong::cli {
namespace {

void add_options(CLI::App& app, Options& options) {
    app.add_option("--target", options.target, "address of liandong-server")
        ->envname("LIANDONG_TARGET")
        ->capture_default_str();
    app.add_option("--scope", options.scope, "<world>.<district>")
        ->envname("LIANDONG_SCOPE")
        ->capture_default_str();
    app.add_option("--as", options.principal, "who you are, for a server without keys on loopback")
        ->envname("LIANDONG_PRINCIPAL")
        ->capture_default_str();
    app.add_option("--token-file", options.token_file, "who you are, for a server with keys")
        ->envname("LIANDONG_TOKEN_FILE");
    app.add_option("--request-id", options.request_id, "repeat a request whose outcome is unknown");
    app.add_option("--on-behalf-of", options.on_behalf_of, "whom you act for");
    app.add_option("--timeout", options.timeout_seconds, "seconds a call may take")
        ->capture_default_str();
    app.add_flag("--json", options.json, "protobuf JSON, one object a line; errors too");
    app.footer(
        "Exit codes: 0 done, 1 refused, 2 wrong command line, 3 no answer or outcome unknown (safe "
        "to repeat).\n"
        "Incidents, orders and units may be named by numbers, their ends (123), call signs or id "
        "prefixes.");
}

}  // namespace

int run(int argc, const char* const* argv, Session::Streams streams) {
    CLI::App app{"liandong: command line of the Liandong (联动) emergency dispatch platform",
                 "liandong"};
    Options options;
    add_options(app, options);
    app.require_subcommand(1);
    app.fallthrough();

    int exit_code = kDone;
    SystemClock clock;
    SystemRandom random;
    const Commands commands{app, [&](const std::function<int(Session&)>& command) {
                                auto identity = check(options);
                                if (!identity) {
                                    streams.err << describe(identity.error(), {});
                                    exit_code = kUsage;
                                    return;
                                }
                                Session session(options, std::move(*identity), streams, clock,
                                                random);
                                exit_code = command(session);
                            }};
    add_incident_commands(commands);
    add_desk_work_commands(commands);
    add_lookup_commands(commands);
    add_unit_commands(commands);
    add_order_commands(commands);
    add_desk_commands(commands);
    add_road_commands(commands);
    add_bulletin_commands(commands);
    add_watch_commands(commands);
    add_health_command(commands);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error, streams.out, streams.err) == 0 ? kDone : kUsage;
    }
    return exit_code;
}

}  // namespace liandong::cli
