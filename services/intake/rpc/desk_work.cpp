#include "common/api/convert.h"
#include "common/api/respond.h"
#include "common/base/id.h"
#include "services/intake/rpc/changes.h"
#include "services/intake/rpc/hints.h"
#include "services/intake/rpc/incident_filter.h"
#include "services/intake/rpc/intake_handlers.h"

#include <fmt/format.h>

#include <algorithm>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr std::size_t kAreaDigits[] = {6, 9, 12, 15};

Result<Place> read_place(const api::common_pb::Place& in) {
    Place place;
    if (in.has_position()) {
        const auto point = api::read_position(in.position(), "place.position");
        if (!point) return fail(point.error());
        place.position = *point;
        place.reported_datum = static_cast<Datum>(in.position().datum());
    }
    if (!(in.accuracy_meters() >= 0 && in.accuracy_meters() <= 100'000)) {
        return invalid_field("place.accuracy_meters", "ACCURACY_OUT_OF_RANGE",
                             "between 0 and 100,000 metres");
    }
    place.accuracy = Meters{in.accuracy_meters()};
    if (auto status = api::check_text(in.address(), 500, "place.address"); !status)
        return fail(std::move(status.error()));
    if (auto status = api::check_text(in.area_code(), 15, "place.area_code"); !status)
        return fail(std::move(status.error()));
    place.address = in.address();
    place.area_code = in.area_code();
    if (in.heading_degrees() >= 360) {
        return invalid_field("place.heading_degrees", "HEADING_OUT_OF_RANGE",
                             "degrees clockwise from north, below 360");
    }
    if (in.has_heading_degrees())
        place.heading_degrees = static_cast<std::int32_t>(in.heading_degrees());
    return place;
}

bool is_hazard(std::string_view code) {
    return !code.empty() && code.size() <= kHazard_max && std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Result<std::vector<std::string>> read_hazards(const pb::Hazards& in) {
    if (in.codes_size() > static_cast<int>(kHazards_max)) {
        return invalid_field("hazards.codes", "TOO_MANY",
                             fmt::format("at most {} hazards", kHazards_max));
    }
    std::vector<std::string> hazards(in.codes().begin(), in.codes().end());
    for (std::size_t i = 0; i < hazards.size(); ++i) {
        if (is_hazard(hazards[i])) continue;
        return invalid_field(fmt::format("hazards.codes[{}]", i), "HAZARD_MALFORMED",
                             "a hazard is 1–32 characters of a–z, 0–9 and _");
    }
    return hazards;
}

Result<Triage> read_triage(const pb::TriageIncidentRequest& in) {
    Triage triage;
    triage.reason = in.reason();
    if (in.has_type_code()) {
        if (auto status = api::check_text(in.type_code(), kTypeCode_max, "type_code"); !status)
            return fail(std::move(status.error()));
        triage.type_code = in.type_code();
    }
    if (in.has_level()) {
        auto level = api::read_level(in.level(), "level");
        if (!level) return fail(std::move(level.error()));
        triage.level = std::move(*level);
    }
    if (in.has_life_threatening()) triage.life_threatening = in.life_threatening();
    if (in.has_place()) {
        auto place = read_place(in.place());
        if (!place) return fail(std::move(place.error()));
        triage.place = std::move(*place);
    }
    if (in.has_summary()) {
        if (auto status = api::check_text(in.summary(), kSummary_max, "summary"); !status)
            return fail(std::move(status.error()));
        triage.summary = in.summary();
    }
    if (in.has_hazards()) {
        auto hazards = read_hazards(in.hazards());
        if (!hazards) return fail(std::move(hazards.error()));
        triage.hazards = std::move(*hazards);
    }
    return triage;
}

Result<Remark> read_remark(const pb::AddNoteRequest& in) {
    if (in.kind() <= pb::NOTE_KIND_UNSPECIFIED || in.kind() >= static_cast<int>(kNoteKinds)) {
        return invalid_field("kind", "ENUM_UNKNOWN", "no such kind of note");
    }
    if (auto status = api::check_text(in.text(), kNoteText_max, "text"); !status)
        return fail(std::move(status.error()));
    if (in.corrects() > static_cast<std::uint32_t>(kNotes_max)) {
        return invalid_field("corrects", "NOTE_UNKNOWN", "there is no such note");
    }
    Remark remark;
    remark.kind = static_cast<NoteKind>(in.kind());
    remark.text = in.text();
    remark.occurred_at = from_micros(in.occurred_at_micros());
    remark.corrects = static_cast<std::int32_t>(in.corrects());
    remark.reason = in.reason();
    remark.expires_at = from_micros(in.expires_at_micros());
    return remark;
}

pb::TimelineLine line_message(const TimelineLine& line) {
    pb::TimelineLine out;
    out.set_occurred_at_micros(to_micros(line.occurred_at));
    out.set_recorded_at_micros(to_micros(line.recorded_at));
    out.set_kind(line.kind);
    out.set_actor(line.actor);
    out.set_agency(line.agency);
    out.set_on_behalf_of(line.on_behalf_of);
    out.set_text(line.text);
    out.set_reason(line.reason);
    out.set_source_id(line.source_id);
    out.set_note_number(static_cast<std::uint32_t>(line.note.number));
    out.set_corrects(static_cast<std::uint32_t>(line.note.corrects));
    out.set_other_incident_id(line.note.other_incident_id);
    for (const NoteChange& change : line.note.changes) {
        pb::FieldChange& item = *out.add_changes();
        item.set_field(change.field);
        item.set_before(change.before);
        item.set_after(change.after);
    }
    return out;
}

void add_count(pb::IncidentCount& out, std::string_view key, const IncidentCounts::Count& count) {
    out.set_key(std::string(key));
    out.set_open(count.open);
    out.set_closed(count.closed);
}

}  // namespace

Task<Result<pb::TriageIncidentResponse>> IntakeHandlers::triage_incident(
    CallContext context, pb::TriageIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto triage = read_triage(request);
    if (!triage) co_return fail(std::move(triage.error()));
    const bool has_new_place = triage->place.has_value();
    const auto settled =
        co_await service_.triage(std::move(*mutation), request.incident_id(), std::move(*triage));
    auto response = changed<pb::TriageIncidentResponse>(service_.context(), settled);
    if (!response) co_return response;
    const Place& place = settled->outcome.incidents.at(0).place;
    if (const auto who = responsible_for(place, service_.knowledge()))
        *response->mutable_incident()->mutable_responsible() = message_of(*who);
    if (has_new_place)
        put_areas(areas_of_address(place, service_.knowledge()),
                  *response->mutable_area_candidates());
    co_return response;
}

Task<Result<pb::AddNoteResponse>> IntakeHandlers::add_note(CallContext context,
                                                           pb::AddNoteRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto remark = read_remark(request);
    if (!remark) co_return fail(std::move(remark.error()));
    co_return changed<pb::AddNoteResponse>(
        service_.context(), co_await service_.add_note(std::move(*mutation), request.incident_id(),
                                                       std::move(*remark)));
}

Task<Result<pb::ReviewIncidentResponse>> IntakeHandlers::review_incident(
    CallContext context, pb::ReviewIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (request.verdict() != pb::VERDICT_APPROVE && request.verdict() != pb::VERDICT_RETURN)
        co_return invalid_field("verdict", "ENUM_UNKNOWN", "approve or return");
    co_return changed<pb::ReviewIncidentResponse>(
        service_.context(),
        co_await service_.review(std::move(*mutation), request.incident_id(),
                                 request.verdict() == pb::VERDICT_APPROVE, request.reason()));
}

Task<Result<pb::ReopenIncidentResponse>> IntakeHandlers::reopen_incident(
    CallContext context, pb::ReopenIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::ReopenIncidentResponse>(
        service_.context(),
        co_await service_.reopen(std::move(*mutation), request.incident_id(), request.reason()));
}

Task<Result<pb::ClaimIncidentResponse>> IntakeHandlers::claim_incident(
    CallContext context, pb::ClaimIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::ClaimIncidentResponse>(
        service_.context(), co_await service_.claim(std::move(*mutation), request.incident_id(),
                                                    request.take_over(), request.reason()));
}

Task<Result<pb::ReleaseIncidentResponse>> IntakeHandlers::release_incident(
    CallContext context, pb::ReleaseIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::ReleaseIncidentResponse>(
        service_.context(),
        co_await service_.release(std::move(*mutation), request.incident_id(), request.reason()));
}

Task<Result<pb::MarkIncidentReadResponse>> IntakeHandlers::mark_incident_read(
    CallContext context, pb::MarkIncidentReadRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::MarkIncidentReadResponse>(
        service_.context(),
        co_await service_.mark_read(std::move(*mutation), request.incident_id()));
}

Task<Result<pb::DeclareMasterResponse>> IntakeHandlers::declare_master(
    CallContext context, pb::DeclareMasterRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::DeclareMasterResponse>(
        service_.context(),
        co_await service_.declare_master(std::move(*mutation), request.incident_id(),
                                         request.is_master(), request.reason()));
}

Task<Result<pb::LinkIncidentResponse>> IntakeHandlers::link_incident(
    CallContext context, pb::LinkIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    auto link = read_link(request);
    if (!link) co_return fail(std::move(link.error()));
    co_return changed<pb::LinkIncidentResponse>(
        service_.context(), co_await service_.link(std::move(*mutation), request.incident_id(),
                                                   request.to_incident_id(), std::move(*link)));
}

Task<Result<pb::UnlinkIncidentResponse>> IntakeHandlers::unlink_incident(
    CallContext context, pb::UnlinkIncidentRequest request) {
    auto mutation = read_change(context, request);
    if (!mutation) co_return fail(std::move(mutation.error()));
    co_return changed<pb::UnlinkIncidentResponse>(
        service_.context(),
        co_await service_.unlink(std::move(*mutation), request.incident_id(), request.reason()));
}

Task<Result<pb::GetTimelineResponse>> IntakeHandlers::get_timeline(CallContext context,
                                                                   pb::GetTimelineRequest request) {
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        co_return fail(status.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto found = co_await service_.timeline(request.incident_id(), context.deadline);
    if (!found) co_return fail(found.error());
    pb::GetTimelineResponse response;
    *response.mutable_header() = api::read_header(service_.context(), found->revision);
    *response.mutable_incident() =
        api::incident(*found->incident.value, found->incident.version, district());
    for (const TimelineLine& line : found->lines) *response.add_lines() = line_message(line);
    co_return response;
}

Task<Result<pb::CountIncidentsResponse>> IntakeHandlers::count_incidents(
    CallContext context, pb::CountIncidentsRequest request) {
    const auto filter = read_filter(request.filter());
    if (!filter) co_return fail(filter.error());
    const std::size_t digits = request.area_digits() == 0 ? 9 : request.area_digits();
    if (std::ranges::find(kAreaDigits, digits) == std::end(kAreaDigits)) {
        co_return invalid_field("area_digits", "AREA_DIGITS_UNKNOWN", "6, 9, 12 or 15");
    }
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const IncidentCounts counts = service_.count(*filter, digits);
    pb::CountIncidentsResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const auto& [area, count] : counts.by_area)
        add_count(*response.add_by_area(), area, count);
    for (const auto& [type, count] : counts.by_type)
        add_count(*response.add_by_type(), type, count);
    for (const auto& [phase, count] : counts.by_phase)
        add_count(*response.add_by_phase(), to_string(phase), count);
    response.set_open(counts.all.open);
    response.set_closed(counts.all.closed);
    response.set_life_threatening_open(counts.life_threatening_open);
    response.set_unread(counts.unread);
    co_return response;
}

}  // namespace liandong::intake
