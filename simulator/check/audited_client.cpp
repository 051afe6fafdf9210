#include "simulator/check/audited_client.h"

#include "simulator/audit/bulletin_rules.h"
#include "simulator/check/ask.h"
#include "simulator/check/unresolved.h"

#include <utility>

namespace liandong::simulator {
namespace {

/// What the auditor needs to know of a request, whichever it is.
template <class Request>
Asked asked_of(const domain::Principal& who, const char* what, const Request& request,
               const LogReplay& log) {
    Asked asked;
    asked.what = what;
    asked.who = who.subject;
    asked.is_alone = false;  // agents send again
    if constexpr (requires { request.header().request_id(); })
        asked.request = who.agency + "/" + request.header().request_id();
    if constexpr (requires { request.fact().order_id(); }) {
        asked.names = request.fact().order_id();
        asked.is_fact = log.first_seq_of({domain::Kind::kOrder, asked.names}) != 0;
    }
    if constexpr (requires { request.incident_id(); }) asked.names = request.incident_id();
    if constexpr (requires { request.bulletin_id(); }) {
        asked.names = request.bulletin_id();
        if (const auto* bulletin = log.bulletin(asked.names)) asked.words = words_of(*bulletin);
    }
    return asked;
}

}  // namespace

template <class Response, class Request>
Client::Reply<Response> AuditedClient::pass(const Who& who, const char* what, Request request,
                                            Reply<Response> (Client::*method)(const Who&,
                                                                              Request)) {
    Auditor& auditor = scene_.auditor;
    const std::uint64_t begun = scene_.world.state().last_seq();
    const std::size_t branch = auditor.branches();
    const Asked asked = asked_of(who, what, request, auditor.log());
    Result<Response> answer = co_await (client_.*method)(who, std::move(request));
    auditor.catch_up(scene_.world.state());
    scene_.chronicle.trace(fmt::format("{} {}", what, answer ? "OK" : answer.error().reason));
    if (branch == auditor.branches() && (answer || !is_unresolved(answer.error())))
        auditor.answered(asked, begun, answer_of(answer));
    co_return answer;
}

Client::Reply<intake::v1::ReportIncidentResponse> AuditedClient::report_incident(
    const Who& who, intake::v1::ReportIncidentRequest request) {
    return pass(who, "ReportIncident", std::move(request), &Client::report_incident);
}

Client::Reply<intake::v1::GetIncidentResponse> AuditedClient::get_incident(
    const Who& who, intake::v1::GetIncidentRequest request) {
    return pass(who, "GetIncident", std::move(request), &Client::get_incident);
}

Client::Reply<intake::v1::CloseIncidentResponse> AuditedClient::close_incident(
    const Who& who, intake::v1::CloseIncidentRequest request) {
    return pass(who, "CloseIncident", std::move(request), &Client::close_incident);
}

Client::Reply<dispatch::v1::ImportUnitsResponse> AuditedClient::import_units(
    const Who& who, dispatch::v1::ImportUnitsRequest request) {
    return pass(who, "ImportUnits", std::move(request), &Client::import_units);
}

Client::Reply<dispatch::v1::RecommendUnitsResponse> AuditedClient::recommend_units(
    const Who& who, dispatch::v1::RecommendUnitsRequest request) {
    return pass(who, "RecommendUnits", std::move(request), &Client::recommend_units);
}

Client::Reply<dispatch::v1::DispatchUnitsResponse> AuditedClient::dispatch_units(
    const Who& who, dispatch::v1::DispatchUnitsRequest request) {
    return pass(who, "DispatchUnits", std::move(request), &Client::dispatch_units);
}

Client::Reply<dispatch::v1::GetOrderResponse> AuditedClient::get_order(
    const Who& who, dispatch::v1::GetOrderRequest request) {
    return pass(who, "GetOrder", std::move(request), &Client::get_order);
}

Client::Reply<dispatch::v1::ConfirmDeliveryResponse> AuditedClient::confirm_delivery(
    const Who& who, dispatch::v1::ConfirmDeliveryRequest request) {
    return pass(who, "ConfirmDelivery", std::move(request), &Client::confirm_delivery);
}

Client::Reply<dispatch::v1::SignOrderResponse> AuditedClient::sign_order(
    const Who& who, dispatch::v1::SignOrderRequest request) {
    return pass(who, "SignOrder", std::move(request), &Client::sign_order);
}

Client::Reply<dispatch::v1::DepartOrderResponse> AuditedClient::depart_order(
    const Who& who, dispatch::v1::DepartOrderRequest request) {
    return pass(who, "DepartOrder", std::move(request), &Client::depart_order);
}

Client::Reply<dispatch::v1::ArriveOrderResponse> AuditedClient::arrive_order(
    const Who& who, dispatch::v1::ArriveOrderRequest request) {
    return pass(who, "ArriveOrder", std::move(request), &Client::arrive_order);
}

Client::Reply<dispatch::v1::ClearOrderResponse> AuditedClient::clear_order(
    const Who& who, dispatch::v1::ClearOrderRequest request) {
    return pass(who, "ClearOrder", std::move(request), &Client::clear_order);
}

Client::Reply<publicinfo::v1::DraftBulletinResponse> AuditedClient::draft_bulletin(
    const Who& who, publicinfo::v1::DraftBulletinRequest request) {
    return pass(who, "DraftBulletin", std::move(request), &Client::draft_bulletin);
}

Client::Reply<publicinfo::v1::ApproveBulletinResponse> AuditedClient::approve_bulletin(
    const Who& who, publicinfo::v1::ApproveBulletinRequest request) {
    return pass(who, "ApproveBulletin", std::move(request), &Client::approve_bulletin);
}

Client::Reply<publicinfo::v1::PublishBulletinResponse> AuditedClient::publish_bulletin(
    const Who& who, publicinfo::v1::PublishBulletinRequest request) {
    return pass(who, "PublishBulletin", std::move(request), &Client::publish_bulletin);
}

}  // namespace liandong::simulator
