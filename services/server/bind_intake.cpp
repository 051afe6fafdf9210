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
    server.unary<pb::TriageIncidentRequest, pb::TriageIncidentResponse>(
        service, "TriageIncident", rpc::by_scope(handlers, &Handlers::triage_incident));
    server.unary<pb::AddNoteRequest, pb::AddNoteResponse>(
        service, "AddNote", rpc::by_scope(handlers, &Handlers::add_note));
    server.unary<pb::ReviewIncidentRequest, pb::ReviewIncidentResponse>(
        service, "ReviewIncident", rpc::by_scope(handlers, &Handlers::review_incident));
    server.unary<pb::ReopenIncidentRequest, pb::ReopenIncidentResponse>(
        service, "ReopenIncident", rpc::by_scope(handlers, &Handlers::reopen_incident));
    server.unary<pb::ClaimIncidentRequest, pb::ClaimIncidentResponse>(
        service, "ClaimIncident", rpc::by_scope(handlers, &Handlers::claim_incident));
    server.unary<pb::ReleaseIncidentRequest, pb::ReleaseIncidentResponse>(
        service, "ReleaseIncident", rpc::by_scope(handlers, &Handlers::release_incident));
    server.unary<pb::MarkIncidentReadRequest, pb::MarkIncidentReadResponse>(
        service, "MarkIncidentRead", rpc::by_scope(handlers, &Handlers::mark_incident_read));
    server.unary<pb::DeclareMasterRequest, pb::DeclareMasterResponse>(
        service, "DeclareMaster", rpc::by_scope(handlers, &Handlers::declare_master));
    server.unary<pb::LinkIncidentRequest, pb::LinkIncidentResponse>(
        service, "LinkIncident", rpc::by_scope(handlers, &Handlers::link_incident));
    server.unary<pb::UnlinkIncidentRequest, pb::UnlinkIncidentResponse>(
        service, "UnlinkIncident", rpc::by_scope(handlers, &Handlers::unlink_incident));
    server.unary<pb::GetTimelineRequest, pb::GetTimelineResponse>(
        service, "GetTimeline", rpc::by_scope(handlers, &Handlers::get_timeline));
    server.unary<pb::CountIncidentsRequest, pb::CountIncidentsResponse>(
        service, "CountIncidents", rpc::by_scope(handlers, &Handlers::count_incidents));
    server.unary<pb::ListIncidentTypesRequest, pb::ListIncidentTypesResponse>(
        service, "ListIncidentTypes", rpc::by_scope(handlers, &Handlers::list_incident_types));
    server.unary<pb::SuggestTypesRequest, pb::SuggestTypesResponse>(
        service, "SuggestTypes", rpc::by_scope(handlers, &Handlers::suggest_types));
    server.unary<pb::SuggestDuplicatesRequest, pb::SuggestDuplicatesResponse>(
        service, "SuggestDuplicates", rpc::by_scope(handlers, &Handlers::suggest_duplicates));
    server.unary<pb::FindAreasRequest, pb::FindAreasResponse>(
        service, "FindAreas", rpc::by_scope(handlers, &Handlers::find_areas));
    server.unary<pb::LinkIncidentsRequest, pb::LinkIncidentsResponse>(
        service, "LinkIncidents", rpc::by_scope(handlers, &Handlers::link_incidents));
    server.unary<pb::UnlinkIncidentsRequest, pb::UnlinkIncidentsResponse>(
        service, "UnlinkIncidents", rpc::by_scope(handlers, &Handlers::unlink_incidents));
    server.unary<pb::VerifyAlarmRequest, pb::VerifyAlarmResponse>(
        service, "VerifyAlarm", rpc::by_scope(handlers, &Handlers::verify_alarm));
    server.unary<pb::RecordCallbackRequest, pb::RecordCallbackResponse>(
        service, "RecordCallback", rpc::by_scope(handlers, &Handlers::record_callback));
}

}  // namespace liandong::server
