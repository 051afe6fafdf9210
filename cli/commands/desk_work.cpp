#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/positions.h"
#include "cli/view.h"

#include <optional>

namespace liandong::cli {
namespace {

using Intake = Session::Intake;

/// What the commands share; each uses what it registers.
struct DeskCommand {
    std::string incident;
    std::string other;
    std::string reason;
    std::string text;
    std::string occurred;
    std::string expires;
    std::uint32_t corrects = 0;
    bool flag = false;
    std::string danger;
    std::string news;
};

struct TriageCommand {
    std::string incident;
    std::optional<std::string> type;
    std::optional<std::string> summary;
    std::optional<std::string> at;
    std::optional<std::string> address;
    std::optional<std::string> area;
    std::string level;
    std::vector<std::string> hazards;
    bool life_threatening = false;
    std::string reason;
};

/// A change of the named incident: `fill` adds what is its own, `show` prints the answer.
template <class Request, class Method, class Fill>
int change(Session& session, const std::string& incident, Method method, Fill fill) {
    const auto id = find_incident(session, incident);
    if (!id) return session.usage(id.error());
    Request request;
    *request.mutable_header() = session.mutation_header();
    request.set_incident_id(*id);
    if (const Status filled = fill(request); !filled) return session.usage(filled.error());
    const auto response = session.call(session.intake(), method, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->incident()}));
}

Status fill_triage(const TriageCommand& command, intake::v1::TriageIncidentRequest& request) {
    if (command.type) request.set_type_code(*command.type);
    if (command.summary) request.set_summary(*command.summary);
    if (command.life_threatening) request.set_life_threatening(true);
    if (!command.level.empty()) {
        const auto level = parse_level(command.level);
        if (!level) return fail(level.error().code, level.error().reason, level.error().message);
        *request.mutable_level() = *level;
    }
    if (command.at) {
        const auto position = parse_position(*command.at);
        if (!position) return std::unexpected(position.error());
        *request.mutable_place()->mutable_position() = *position;
    }
    if (command.address) request.mutable_place()->set_address(*command.address);
    if (command.area) request.mutable_place()->set_area_code(*command.area);
    for (const std::string& hazard : command.hazards) request.mutable_hazards()->add_codes(hazard);
    request.set_reason(command.reason);
    return {};
}

int triage(Session& session, const TriageCommand& command) {
    return change<intake::v1::TriageIncidentRequest>(
        session, command.incident, &Intake::TriageIncident,
        [&](auto& request) { return fill_triage(command, request); });
}

template <intake::v1::NoteKind kKind> int note(Session& session, const DeskCommand& command) {
    const auto occurred = session.read_time(command.occurred);
    if (!occurred) return session.usage(occurred.error());
    const auto expires = session.read_time(command.expires);
    if (!expires) return session.usage(expires.error());
    return change<intake::v1::AddNoteRequest>(session, command.incident, &Intake::AddNote,
                                              [&](auto& request) -> Status {
                                                  request.set_kind(kKind);
                                                  request.set_text(command.text);
                                                  request.set_occurred_at_micros(*occurred);
                                                  request.set_expires_at_micros(*expires);
                                                  request.set_corrects(command.corrects);
                                                  request.set_reason(command.reason);
                                                  return {};
                                              });
}

template <class Request, class Method>
int with_reason(Session& session, const DeskCommand& command, Method method) {
    return change<Request>(session, command.incident, method, [&](auto& request) -> Status {
        request.set_reason(command.reason);
        return {};
    });
}

template <intake::v1::Verdict kVerdict> int review(Session& session, const DeskCommand& command) {
    return change<intake::v1::ReviewIncidentRequest>(
        session, command.incident, &Intake::ReviewIncident, [&](auto& request) -> Status {
            request.set_verdict(kVerdict);
            request.set_reason(command.reason);
            return {};
        });
}

int reopen(Session& session, const DeskCommand& command) {
    return with_reason<intake::v1::ReopenIncidentRequest>(session, command,
                                                          &Intake::ReopenIncident);
}

int release(Session& session, const DeskCommand& command) {
    return with_reason<intake::v1::ReleaseIncidentRequest>(session, command,
                                                           &Intake::ReleaseIncident);
}

int unlink(Session& session, const DeskCommand& command) {
    return with_reason<intake::v1::UnlinkIncidentRequest>(session, command,
                                                          &Intake::UnlinkIncident);
}

int claim(Session& session, const DeskCommand& command) {
    return change<intake::v1::ClaimIncidentRequest>(
        session, command.incident, &Intake::ClaimIncident, [&](auto& request) -> Status {
            request.set_take_over(command.flag);
            request.set_reason(command.reason);
            return {};
        });
}

int read(Session& session, const DeskCommand& command) {
    return change<intake::v1::MarkIncidentReadRequest>(
        session, command.incident, &Intake::MarkIncidentRead, [](auto&) -> Status { return {}; });
}

int master(Session& session, const DeskCommand& command) {
    return change<intake::v1::DeclareMasterRequest>(
        session, command.incident, &Intake::DeclareMaster, [&](auto& request) -> Status {
            request.set_is_master(!command.flag);
            request.set_reason(command.reason);
            return {};
        });
}

int link(Session& session, const DeskCommand& command) {
    const auto other = find_incident(session, command.other);
    if (!other) return session.usage(other.error());
    return change<intake::v1::LinkIncidentRequest>(
        session, command.incident, &Intake::LinkIncident, [&](auto& request) -> Status {
            request.set_to_incident_id(*other);
            request.set_reason(command.reason);
            request.set_what_is_new(command.text);
            for (const auto& [text, set] :
                 {std::pair{&command.danger, &intake::v1::LinkIncidentRequest::set_in_danger},
                  std::pair{&command.news, &intake::v1::LinkIncidentRequest::set_anything_new}}) {
                if (text->empty()) continue;
                const auto answer = parse_choice<intake::v1::Answer>("ANSWER", *text);
                if (!answer) return std::unexpected(answer.error());
                (request.*set)(*answer);
            }
            return {};
        });
}

int timeline(Session& session, const DeskCommand& command) {
    const auto id = find_incident(session, command.incident);
    if (!id) return session.usage(id.error());
    intake::v1::GetTimelineRequest request;
    *request.mutable_header() = session.read_header();
    request.set_incident_id(*id);
    const auto response = session.call(session.intake(), &Intake::GetTimeline, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, timeline_lines(*response));
}

int count(Session& session, const DeskCommand& command) {
    intake::v1::CountIncidentsRequest request;
    *request.mutable_header() = session.read_header();
    request.mutable_filter()->set_area_code(command.text);
    request.mutable_filter()->set_include_closed(true);
    const auto response = session.call(session.intake(), &Intake::CountIncidents, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, count_tables(*response));
}

using Run = int (*)(Session&, const DeskCommand&);

struct Registered {
    CLI::App* app;
    std::shared_ptr<DeskCommand> arguments;
};

Registered add(const Commands& commands, const char* name, const char* help, Run run) {
    const auto arguments = std::make_shared<DeskCommand>();
    CLI::App* app = add_command(commands, commands.app, name, help, arguments, run);
    app->add_option("incident", arguments->incident, "number, its end, or an id prefix")
        ->required();
    return {app, arguments};
}

void add_with_reason(const Commands& commands, const char* name, const char* help, Run run) {
    const auto [app, arguments] = add(commands, name, help, run);
    app->add_option("--reason", arguments->reason, "why");
}

void add_note(const Commands& commands, const char* name, const char* help, Run run) {
    const auto [app, arguments] = add(commands, name, help, run);
    app->add_option("text", arguments->text, "what there is to say");
    app->add_option("--occurred", arguments->occurred, "when it happened: 18:05, -10m, RFC 3339");
    app->add_option("--expires", arguments->expires, "of a caution: until when it holds");
    app->add_option("--corrects", arguments->corrects, "of a correction: the note's number");
    app->add_option("--reason", arguments->reason, "why");
}

void add_triage(const Commands& commands) {
    const auto arguments = std::make_shared<TriageCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "triage",
                    "say what is known now (研判); dispatch never waits for it", arguments, triage);
    app->add_option("incident", arguments->incident, "number, its end, or an id prefix")
        ->required();
    app->add_option("--type", arguments->type, "type code");
    app->add_option("--summary", arguments->summary, "what it is, in words");
    app->add_option("--at", arguments->at, "LATITUDE,LONGITUDE,DATUM");
    app->add_option("--address", arguments->address, "the place in words");
    app->add_option("--area", arguments->area, "code of township, village or grid");
    app->add_option("--level", arguments->level, "SCALE:CODE[:AUTHORITY], such as incident:2");
    app->add_option("--hazard", arguments->hazards, "codes such as gas; replace those there are");
    app->add_flag("--life-threatening", arguments->life_threatening,
                  "somebody is in danger of life");
    app->add_option("--reason", arguments->reason, "why");
}

void add_link(const Commands& commands) {
    const auto [app, arguments] =
        add(commands, "link", "say that it is a repeat of another incident (关联)", link);
    app->add_option("other", arguments->other, "what it is a repeat of")->required();
    app->add_option("--reason", arguments->reason, "why")->required();
    app->add_option("--in-danger", arguments->danger, "of a master incident: yes or no");
    app->add_option("--anything-new", arguments->news, "of a master incident: yes or no");
    app->add_option("--new", arguments->text, "what is new");
}

}  // namespace

void add_desk_work_commands(const Commands& commands) {
    using namespace intake::v1;
    add_triage(commands);
    add_note(commands, "note", "add a remark (备注)", note<NOTE_KIND_REMARK>);
    add_note(commands, "correct", "correct a note (更正)", note<NOTE_KIND_CORRECTION>);
    add_note(commands, "caution", "warn whoever goes there (注意)", note<NOTE_KIND_CAUTION>);
    add_note(commands, "under-control", "the scene is under control (控制)",
             note<NOTE_KIND_UNDER_CONTROL>);
    add_note(commands, "feedback", "say what was done (反馈)", note<NOTE_KIND_FEEDBACK>);
    add_with_reason(commands, "approve", "approve the feedback (审核)", review<VERDICT_APPROVE>);
    add_with_reason(commands, "return", "ask for the feedback again (退回)",
                    review<VERDICT_RETURN>);
    add_with_reason(commands, "reopen", "open a closed incident again (重开)", reopen);
    add_with_reason(commands, "release", "give back what you claimed (放回)", release);
    add_with_reason(commands, "unlink", "it is no repeat (取消关联)", unlink);
    add(commands, "read", "you have read what a linked incident says (已阅)", read);
    add(commands, "timeline", "everything that happened, in its order", timeline);
    add_link(commands);

    const auto claimed = add(commands, "claim", "work on it (认领)", claim);
    claimed.app->add_flag("--take-over", claimed.arguments->flag, "from whoever has it");
    claimed.app->add_option("--reason", claimed.arguments->reason, "why");

    const auto declared = add(commands, "master", "declare a master incident (主警情)", master);
    declared.app->add_flag("--not", declared.arguments->flag, "take it back");
    declared.app->add_option("--reason", declared.arguments->reason, "why");

    const auto counted = std::make_shared<DeskCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "count",
                    "how many incidents there are, by area, type and phase", counted, count);
    app->add_option("--area", counted->text, "prefix of area codes");
}

}  // namespace liandong::cli
