#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/hint_view.h"
#include "cli/listing.h"
#include "cli/positions.h"
#include "cli/table.h"
#include "cli/view.h"
#include "cli/words.h"

#include <fmt/format.h>

#include <optional>

namespace liandong::cli {
namespace {

using Intake = Session::Intake;

struct TypesCommand {
    std::string of_class;
    std::string words;
};

struct PlaceCommand {
    std::string name;
    std::string at;
};

struct DuplicatesCommand {
    std::string incident;
    std::string at;
    std::string words;
    std::string address;
    std::string type;
    std::string phone;
};

struct ManyCommand {
    std::vector<std::string> incidents;
    std::string to;
    std::string reason;
    std::string danger;
    std::string news;
    std::string text;
};

struct AboutCommand {
    std::string incident;
    std::string outcome;
    std::string text;
};

std::string type_table(const std::vector<intake::v1::IncidentType>& types) {
    Table table({"code", "name", "class", "EIDO", "level", "usually needs"});
    for (const auto& type : types) {
        std::string needs;
        for (const auto& need : type.usual_needs())
            needs +=
                fmt::format("{}{} {}", needs.empty() ? "" : ", ", need.count(), need.capability());
        table.add({type.code(), fmt::format("{} {}", type.name_zh(), type.name_en()),
                   type.operational_class(), type.eido(),
                   fmt::format("{} {}", words(type.level().scale()), type.level().code()), needs});
    }
    return table.empty() ? "no types\n" : table.text();
}

int suggest_types(Session& session, const std::string& words) {
    intake::v1::SuggestTypesRequest request;
    *request.mutable_header() = session.read_header();
    request.set_words(words);
    const auto response = session.call(session.intake(), &Intake::SuggestTypes, request);
    if (!response) return session.refused(response.error());
    Table table({"code", "name"});
    for (const auto& type : response->types())
        table.add({type.type_code(), fmt::format("{} {}", type.name_zh(), type.name_en())});
    return session.answer(*response, table.empty() ? "nothing recognised\n" : table.text());
}

int types(Session& session, const TypesCommand& command) {
    if (!command.words.empty()) return suggest_types(session, command.words);
    intake::v1::ListIncidentTypesRequest request;
    request.set_operational_class(command.of_class);
    const auto all = all_pages(session, session.intake(), &Intake::ListIncidentTypes, request,
                               [](const auto& response) {
                                   return std::vector<intake::v1::IncidentType>(
                                       response.types().begin(), response.types().end());
                               });
    if (!all) return session.refused(all.error());
    return session.answer_list(*all, type_table);
}

int area(Session& session, const PlaceCommand& command) {
    intake::v1::FindAreasRequest request;
    *request.mutable_header() = session.read_header();
    request.set_name(command.name);
    if (!command.at.empty()) {
        const auto position = parse_position(command.at);
        if (!position) return session.usage(position.error());
        *request.mutable_position() = *position;
    }
    const auto response = session.call(session.intake(), &Intake::FindAreas, request);
    if (!response) return session.refused(response.error());
    Table table({"code", "name", "within"});
    for (const auto& found : response->areas())
        table.add({found.code(), found.name(), fmt::format("{}", fmt::join(found.within(), ", "))});
    std::string text = table.empty() ? "no such area\n" : table.text();
    if (response->outside_meters() > 0)
        text += fmt::format("outside of it by {:.0f} m\n", response->outside_meters());
    if (response->has_responsible()) text += responsible_lines(response->responsible());
    return session.answer(*response, text);
}

int duplicates(Session& session, const DuplicatesCommand& command) {
    intake::v1::SuggestDuplicatesRequest request;
    *request.mutable_header() = session.read_header();
    if (!command.incident.empty()) {
        const auto id = find_incident(session, command.incident);
        if (!id) return session.usage(id.error());
        request.set_incident_id(*id);
    }
    if (!command.at.empty()) {
        const auto position = parse_position(command.at);
        if (!position) return session.usage(position.error());
        *request.mutable_position() = *position;
    }
    request.set_words(command.words);
    request.set_address(command.address);
    request.set_type_code(command.type);
    request.set_phone(command.phone);
    const auto response = session.call(session.intake(), &Intake::SuggestDuplicates, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, candidate_table(response->candidates()));
}

Result<std::vector<std::string>> find_all(Session& session, const std::vector<std::string>& texts) {
    std::vector<std::string> ids;
    for (const std::string& text : texts) {
        auto id = find_incident(session, text);
        if (!id) return fail(std::move(id.error()));
        ids.push_back(std::move(*id));
    }
    return ids;
}

Status read_answer(const std::string& option, const std::string& text, intake::v1::Answer& out) {
    if (text.empty()) return {};
    const auto answer = parse_choice<intake::v1::Answer>(option, text);
    if (!answer) return std::unexpected(answer.error());
    out = *answer;
    return {};
}

int link_all(Session& session, const ManyCommand& command) {
    const auto to = find_incident(session, command.to);
    if (!to) return session.usage(to.error());
    const auto ids = find_all(session, command.incidents);
    if (!ids) return session.usage(ids.error());
    intake::v1::LinkIncidentsRequest request;
    *request.mutable_header() = session.mutation_header();
    for (const std::string& id : *ids) request.add_incident_ids(id);
    request.set_to_incident_id(*to);
    request.set_reason(command.reason);
    request.set_what_is_new(command.text);
    intake::v1::Answer danger{}, news{};
    if (auto status = read_answer("--in-danger", command.danger, danger); !status)
        return session.usage(status.error());
    if (auto status = read_answer("--anything-new", command.news, news); !status)
        return session.usage(status.error());
    request.set_in_danger(danger);
    request.set_anything_new(news);
    const auto response = session.call(session.intake(), &Intake::LinkIncidents, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->linked_to()}));
}

int unlink_all(Session& session, const ManyCommand& command) {
    const auto ids = find_all(session, command.incidents);
    if (!ids) return session.usage(ids.error());
    intake::v1::UnlinkIncidentsRequest request;
    *request.mutable_header() = session.mutation_header();
    for (const std::string& id : *ids) request.add_incident_ids(id);
    request.set_reason(command.reason);
    const auto response = session.call(session.intake(), &Intake::UnlinkIncidents, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->were_linked_to()}));
}

int verify(Session& session, const AboutCommand& command) {
    const auto id = find_incident(session, command.incident);
    if (!id) return session.usage(id.error());
    intake::v1::VerifyAlarmRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_incident_id(*id);
    request.set_reason(command.text);
    const auto response = session.call(session.intake(), &Intake::VerifyAlarm, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->incident()}));
}

int call_back(Session& session, const AboutCommand& command) {
    const auto outcome = parse_choice<intake::v1::CallbackOutcome>("OUTCOME", command.outcome);
    if (!outcome) return session.usage(outcome.error());
    const auto id = find_incident(session, command.incident);
    if (!id) return session.usage(id.error());
    intake::v1::RecordCallbackRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_incident_id(*id);
    request.set_outcome(*outcome);
    request.set_text(command.text);
    const auto response = session.call(session.intake(), &Intake::RecordCallback, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, incident_table({response->incident()}));
}

void add_questions(const Commands& commands) {
    const auto typed = std::make_shared<TypesCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "types",
                    "the catalogue of incident types, or those that words suggest", typed, types);
    app->add_option("words", typed->words, "what the caller says");
    app->add_option("--class", typed->of_class, "fire, medical, traffic, police …");

    const auto placed = std::make_shared<PlaceCommand>();
    app = add_command(commands, commands.app, "area",
                      "the areas of a name, or of a position, and who answers there", placed, area);
    app->add_option("name", placed->name, "of a village, community or township");
    app->add_option("--at", placed->at, "LATITUDE,LONGITUDE,DATUM");

    const auto asked = std::make_shared<DuplicatesCommand>();
    app = add_command(commands, commands.app, "duplicates",
                      "incidents that an incident, or a call, may be about", asked, duplicates);
    app->add_option("incident", asked->incident, "number, its end, or an id prefix");
    app->add_option("--at", asked->at, "of a call: LATITUDE,LONGITUDE,DATUM");
    app->add_option("--words", asked->words, "of a call");
    app->add_option("--address", asked->address, "of a call");
    app->add_option("--type", asked->type, "of a call");
    app->add_option("--phone", asked->phone, "of a call");
}

void add_changes(const Commands& commands) {
    const auto linked = std::make_shared<ManyCommand>();
    CLI::App* app =
        add_command(commands, commands.app, "link-all",
                    "several are repeats of one incident, all or none", linked, link_all);
    app->add_option("to", linked->to, "what they are repeats of")->required();
    app->add_option("incidents", linked->incidents, "the repeats, at most 32")->required();
    app->add_option("--reason", linked->reason, "why")->required();
    app->add_option("--in-danger", linked->danger, "of a master incident: yes or no");
    app->add_option("--anything-new", linked->news, "of a master incident: yes or no");
    app->add_option("--new", linked->text, "what is new");

    const auto unlinked = std::make_shared<ManyCommand>();
    app = add_command(commands, commands.app, "unlink-all", "undo that, all or none", unlinked,
                      unlink_all);
    app->add_option("incidents", unlinked->incidents, "the repeats, at most 32")->required();
    app->add_option("--reason", unlinked->reason, "why")->required();

    const auto verified = std::make_shared<AboutCommand>();
    app = add_command(commands, commands.app, "verify",
                      "a machine's alarm was checked: it is one (复核)", verified, verify);
    app->add_option("incident", verified->incident, "number, its end, or an id prefix")->required();
    app->add_option("reason", verified->text, "how it was checked")->required();

    const auto called = std::make_shared<AboutCommand>();
    app = add_command(commands, commands.app, "callback",
                      "an attempt to call back, and what came of it (回拨)", called, call_back);
    app->add_option("incident", called->incident, "number, its end, or an id prefix")->required();
    app->add_option("outcome", called->outcome, choices<intake::v1::CallbackOutcome>())->required();
    app->add_option("--text", called->text, "what was said");
}

}  // namespace

void add_lookup_commands(const Commands& commands) {
    add_questions(commands);
    add_changes(commands);
}

}  // namespace liandong::cli
