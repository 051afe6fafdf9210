#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/requests.h"
#include "cli/times.h"
#include "cli/view.h"

#include <fmt/format.h>

namespace liandong::cli {
namespace {

using PublicInfo = Session::PublicInfo;

struct DraftCommand {
    DraftArguments draft;
    std::string incident;
    std::string expires = "+2h";
};

struct ApproveCommand {
    std::string bulletin;
    std::string hash;
};

struct NamedCommand {
    std::string bulletin;
};

struct BulletinsCommand {
    std::vector<std::string> states;
};

int draft(Session& session, const DraftCommand& command) {
    DraftArguments arguments = command.draft;
    const auto expires = session.read_time(command.expires);
    if (!expires) return session.usage(expires.error());
    arguments.expires_at_micros = *expires;
    auto request = draft_request(arguments);
    if (!request) return session.usage(request.error());
    if (!command.incident.empty()) {
        const auto id = find_incident(session, command.incident);
        if (!id) return session.usage(id.error());
        request->set_incident_id(*id);
    }
    *request->mutable_header() = session.mutation_header();
    session.remember_for_resend(fmt::format("--expires {}", exact_time(from_micros(*expires))));
    const auto response = session.call(session.publicinfo(), &PublicInfo::DraftBulletin, *request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, bulletin_details(response->bulletin()));
}

/// The hash is asked for, never fetched: an approval binds what a person has read.
int approve(Session& session, const ApproveCommand& command) {
    const auto id = find_bulletin(session, command.bulletin);
    if (!id) return session.usage(id.error());
    publicinfo::v1::ApproveBulletinRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_bulletin_id(*id);
    request.set_content_hash(command.hash);
    const auto response = session.call(session.publicinfo(), &PublicInfo::ApproveBulletin, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, bulletin_details(response->bulletin()));
}

int publish(Session& session, const NamedCommand& command) {
    const auto id = find_bulletin(session, command.bulletin);
    if (!id) return session.usage(id.error());
    publicinfo::v1::PublishBulletinRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_bulletin_id(*id);
    const auto response = session.call(session.publicinfo(), &PublicInfo::PublishBulletin, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, bulletin_details(response->bulletin()));
}

int show(Session& session, const NamedCommand& command) {
    const auto id = find_bulletin(session, command.bulletin);
    if (!id) return session.usage(id.error());
    publicinfo::v1::GetBulletinRequest request;
    *request.mutable_header() = session.read_header();
    request.set_bulletin_id(*id);
    const auto response = session.call(session.publicinfo(), &PublicInfo::GetBulletin, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, bulletin_details(response->bulletin()));
}

int list(Session& session, const BulletinsCommand& command) {
    publicinfo::v1::ListBulletinsRequest filter;
    for (const std::string& text : command.states) {
        const auto state = parse_choice<publicinfo::v1::BulletinState>("--state", text);
        if (!state) return session.usage(state.error());
        filter.add_states(*state);
    }
    const auto listed = list_bulletins(session, filter);
    if (!listed) return session.refused(listed.error());
    return session.answer_list(*listed, bulletin_table);
}

void add_draft(const Commands& commands, CLI::App& group) {
    const auto arguments = std::make_shared<DraftCommand>();
    CLI::App* app = add_command(commands, group, "draft", "write one (制作; role bulletin_author)",
                                arguments, draft);
    DraftArguments& draft = arguments->draft;
    app->add_option("--kind", draft.kind, choices<publicinfo::v1::BulletinKind>())->required();
    app->add_option("--headline", draft.headline, "in Chinese, 1-160 characters")->required();
    app->add_option("--body", draft.body, "in Chinese, 1-4,000 bytes")->required();
    app->add_option("--text", draft.texts,
                    "LANGUAGE HEADLINE BODY: a further language, such as en");
    app->add_option("--area", draft.areas, "area codes; every one it is for")->required();
    app->add_option("--expires", arguments->expires, "until when it holds: +2h, 20:00, RFC 3339")
        ->capture_default_str();
    app->add_option("--level", draft.level, "SCALE:CODE[:AUTHORITY], such as warning:orange");
    app->add_option("--incident", arguments->incident, "the incident it is about");
}

}  // namespace

void add_bulletin_commands(const Commands& commands) {
    CLI::App& group = *commands.app.add_subcommand("bulletin", "what the public is told");
    group.require_subcommand(1)->fallthrough();
    add_draft(commands, group);

    const auto approved = std::make_shared<ApproveCommand>();
    CLI::App* app =
        add_command(commands, group, "approve",
                    "approve what you read (签发; role bulletin_signer)", approved, approve);
    app->add_option("bulletin", approved->bulletin, "id or its prefix")->required();
    app->add_option("hash", approved->hash, "the content hash that `bulletin show` printed")
        ->required();

    const auto published = std::make_shared<NamedCommand>();
    app = add_command(commands, group, "publish", "release it (发布; role bulletin_signer)",
                      published, publish);
    app->add_option("bulletin", published->bulletin, "id or its prefix")->required();

    const auto shown = std::make_shared<NamedCommand>();
    app = add_command(commands, group, "show", "all that goes out, and its content hash", shown,
                      show);
    app->add_option("bulletin", shown->bulletin, "id or its prefix")->required();

    const auto listed = std::make_shared<BulletinsCommand>();
    app = add_command(commands, group, "list", "all bulletins", listed, list);
    app->add_option("--state", listed->states, choices<publicinfo::v1::BulletinState>());
}

}  // namespace liandong::cli
