#pragma once

#include "common/async/sink.h"
#include "common/async/task.h"
#include "common/base/error.h"
#include "common/domain/call_context.h"
#include "liandong/intake/v1/intake.pb.h"
#include "services/intake/service/intake_service.h"

namespace liandong::intake {

namespace pb = liandong::intake::v1;

/// `liandong.intake.v1.IntakeService`, without gRPC: messages to domain values and back, permission
/// already checked, redaction by `api::may_see_reporter`. Bound to gRPC by common/rpc, called
/// directly by the simulator.
class IntakeHandlers {
public:
    /// `service` must outlive the handlers.
    explicit IntakeHandlers(IntakeService& service) : service_(service) {}

    Task<Result<pb::ReportIncidentResponse>> report_incident(CallContext context,
                                                             pb::ReportIncidentRequest request);
    Task<Result<pb::GetIncidentResponse>> get_incident(CallContext context,
                                                       pb::GetIncidentRequest request);
    Task<Result<pb::ListIncidentsResponse>> list_incidents(CallContext context,
                                                           pb::ListIncidentsRequest request);
    Task<Result<pb::CloseIncidentResponse>> close_incident(CallContext context,
                                                           pb::CloseIncidentRequest request);
    // Work at the desk, in desk_work.cpp.
    Task<Result<pb::TriageIncidentResponse>> triage_incident(CallContext context,
                                                             pb::TriageIncidentRequest request);
    Task<Result<pb::AddNoteResponse>> add_note(CallContext context, pb::AddNoteRequest request);
    Task<Result<pb::ReviewIncidentResponse>> review_incident(CallContext context,
                                                             pb::ReviewIncidentRequest request);
    Task<Result<pb::ReopenIncidentResponse>> reopen_incident(CallContext context,
                                                             pb::ReopenIncidentRequest request);
    Task<Result<pb::ClaimIncidentResponse>> claim_incident(CallContext context,
                                                           pb::ClaimIncidentRequest request);
    Task<Result<pb::ReleaseIncidentResponse>> release_incident(CallContext context,
                                                               pb::ReleaseIncidentRequest request);
    Task<Result<pb::MarkIncidentReadResponse>> mark_incident_read(
        CallContext context, pb::MarkIncidentReadRequest request);
    Task<Result<pb::DeclareMasterResponse>> declare_master(CallContext context,
                                                           pb::DeclareMasterRequest request);
    Task<Result<pb::LinkIncidentResponse>> link_incident(CallContext context,
                                                         pb::LinkIncidentRequest request);
    Task<Result<pb::UnlinkIncidentResponse>> unlink_incident(CallContext context,
                                                             pb::UnlinkIncidentRequest request);
    Task<Result<pb::GetTimelineResponse>> get_timeline(CallContext context,
                                                       pb::GetTimelineRequest request);
    Task<Result<pb::CountIncidentsResponse>> count_incidents(CallContext context,
                                                             pb::CountIncidentsRequest request);
    // What a call-taker asks while the caller speaks, in lookups.cpp.
    Task<Result<pb::ListIncidentTypesResponse>> list_incident_types(
        CallContext context, pb::ListIncidentTypesRequest request);
    Task<Result<pb::SuggestTypesResponse>> suggest_types(CallContext context,
                                                         pb::SuggestTypesRequest request);
    Task<Result<pb::SuggestDuplicatesResponse>> suggest_duplicates(
        CallContext context, pb::SuggestDuplicatesRequest request);
    Task<Result<pb::FindAreasResponse>> find_areas(CallContext context,
                                                   pb::FindAreasRequest request);
    // In many_links.cpp.
    Task<Result<pb::LinkIncidentsResponse>> link_incidents(CallContext context,
                                                           pb::LinkIncidentsRequest request);
    Task<Result<pb::UnlinkIncidentsResponse>> unlink_incidents(CallContext context,
                                                               pb::UnlinkIncidentsRequest request);
    Task<Result<pb::VerifyAlarmResponse>> verify_alarm(CallContext context,
                                                       pb::VerifyAlarmRequest request);
    Task<Result<pb::RecordCallbackResponse>> record_callback(CallContext context,
                                                             pb::RecordCallbackRequest request);
    Task<Status> watch_incidents(CallContext context, pb::WatchIncidentsRequest request,
                                 Sink<pb::WatchIncidentsResponse>& sink);

private:
    const std::string& district() { return service_.context().scope.district; }

    IntakeService& service_;
};

}  // namespace liandong::intake
