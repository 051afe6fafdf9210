#include "services/server/bind.h"

namespace liandong::server {

void bind_intake(rpc::Server& server, const ScopeStacks& scopes) {
    namespace pb = liandong::intake::v1;
    using Handlers = intake::IntakeHandlers;
    const std::string service = "liandong.intake.v1.IntakeService";
    const auto handlers = by_scope(scopes, &ScopeStack::intake);
    server.unary<pb::ReportIncidentRequest, pb::ReportIncidentResponse>(
        service, "ReportIncident", rpc::by_scope(handlers, &Handlers::report_incident),
        {.unknown_fields = rpc::UnknownFields::kAccept});  // D1
    server.unary<pb::GetIncidentRequest, pb::GetIncidentResponse>(
        service, "GetIncident", rpc::by_scope(handlers, &Handlers::get_incident));
    server.unary<pb::ListIncidentsRequest, pb::ListIncidentsResponse>(
        service, "ListIncidents", rpc::by_scope(handlers, &Handlers::list_incidents));
    server.server_stream<pb::WatchIncidentsRequest, pb::WatchIncidentsResponse>(
        service, "WatchIncidents", rpc::by_scope(handlers, &Handlers::watch_incidents));
    server.unary<pb::CloseIncidentRequest, pb::CloseIncidentResponse>(
        service, "CloseIncident", rpc::by_scope(handlers, &Handlers::close_incident));
}

}  // namespace liandong::server
