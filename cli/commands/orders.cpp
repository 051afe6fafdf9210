#include "cli/arguments.h"
#include "cli/commands/commands.h"
#include "cli/listing.h"
#include "cli/requests.h"
#include "cli/view.h"

#include <utility>

namespace liandong::cli {
namespace {

using Dispatch = Session::Dispatch;

struct RecommendCommand {
    std::string incident;
    RecommendArguments arguments;
};

struct DispatchCommand {
    std::string incident;
    std::vector<std::string> units;
    std::string note;
    bool all_or_none = false;
};

struct OrdersCommand {
    std::string incident;
    std::string unit;
    bool ended = false;
};

struct FactCommand {
    std::string order;
    std::string time;
    FactArguments arguments;
};

struct ShowOrderCommand {
    std::string order;
};

struct CancelCommand {
    std::string order;
    std::string reason;
};

int recommend(Session& session, const RecommendCommand& command) {
    RecommendArguments arguments = command.arguments;
    std::string incident = command.incident;
    // With a place there is no incident to name: the first word is a need like the others.
    if (!arguments.at.empty() && !incident.empty()) {
        arguments.needs.insert(arguments.needs.begin(), std::exchange(incident, ""));
    }
    if (incident.empty() && arguments.at.empty()) {
        return session.usage({Code::kInvalidArgument,
                              "PLACE_REQUIRED",
                              "name an incident, or a place with --at",
                              {}});
    }
    auto request = recommend_request(arguments);
    if (!request) return session.usage(request.error());
    if (!incident.empty()) {
        const auto id = find_incident(session, incident);
        if (!id) return session.usage(id.error());
        request->set_incident_id(*id);
    }
    *request->mutable_header() = session.read_header();
    const auto response = session.call(session.dispatch(), &Dispatch::RecommendUnits, *request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, recommendation(*request, *response));
}

int dispatch_units(Session& session, const DispatchCommand& command) {
    const auto incident = find_incident(session, command.incident);
    if (!incident) return session.usage(incident.error());
    const auto units = find_units(session, command.units);
    if (!units) return session.usage(units.error());
    dispatch::v1::DispatchUnitsRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_incident_id(*incident);
    for (const std::string& unit : *units) request.add_unit_ids(unit);
    request.set_conflict_rule(command.all_or_none ? dispatch::v1::CONFLICT_RULE_ALL_OR_NONE
                                                  : dispatch::v1::CONFLICT_RULE_SEND_WHAT_IS_FREE);
    request.set_note(command.note);
    const auto response = session.call(session.dispatch(), &Dispatch::DispatchUnits, request);
    if (!response) return session.refused(response.error());
    session.answer(*response, dispatch_receipt(*response));
    return response->orders_size() > 0 ? kDone : kRefused;
}

int orders(Session& session, const OrdersCommand& command) {
    dispatch::v1::ListOrdersRequest filter;
    if (!command.incident.empty()) {
        const auto id = find_incident(session, command.incident);
        if (!id) return session.usage(id.error());
        filter.set_incident_id(*id);
    }
    if (!command.unit.empty()) {
        const auto id = find_unit(session, command.unit);
        if (!id) return session.usage(id.error());
        filter.set_unit_id(*id);
    }
    filter.set_include_ended(command.ended);
    const auto listed = list_orders(session, filter);
    if (!listed) return session.refused(listed.error());
    return session.answer_list(*listed, order_table);
}

int show_order(Session& session, const ShowOrderCommand& command) {
    const auto id = find_order(session, command.order);
    if (!id) return session.usage(id.error());
    dispatch::v1::GetOrderRequest request;
    *request.mutable_header() = session.read_header();
    request.set_order_id(*id);
    const auto response = session.call(session.dispatch(), &Dispatch::GetOrder, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, order_details(response->order()));
}

int cancel(Session& session, const CancelCommand& command) {
    const auto id = find_order(session, command.order);
    if (!id) return session.usage(id.error());
    dispatch::v1::CancelOrderRequest request;
    *request.mutable_header() = session.mutation_header();
    request.set_order_id(*id);
    request.set_reason(command.reason);
    const auto response = session.call(session.dispatch(), &Dispatch::CancelOrder, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, order_table({response->order()}));
}

/// The six facts have one form; each has messages of its own.
template <class Request, class Response>
using FactMethod = grpc::Status (Dispatch::*)(grpc::ClientContext*, const Request&, Response*);

template <class Request, class Response, FactMethod<Request, Response> kMethod>
int record(Session& session, const FactCommand& command) {
    FactArguments arguments = command.arguments;
    const auto time = session.read_time(command.time);
    if (!time) return session.usage(time.error());
    arguments.occurred_at_micros = *time;
    auto fact = fact_report(arguments);
    if (!fact) return session.usage(fact.error());
    const auto id = find_order(session, command.order);
    if (!id) return session.usage(id.error());
    fact->set_order_id(*id);
    Request request;
    *request.mutable_header() = session.mutation_header();
    *request.mutable_fact() = std::move(*fact);
    if (arguments.occurred_at_micros != 0) {
        session.remember_for_resend("--time " +
                                    to_rfc3339(from_micros(arguments.occurred_at_micros)));
    }
    const auto response = session.call(session.dispatch(), kMethod, request);
    if (!response) return session.refused(response.error());
    return session.answer(*response, order_table({response->order()}));
}

struct Fact {
    const char* name;
    const char* help;
    int (*command)(Session&, const FactCommand&);
    bool needs_reason;
};

constexpr Fact kFacts[] = {
    {"deliver", "the crew's terminal has it (送达)",
     record<dispatch::v1::ConfirmDeliveryRequest, dispatch::v1::ConfirmDeliveryResponse,
            &Dispatch::ConfirmDelivery>,
     false},
    {"sign", "the crew takes it (签收)",
     record<dispatch::v1::SignOrderRequest, dispatch::v1::SignOrderResponse, &Dispatch::SignOrder>,
     false},
    {"depart", "the crew is on its way (出警)",
     record<dispatch::v1::DepartOrderRequest, dispatch::v1::DepartOrderResponse,
            &Dispatch::DepartOrder>,
     false},
    {"arrive", "the crew is there (到场)",
     record<dispatch::v1::ArriveOrderRequest, dispatch::v1::ArriveOrderResponse,
            &Dispatch::ArriveOrder>,
     false},
    {"clear", "the crew is done (处置完毕)",
     record<dispatch::v1::ClearOrderRequest, dispatch::v1::ClearOrderResponse,
            &Dispatch::ClearOrder>,
     false},
    {"decline", "the crew gives it back (退回)",
     record<dispatch::v1::DeclineOrderRequest, dispatch::v1::DeclineOrderResponse,
            &Dispatch::DeclineOrder>,
     true},
};

constexpr const char* kOrderHelp = "id, its prefix, or the unit that holds it";

void add_fact(const Commands& commands, CLI::App& parent, const Fact& fact) {
    const auto arguments = std::make_shared<FactCommand>();
    CLI::App* app = add_command(commands, parent, fact.name, fact.help, arguments, fact.command);
    app->add_option("order", arguments->order, kOrderHelp)->required();
    app->add_option("--time", arguments->time,
                    "when it happened: 18:05, -2m, RFC 3339; default now");
    app->add_option("--source", arguments->arguments.source,
                    "on_behalf (default), button, geofence, import");
    app->add_option("--at", arguments->arguments.at, "where the unit is: LATITUDE,LONGITUDE,DATUM");
    auto* reason = app->add_option("--reason", arguments->arguments.reason, "why");
    if (fact.needs_reason) reason->required();
}

void add_sending(const Commands& commands) {
    const auto arguments = std::make_shared<RecommendCommand>();
    CLI::App* app = add_command(commands, commands.app, "recommend",
                                "the units that can be there first, and why", arguments, recommend);
    app->add_option("incident", arguments->incident, "number, its end, or an id prefix");
    app->add_option("needs", arguments->arguments.needs,
                    "[COUNT*]KIND[|KIND][+CAPABILITY] …: 2*fire_engine ambulance any+boat");
    app->add_option("--at", arguments->arguments.at,
                    "a place instead of an incident: LATITUDE,LONGITUDE,DATUM");
    app->add_option("--alternatives", arguments->arguments.alternatives,
                    "further candidates of each need")
        ->check(CLI::Range(0, 20))
        ->capture_default_str();
    app->add_option("--heading", arguments->arguments.heading_degrees,
                    "direction of travel reported for --at, degrees clockwise from north");
    app->add_option("--within", arguments->arguments.target_seconds,
                    "say how likely each is there within so many seconds")
        ->check(CLI::Range(1, 86'400));

    const auto sent = std::make_shared<DispatchCommand>();
    app = add_command(commands, commands.app, "dispatch", "send units to an incident (派警)", sent,
                      dispatch_units);
    app->add_option("incident", sent->incident, "number, its end, or an id prefix")->required();
    app->add_option("units", sent->units, "ids, prefixes or call signs; 1-32")->required();
    app->add_option("--note", sent->note, "what the crews are told");
    app->add_flag("--all-or-none", sent->all_or_none, "send nobody unless all are free (D4)");
}

}  // namespace

void add_order_commands(const Commands& commands) {
    add_sending(commands);
    const auto listed = std::make_shared<OrdersCommand>();
    CLI::App* app = add_command(commands, commands.app, "orders", "open orders", listed, orders);
    app->add_option("--incident", listed->incident, "of this incident");
    app->add_option("--unit", listed->unit, "of this unit");
    app->add_flag("--ended", listed->ended, "also what ended within 72 hours");

    CLI::App* group = commands.app.add_subcommand(
        "order", "one order: show it, record what the crew says, cancel it");
    group->require_subcommand(1)->fallthrough();
    for (const Fact& fact : kFacts) add_fact(commands, *group, fact);

    const auto shown = std::make_shared<ShowOrderCommand>();
    app = add_command(commands, *group, "show", "its milestones and its whole record", shown,
                      show_order);
    app->add_option("order", shown->order, kOrderHelp)->required();

    const auto cancelled = std::make_shared<CancelCommand>();
    app = add_command(commands, *group, "cancel", "call the unit off (撤回)", cancelled, cancel);
    app->add_option("order", cancelled->order, kOrderHelp)->required();
    app->add_option("--reason", cancelled->reason, "why")->required();
}

}  // namespace liandong::cli
