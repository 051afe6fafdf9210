#pragma once

#include "common/api/convert.h"
#include "common/api/respond.h"
#include "common/base/id.h"
#include "liandong/intake/v1/intake.pb.h"
#include "services/intake/service/intake_service.h"

#include <optional>
#include <utility>

/// What handlers that change incidents share. Internal to this folder.
namespace liandong::intake {

namespace pb = liandong::intake::v1;

/// Identity of a change, and its reason where it has one.
template <class Request>
Result<Mutation> read_mutation_of(const CallContext& context, const Request& request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) return mutation;
    if constexpr (requires { request.reason(); }) {
        if (auto status = api::check_text(request.reason(), domain::kNoteReason_max, "reason");
            !status)
            return fail(std::move(status.error()));
    }
    return mutation;
}

/// The same, and the named incident.
template <class Request>
Result<Mutation> read_change(const CallContext& context, const Request& request) {
    auto mutation = read_mutation_of(context, request);
    if (!mutation) return mutation;
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        return fail(std::move(status.error()));
    return mutation;
}

template <class Response>
Result<Response> changed(store::ScopeContext& context, const Result<store::Settled>& settled) {
    if (!settled) return fail(settled.error());
    Response response;
    *response.mutable_header() = api::mutation_header(context, settled->revision);
    const std::string& district = context.scope.district;
    const std::uint64_t version = settled->revision.seq;
    const auto& incidents = settled->outcome.incidents;
    *response.mutable_incident() = api::incident(incidents.at(0), version, district);
    if constexpr (requires { response.mutable_linked_to(); })
        *response.mutable_linked_to() = api::incident(incidents.at(1), version, district);
    if constexpr (requires { response.mutable_was_linked_to(); })
        *response.mutable_was_linked_to() = api::incident(incidents.at(1), version, district);
    return response;
}

/// INVALID_ARGUMENT / ENUM_UNKNOWN.
inline Result<std::optional<bool>> read_answer(int answer, const char* field) {
    switch (answer) {
    case pb::ANSWER_UNSPECIFIED: return std::nullopt;
    case pb::ANSWER_NO: return false;
    case pb::ANSWER_YES: return true;
    default: return invalid_field(field, "ENUM_UNKNOWN", "no such answer");
    }
}

/// Of LinkIncident and LinkIncidents.
template <class Request> Result<Link> read_link(const Request& in) {
    if (auto status = api::check_id(in.to_incident_id(), "to_incident_id"); !status)
        return fail(std::move(status.error()));
    if (auto status = api::check_text(in.what_is_new(), domain::kNoteReason_max, "what_is_new");
        !status)
        return fail(std::move(status.error()));
    const auto in_danger = read_answer(in.in_danger(), "in_danger");
    if (!in_danger) return fail(in_danger.error());
    const auto anything_new = read_answer(in.anything_new(), "anything_new");
    if (!anything_new) return fail(anything_new.error());
    return Link{in.reason(), {*in_danger, *anything_new, in.what_is_new()}};
}

}  // namespace liandong::intake
