#include "services/intake/rpc/changes.h"
#include "services/intake/rpc/intake_handlers.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace liandong::intake {

using namespace domain;

namespace {

Result<std::vector<std::string>> read_ids(
    const google::protobuf::RepeatedPtrField<std::string>& in) {
    if (in.empty()) return invalid_field("incident_ids", "LIST_EMPTY", "at least one is needed");
    if (in.size() > static_cast<int>(kLinkedTogether_max)) {
        return invalid_field("incident_ids", "TOO_MANY",
                             fmt::format("at most {} at a time", kLinkedTogether_max));
    }
    std::set<std::string> seen;
    for (int i = 0; i < in.size(); ++i) {
        const std::string field = fmt::format("incident_ids[{}]", i);
        if (auto status = api::check_id(in[i], field); !status)
            return fail(std::move(status.error()));
        if (!seen.insert(in[i]).second)
            return invalid_field(field, "ID_REPEATED", "each incident once");
    }
    return std::vector<std::string>(in.begin(), in.end());
}

/// The repeats, and the other one, which stands behind them in the outcome.
template <class Response>
void put_incidents(const store::Settled& settled, const store::ScopeContext& context,
                   Response& response, pb::Incident& other) {
    *response.mutable_header() = api::mutation_header(context, settled.revision);
    const auto& incidents = settled.outcome.incidents;
    for (std::size_t i = 0; i + 1 < incidents.size(); ++i) {
        *response.add_incidents() =
            api::incident(incidents[i], settled.revision.seq, context.scope.district);
    }
    other = api::incident(incidents.back(), settled.revision.seq, context.scope.district);
}

}  // namespace

Task<Result<pb::LinkIncidentsResponse>> IntakeHandlers::link_incidents(
    CallContext context, pb::LinkIncidentsRequest request) {
    auto mutation = read_mutation_of(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto ids = read_ids(request.incident_ids());
    if (!ids) co_return fail(std::move(ids.error()));
    auto link = read_link(request);
    if (!link) co_return fail(std::move(link.error()));
    const auto settled = co_await service_.link_all(std::move(*mutation), std::move(*ids),
                                                    request.to_incident_id(), std::move(*link));
    if (!settled) co_return fail(settled.error());
    pb::LinkIncidentsResponse response;
    put_incidents(*settled, service_.context(), response, *response.mutable_linked_to());
    co_return response;
}

Task<Result<pb::UnlinkIncidentsResponse>> IntakeHandlers::unlink_incidents(
    CallContext context, pb::UnlinkIncidentsRequest request) {
    auto mutation = read_mutation_of(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto ids = read_ids(request.incident_ids());
    if (!ids) co_return fail(std::move(ids.error()));
    const auto settled =
        co_await service_.unlink_all(std::move(*mutation), std::move(*ids), request.reason());
    if (!settled) co_return fail(settled.error());
    pb::UnlinkIncidentsResponse response;
    put_incidents(*settled, service_.context(), response, *response.mutable_were_linked_to());
    co_return response;
}

Task<Result<pb::VerifyAlarmResponse>> IntakeHandlers::verify_alarm(CallContext context,
                                                                   pb::VerifyAlarmRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::VerifyAlarmResponse>(
        service_.context(), co_await service_.verify_alarm(
                                std::move(*mutation), request.incident_id(), request.reason()));
}

Task<Result<pb::RecordCallbackResponse>> IntakeHandlers::record_callback(
    CallContext context, pb::RecordCallbackRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (request.outcome() <= pb::CALLBACK_OUTCOME_UNSPECIFIED ||
        request.outcome() >= kCallbackOutcomes) {
        co_return invalid_field("outcome", "ENUM_UNKNOWN", "say what came of the call");
    }
    if (auto status = api::check_text(request.text(), kNoteText_max, "text"); !status)
        co_return fail(status.error());
    co_return changed<pb::RecordCallbackResponse>(
        service_.context(), co_await service_.record_callback(
                                std::move(*mutation), request.incident_id(),
                                static_cast<CallbackOutcome>(request.outcome()), request.text()));
}

}  // namespace liandong::intake
