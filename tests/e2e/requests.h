#pragma once

#include "liandong/common/v1/types.pb.h"
#include "liandong/dispatch/v1/dispatch.pb.h"
#include "liandong/intake/v1/desk.pb.h"
#include "liandong/intake/v1/intake.pb.h"
#include "liandong/publicinfo/v1/publicinfo.pb.h"

#include <string>
#include <vector>

/// Requests that are in order, for tests to send or to spoil. Each change has a request id of its
/// own.
namespace liandong::test {

namespace common_pb = liandong::common::v1;
namespace dispatch_pb = liandong::dispatch::v1;
namespace intake_pb = liandong::intake::v1;
namespace publicinfo_pb = liandong::publicinfo::v1;

/// A new UUIDv7.
std::string new_request_id();
common_pb::Scope scope();
common_pb::MutationHeader mutation();
common_pb::ReadHeader reading();
common_pb::Position position(double latitude, double longitude);

intake_pb::ReportIncidentRequest report(const std::string& words);
intake_pb::GetIncidentRequest get_incident(const std::string& id);
intake_pb::CloseIncidentRequest close_incident(const std::string& id);
dispatch_pb::Unit unit(const std::string& id);
dispatch_pb::ImportUnitsRequest import_units(const std::vector<std::string>& ids);
dispatch_pb::SetUnitStatusRequest set_status(const std::string& id);
dispatch_pb::ReportPositionsRequest fix(const std::string& unit_id);
dispatch_pb::RecommendUnitsRequest recommend(const std::string& incident_id);
dispatch_pb::DispatchUnitsRequest dispatch(const std::string& incident_id,
                                           const std::vector<std::string>& unit_ids);
dispatch_pb::CancelOrderRequest cancel_order(const std::string& order_id);
dispatch_pb::CloseRoadRequest close_road();
dispatch_pb::ReopenRoadRequest reopen_road(const std::string& closure_id);
publicinfo_pb::DraftBulletinRequest draft_bulletin();
publicinfo_pb::ApproveBulletinRequest approve(const publicinfo_pb::Bulletin& bulletin);
publicinfo_pb::PublishBulletinRequest publish(const std::string& bulletin_id);

/// SignOrderRequest and the others of its form.
template <class Request> Request fact(const std::string& order_id) {
    Request request;
    *request.mutable_header() = mutation();
    request.mutable_fact()->set_order_id(order_id);
    return request;
}

/// A change of one incident, without what is its own.
template <class Request> Request about(const std::string& incident_id) {
    Request request;
    *request.mutable_header() = mutation();
    request.set_incident_id(incident_id);
    return request;
}
intake_pb::TriageIncidentRequest triage(const std::string& incident_id);
intake_pb::AddNoteRequest remark(const std::string& incident_id);
intake_pb::LinkIncidentRequest link(const std::string& incident_id, const std::string& to);

/// A request that only reads: scope, nothing else.
template <class Request> Request read_of() {
    Request request;
    *request.mutable_header() = reading();
    return request;
}

}  // namespace liandong::test
