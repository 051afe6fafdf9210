#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/positions.h"
#include "cli/requests.h"
#include "cli/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace liandong::cli {
namespace {

using Dispatch = Session::Dispatch;

struct UnitsCommand {
    std::vector<std::string> kinds;
    bool free = false;
};

struct StatusCommand {
    std::string unit;
    std::string status;
    std::string at;
};

struct ImportCommand {
    std::string file;
};

int units(Session& session, const UnitsCommand& command) {
    dispatch::v1::ListUnitsRequest filter;
    for (const std::string& text : command.kinds) {
        const auto kind = parse_choice<dispatch::v1::UnitKind>("--kind", text);
        if (!kind) return session.usage(kind.error());
        filter.add_kinds(*kind);
    }
    if (command.free) filter.set_availability(dispatch::v1::AVAILABILITY_AVAILABLE);
    const auto listed = list_units(session, filter);
    if (!listed) return session.refused(listed.error());
    return session.answer_list(*listed, unit_table);
}

int set_status(Session& session, const StatusCommand& command) {
    dispatch::v1::SetUnitStatusRequest request;
    const auto status = parse_choice<dispatch::v1::UnitStatus>("STATUS", command.status);
    if (!status) return session.usage(status.error());
    request.set_status(*status);
    if (!command.at.empty()) {
        const auto position = parse_position(command.at);
        if (!position) return session.usage(position.error());
        *request.mutable_position() = *position;
    }
    const auto id = find_unit(session, command.unit);
    if (!id) return session.usage(id.error());
    *request.mutable_header() = session.mutation_header();
    request.set_unit_id(*id);
    const auto response = session.call(session.dispatch(), &Dispatch::SetUnitStatus, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, unit_table({response->unit()}));
}

Result<std::vector<dispatch::v1::Unit>> read_file(const std::string& path) {
    std::ifstream file(path);
    if (!file)
        return fail(Code::kInvalidArgument, "FILE_UNREADABLE",
                    fmt::format("cannot read '{}'", path));
    return read_units(file);
}

/// Batch after batch: a failure says which lines are in, and the same command again does the rest
/// without doing any twice.
int import_units(Session& session, const ImportCommand& command) {
    const auto all = read_file(command.file);
    if (!all) return session.usage(all.error());
    dispatch::v1::ImportUnitsResponse total;
    std::size_t done = 0;
    for (std::size_t batch = 0; done < all->size(); ++batch) {
        dispatch::v1::ImportUnitsRequest request;
        *request.mutable_header() = session.mutation_header(batch);
        const std::size_t end = std::min(done + kImportUnits_max, all->size());
        for (std::size_t i = done; i < end; ++i) *request.add_units() = (*all)[i];
        const auto response = session.call(session.dispatch(), &Dispatch::ImportUnits, request);
        if (!response) {
            session.note(fmt::format("{} of {} units imported before this:\n", done, all->size()));
            return session.refused(response.error());
        }
        *total.mutable_header() = response->header();
        total.set_added(total.added() + response->added());
        total.set_replaced(total.replaced() + response->replaced());
        done = end;
    }
    return session.answer(
        total, fmt::format("{} units added, {} replaced\n", total.added(), total.replaced()));
}

}  // namespace

void add_unit_commands(const Commands& commands) {
    const auto list = std::make_shared<UnitsCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "units", "units and what they are doing", list, units);
    app->add_option("--kind", list->kinds, choices<dispatch::v1::UnitKind>());
    app->add_flag("--free", list->free, "only those that can be sent");

    const auto status = std::make_shared<StatusCommand>();
    app = add_command(commands, commands.app, "unit-status", "set a unit's status", status,
                      set_status);
    app->add_option("unit", status->unit, "id, its prefix, or call sign")->required();
    app->add_option("status", status->status,
                    "off_duty, in_station, on_patrol, returning, out_of_service")
        ->required();
    app->add_option("--at", status->at, "where it is: LATITUDE,LONGITUDE,DATUM");

    const auto import = std::make_shared<ImportCommand>();
    app = add_command(commands, commands.app, "import-units",
                      "add or replace units from a file, one JSON object a line (role operator)",
                      import, import_units);
    app->add_option("file", import->file, "UTF-8 JSON lines")->required();
}

}  // namespace liandong::cli
