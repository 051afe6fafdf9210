#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/positions.h"
#include "cli/times.h"
#include "cli/view.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace liandong::cli {
namespace {

using Dispatch = Session::Dispatch;

struct CloseCommand {
    std::string at, to;
    std::string reason;
    std::string begins;
    std::string until = "+2h";
    std::optional<std::uint32_t> heading;
    std::vector<std::string> stops;
    double height_meters = 0, width_meters = 0, weight_tonnes = 0;
    std::string note;
};

struct ReopenCommand {
    std::string closure;
    std::string reason;
};

struct ListCommand {
    bool all = false;
};

std::uint32_t hundredths(double value) {
    return static_cast<std::uint32_t>(std::lround(value * 100));
}

Result<dispatch::v1::Closure> closure_of(const CloseCommand& command) {
    dispatch::v1::Closure closure;
    const auto reason = parse_choice<dispatch::v1::ClosureReason>("--reason", command.reason);
    if (!reason) return fail(reason.error());
    closure.set_reason(*reason);
    const auto at = parse_position(command.at);
    if (!at) return fail(at.error());
    *closure.mutable_at() = *at;
    if (!command.to.empty()) {
        const auto to = parse_position(command.to);
        if (!to) return fail(to.error());
        *closure.mutable_to() = *to;
    }
    if (command.heading) closure.set_heading_degrees(*command.heading);
    for (const std::string& text : command.stops) {
        const auto user = parse_choice<dispatch::v1::RoadUser>("--stops", text);
        if (!user) return fail(user.error());
        closure.add_stops(*user);
    }
    closure.set_height_max_cm(hundredths(command.height_meters));
    closure.set_width_max_cm(hundredths(command.width_meters));
    closure.set_weight_max_kg(static_cast<std::uint32_t>(std::lround(command.weight_tonnes * 1e3)));
    closure.set_note(command.note);
    return closure;
}

int close_road(Session& session, const CloseCommand& command) {
    auto closure = closure_of(command);
    if (!closure) return session.usage(closure.error());
    const auto begins = session.read_time(command.begins);
    if (!begins) return session.usage(begins.error());
    const auto until = session.read_time(command.until);
    if (!until) return session.usage(until.error());
    closure->set_begins_at_micros(*begins);
    closure->set_expires_at_micros(*until);
    dispatch::v1::CloseRoadRequest request;
    *request.mutable_header() = session.mutation_header();
    *request.mutable_closure() = std::move(*closure);
    std::string again = fmt::format("--until {}", exact_time(from_micros(*until)));
    if (*begins != 0) again += fmt::format(" --from {}", exact_time(from_micros(*begins)));
    session.remember_for_resend(std::move(again));
    const auto response = session.call(session.dispatch(), &Dispatch::CloseRoad, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, closure_table({response->closure()}));
}

int reopen_road(Session& session, const ReopenCommand& command) {
    const auto id = find_closure(session, command.closure);
    if (!id) return session.usage(id.error());
    dispatch::v1::ReopenRoadRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_closure_id(*id);
    request.set_reason(command.reason);
    const auto response = session.call(session.dispatch(), &Dispatch::ReopenRoad, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, closure_table({response->closure()}));
}

int list(Session& session, const ListCommand& command) {
    const auto listed = list_closures(session, command.all);
    if (!listed) return session.refused(listed.error());
    return session.answer_list(*listed, closure_table);
}

}  // namespace

void add_road_commands(const Commands& commands) {
    CLI::App& road = *commands.app.add_subcommand("road", "roads that are closed");
    road.require_subcommand(1);
    road.fallthrough();

    const auto close = std::make_shared<CloseCommand>();
    CLI::App* app =
        add_command(commands, road, "close",
                    "close a road until a time; recommendations go round it", close, close_road);
    app->add_option("--at", close->at, "a point on it: LATITUDE,LONGITUDE,DATUM")->required();
    app->add_option("--to", close->to, "the other end of a stretch, at most 5 km away");
    app->add_option("--reason", close->reason, choices<dispatch::v1::ClosureReason>())->required();
    app->add_option("--until", close->until, "when it ends by itself")->capture_default_str();
    app->add_option("--from", close->begins, "when it begins (default: now)");
    app->add_option("--heading", close->heading,
                    "only this direction, degrees clockwise from north (default: both)");
    app->add_option("--stops", close->stops,
                    choices<dispatch::v1::RoadUser>() + " (default: emergency, car)");
    app->add_option("--height", close->height_meters, "only what is higher, metres");
    app->add_option("--width", close->width_meters, "only what is wider, metres");
    app->add_option("--weight", close->weight_tonnes, "only what is heavier, tonnes");
    app->add_option("--note", close->note, "at most 300 bytes");

    const auto reopen = std::make_shared<ReopenCommand>();
    app = add_command(commands, road, "reopen", "lift a closure, or call off a planned one", reopen,
                      reopen_road);
    app->add_option("closure", reopen->closure, "id or its prefix")->required();
    app->add_option("--reason", reopen->reason, "at most 300 bytes");

    const auto listing = std::make_shared<ListCommand>();
    app = add_command(commands, road, "list", "closures in force", listing, list);
    app->add_flag("--all", listing->all, "also planned ones, and those that ended within 72 h");
}

}  // namespace liandong::cli
