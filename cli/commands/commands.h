#pragma once

#include "cli/session.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace liandong::cli {

/// Where the commands meet the command line: each registers itself and, when it was chosen, is
/// called with a session once everything has been read.
struct Commands {
    CLI::App& app;
    /// Opens the session and keeps the exit code.
    std::function<void(const std::function<int(Session&)>& command)> run;
};

void add_incident_commands(const Commands& commands);
/// triage, note, link and the other work on an incident.
void add_desk_work_commands(const Commands& commands);
/// alarm, roster, transfer, response, handover, duty-report.
void add_desk_commands(const Commands& commands);
/// types, area, duplicates, link-all, unlink-all, verify, callback.
void add_lookup_commands(const Commands& commands);
void add_unit_commands(const Commands& commands);
/// road close, reopen, list.
void add_road_commands(const Commands& commands);
void add_order_commands(const Commands& commands);
void add_bulletin_commands(const Commands& commands);
void add_watch_commands(const Commands& commands);
void add_health_command(const Commands& commands);

/// Registers one command. `Arguments` live as long as the command line.
template <class Arguments>
CLI::App* add_command(const Commands& commands, CLI::App& parent, const char* name,
                      const char* help, const std::shared_ptr<Arguments>& arguments,
                      int (*command)(Session&, const Arguments&)) {
    CLI::App* const added = parent.add_subcommand(name, help);
    added->fallthrough();
    added->callback([run = commands.run, arguments, command] {
        run([&](Session& session) { return command(session, *arguments); });
    });
    return added;
}

}  // namespace liandong::cli
