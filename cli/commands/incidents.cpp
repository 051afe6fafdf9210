#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/positions.h"
#include "cli/requests.h"
#include "cli/view.h"

namespace liandong::cli {
namespace {

using Intake = Session::Intake;

struct ReportCommand {
    ReportArguments report;
    std::string occurred;
};

struct ListCommand {
    std::vector<std::string> states;
    std::vector<std::string> phases;
    std::string area;
    std::string type;
    std::string text;
    std::string near;
    double radius = 1'000;
    std::string linked_to;
    bool unread = false;
    bool closed = false;
    bool alarms = false;
    bool no_alarms = false;
    bool callback_due = false;
};

struct ShowCommand {
    std::string incident;
};

struct CloseCommand {
    std::string incident;
    std::string disposition;
    std::string note;
};

int report(Session& session, const ReportCommand& command) {
    ReportArguments arguments = command.report;
    const auto occurred = session.read_time(command.occurred);
    if (!occurred) return session.usage(occurred.error());
    arguments.occurred_at_micros = *occurred;
    if (!arguments.same_event.empty()) {
        const auto master = find_incident(session, arguments.same_event);
        if (!master) return session.usage(master.error());
        arguments.same_event = *master;
    }
    auto request = report_request(arguments);
    if (!request) return session.usage(request.error());
    *request->mutable_header() = session.mutation_header();
    const auto response = session.call(session.intake(), &Intake::ReportIncident, *request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, report_receipt(*response));
}

int list(Session& session, const ListCommand& command) {
    intake::v1::IncidentFilter filter;
    for (const std::string& text : command.states) {
        const auto state = parse_choice<intake::v1::IncidentState>("--state", text);
        if (!state) return session.usage(state.error());
        filter.add_states(*state);
    }
    for (const std::string& text : command.phases) {
        const auto phase = parse_choice<intake::v1::IncidentPhase>("--phase", text);
        if (!phase) return session.usage(phase.error());
        filter.add_phases(*phase);
    }
    if (!command.near.empty()) {
        const auto near = parse_position(command.near);
        if (!near) return session.usage(near.error());
        *filter.mutable_near() = *near;
        filter.set_radius_meters(command.radius);
    }
    if (command.linked_to == "-") {
        filter.set_linked_to("-");
    } else if (!command.linked_to.empty()) {
        const auto id = find_incident(session, command.linked_to);
        if (!id) return session.usage(id.error());
        filter.set_linked_to(*id);
    }
    filter.set_type_code(command.type);
    filter.set_text(command.text);
    filter.set_only_unread(command.unread);
    filter.set_only_unverified_alarms(command.alarms);
    filter.set_without_unverified_alarms(command.no_alarms);
    filter.set_only_callback_due(command.callback_due);
    filter.set_area_code(command.area);
    filter.set_include_closed(command.closed);
    const auto incidents = list_incidents(session, filter);
    if (!incidents) return session.refused(incidents.error());
    return session.answer_list(*incidents, incident_table);
}

int show(Session& session, const ShowCommand& command) {
    const auto id = find_incident(session, command.incident);
    if (!id) return session.usage(id.error());
    intake::v1::GetIncidentRequest request;
    *request.mutable_header() = session.read_header();
    request.set_incident_id(*id);
    request.set_with_reports(true);
    const auto response = session.call(session.intake(), &Intake::GetIncident, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_details(*response));
}

int close(Session& session, const CloseCommand& command) {
    const auto disposition =
        parse_choice<intake::v1::Disposition>("DISPOSITION", command.disposition);
    if (!disposition) return session.usage(disposition.error());
    const auto id = find_incident(session, command.incident);
    if (!id) return session.usage(id.error());
    intake::v1::CloseIncidentRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_incident_id(*id);
    request.set_disposition(*disposition);
    request.set_note(command.note);
    const auto response = session.call(session.intake(), &Intake::CloseIncident, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->incident()}));
}

void add_report(const Commands& commands) {
    const auto arguments = std::make_shared<ReportCommand>();
    CLI::App* app = add_command(commands, commands.app, "report",
                                "take a report and open its incident (接警)", arguments, report);
    ReportArguments& report = arguments->report;
    app->add_option("words", report.words, "what was said; may be empty (D1)");
    app->add_option("--at", report.at,
                    "LATITUDE,LONGITUDE,DATUM; datum: wgs84, gcj02, bd09, cgcs2000");
    app->add_option("--accuracy", report.accuracy_meters, "radius of the position, metres");
    app->add_option("--address", report.address, "the place in words");
    app->add_option("--heading", report.heading_degrees,
                    "direction of travel on a divided road, degrees clockwise from north");
    app->add_option("--area", report.area, "code of township, village or grid");
    app->add_option("--channel", report.channel, choices<intake::v1::Channel>())
        ->capture_default_str();
    app->add_option("--source", report.source, "camera, sensor, grid or gateway it came from");
    app->add_option("--type", report.type, "type code; unknown is fine (D2)");
    app->add_option("--level", report.level, "SCALE:CODE[:AUTHORITY], such as fire_alarm:3");
    app->add_flag("--life-threatening", report.life_threatening, "somebody is in danger of life");
    app->add_option("--name", report.name, "the caller's name (stored sealed)");
    app->add_option("--phone", report.phone, "the caller's number (stored sealed)");
    app->add_option("--charset", report.charset, "charset of the words: utf-8, gbk, gb18030");
    app->add_option("--occurred", arguments->occurred, "when it happened: 18:05, -10m, RFC 3339");
    app->add_option("--call-end", report.call_end, choices<intake::v1::CallEnd>());
    app->add_option("--language", report.language, "what the caller speaks");
    app->add_option("--need", report.needs, choices<intake::v1::ReporterNeed>());
    app->add_option("--same-event", report.same_event, "the master incident that it is about");
    app->add_option("--in-danger", report.in_danger, "with --same-event: yes or no");
    app->add_option("--anything-new", report.anything_new, "with --same-event: yes or no");
    app->add_option("--new", report.what_is_new, "with --same-event: what is new");
}

void add_list(const Commands& commands) {
    const auto arguments = std::make_shared<ListCommand>();
    CLI::App* app = add_command(commands, commands.app, "list", "open incidents, newest first",
                                arguments, list);
    app->add_option("--state", arguments->states, choices<intake::v1::IncidentState>());
    app->add_option("--phase", arguments->phases, choices<intake::v1::IncidentPhase>());
    app->add_option("--area", arguments->area, "prefix of area codes");
    app->add_option("--type", arguments->type, "prefix of type codes");
    app->add_option("--text", arguments->text, "part of number, summary, address or a hazard");
    app->add_option("--near", arguments->near, "LATITUDE,LONGITUDE,DATUM");
    app->add_option("--radius", arguments->radius, "metres around --near")->capture_default_str();
    app->add_option("--linked-to", arguments->linked_to, "repeats of an incident; -: no repeats");
    app->add_flag("--unread", arguments->unread, "linked, and nobody has read it");
    app->add_flag("--alarms", arguments->alarms, "machine alarms that nobody has checked");
    app->add_flag("--no-alarms", arguments->no_alarms, "everything but those");
    app->add_flag("--callback-due", arguments->callback_due, "callers to be called back");
    app->add_flag("--closed", arguments->closed, "also what was closed within 72 hours");
}

void add_show(const Commands& commands) {
    const auto arguments = std::make_shared<ShowCommand>();
    CLI::App* app = add_command(commands, commands.app, "show",
                                "one incident with its orders and reports", arguments, show);
    app->add_option("incident", arguments->incident, "number, its end, or an id prefix")
        ->required();
}

void add_close(const Commands& commands) {
    const auto arguments = std::make_shared<CloseCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "close", "close an incident (办结)", arguments, close);
    app->add_option("incident", arguments->incident, "number, its end, or an id prefix")
        ->required();
    app->add_option("disposition", arguments->disposition, choices<intake::v1::Disposition>())
        ->required();
    app->add_option("--note", arguments->note, "what was done");
}

}  // namespace

void add_incident_commands(const Commands& commands) {
    add_report(commands);
    add_list(commands);
    add_show(commands);
    add_close(commands);
}

}  // namespace liandong::cli
