#include "services/intake/rpc/intake_handlers.h"

#include "common/api/convert.h"
#include "common/api/page.h"
#include "common/api/respond.h"
#include "common/api/watch.h"
#include "common/base/utf8.h"
#include "services/intake/rpc/hints.h"
#include "services/intake/rpc/incident_filter.h"

#include <algorithm>
#include <optional>

namespace liandong::intake {
namespace {

using namespace domain;

constexpr int kReporterNeeds_max = 8;

RawReport raw_report(const pb::ReportIncidentRequest& request) {
    RawReport raw;
    raw.on_behalf_of = request.header().on_behalf_of();
    raw.channel = request.channel();
    raw.source_id = request.source_id();
    raw.words = request.words();
    raw.words_charset = request.words_charset();
    raw.reporter_name = request.reporter().name();
    raw.reporter_phone = request.reporter().phone();
    raw.type_code = request.type_code();
    raw.level_scale = request.level_scale();
    raw.level_code = request.level_code();
    raw.level_authority = request.level_authority();
    raw.life_threatening = request.life_threatening();
    if (request.has_position()) {
        raw.position =
            RawReport::RawPosition{request.position().latitude(), request.position().longitude(),
                                   static_cast<int>(request.position().datum())};
    }
    raw.accuracy_meters = request.accuracy_meters();
    raw.address = request.address();
    raw.area_code = request.area_code();
    if (request.has_heading_degrees()) raw.heading_degrees = request.heading_degrees();
    raw.occurred_at_micros = request.occurred_at_micros();
    raw.rung_at_micros = request.rung_at_micros();
    raw.answered_at_micros = request.answered_at_micros();
    raw.call_end = request.call_end();
    raw.reporter_language = request.reporter().language();
    const int needs = std::min(request.reporter().needs_size(), kReporterNeeds_max);
    for (int i = 0; i < needs; ++i) raw.reporter_needs.push_back(request.reporter().needs(i));
    return raw;
}

std::optional<RawSameEvent> raw_same_event(const pb::ReportIncidentRequest& request) {
    if (!request.has_same_event()) return std::nullopt;
    const pb::SameEvent& in = request.same_event();
    return RawSameEvent{in.incident_id(), static_cast<int>(in.in_danger()),
                        static_cast<int>(in.anything_new()), in.what_is_new()};
}

void put_reporter(const Reporter& reporter, pb::Reporter& out) {
    out.set_name(reporter.name);
    out.set_phone(reporter.phone);
    out.set_language(reporter.language);
    for (int need = 1; need <= pb::ReporterNeed_MAX; ++need) {
        if ((reporter.needs >> need & 1U) != 0) out.add_needs(static_cast<pb::ReporterNeed>(need));
    }
}

constexpr std::size_t kSuggestionsInReport_max = 5;

bool may_review(const Principal& principal) {
    return std::ranges::any_of(principal.roles,
                               [](Role role) { return allows(role, Permission::kIncidentReview); });
}

/// An unreadable `on_behalf_of` must not refuse a report (D1) and is set aside like a field of it;
/// everything else in the header is its address.
api::common_pb::MutationHeader lenient(api::common_pb::MutationHeader header) {
    if (header.on_behalf_of().size() > kOnBehalfOf_max || !is_utf8(header.on_behalf_of()))
        header.clear_on_behalf_of();
    return header;
}

}  // namespace

Task<Result<pb::ReportIncidentResponse>> IntakeHandlers::report_incident(
    CallContext context, pb::ReportIncidentRequest request) {
    auto mutation =
        api::read_mutation(context, lenient(request.header()), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    const auto settled = co_await service_.report(std::move(*mutation), raw_report(request),
                                                  raw_same_event(request));
    if (!settled) co_return fail(settled.error());

    const Outcome& outcome = settled->outcome;
    pb::ReportIncidentResponse response;
    *response.mutable_header() = api::mutation_header(service_.context(), settled->revision);
    response.set_report_id(outcome.report_id);
    response.set_incident_id(outcome.incident_id);
    response.set_report_number(
        readable_number(district(), outcome.serial_date, outcome.report_serial));
    const std::string& incident_date =
        outcome.incidents.empty() ? outcome.serial_date : outcome.incidents[0].serial_date;
    response.set_incident_number(
        readable_number(district(), incident_date, outcome.incident_serial));
    for (const Correction& item : outcome.corrections)
        *response.add_corrections() = api::correction(item);
    const auto* shown = service_.context().mirror.find<Incident>(outcome.incident_id);
    if (shown) {
        const Incident incident = *shown->value;
        put_hints(incident, std::min<std::size_t>(request.suggestions(), kSuggestionsInReport_max),
                  service_, response);
    }
    co_return response;
}

Task<Result<pb::GetIncidentResponse>> IntakeHandlers::get_incident(CallContext context,
                                                                   pb::GetIncidentRequest request) {
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        co_return fail(status.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    const auto found =
        co_await service_.find(request.incident_id(), request.with_reports(), context.deadline);
    if (!found) co_return fail(found.error());
    pb::GetIncidentResponse response;
    *response.mutable_header() = api::read_header(service_.context(), found->revision);
    *response.mutable_incident() =
        api::incident(*found->incident.value, found->incident.version, district());
    if (const auto who = responsible_for(found->incident.value->place, service_.knowledge()))
        *response.mutable_incident()->mutable_responsible() = message_of(*who);
    for (const Report& report : found->reports) {
        pb::Report& item = *response.add_reports();
        item = api::report(report, district());
        if (!api::may_see_reporter(context.principal)) continue;
        const Reporter reporter = service_.open_reporter(report);
        put_reporter(reporter, *item.mutable_reporter());
    }
    co_return response;
}

Task<Result<pb::ListIncidentsResponse>> IntakeHandlers::list_incidents(
    CallContext context, pb::ListIncidentsRequest request) {
    const auto filter = read_filter(request.filter());
    if (!filter) co_return fail(filter.error());
    const auto page = api::read_page(request.page());
    if (!page) co_return fail(page.error());
    if (auto status = co_await api::reach(service_.context(), request.header(), context.deadline);
        !status) {
        co_return fail(status.error());
    }
    auto incidents = service_.list(*filter, page->after, page->size + 1);
    const bool has_next = api::trim_to_page(incidents, *page);
    pb::ListIncidentsResponse response;
    *response.mutable_header() = api::read_header(service_.context());
    for (const auto& held : incidents) {
        *response.add_incidents() = api::incident(*held.value, held.version, district());
    }
    if (has_next) {
        response.mutable_page()->set_next_token(
            api::page_token(IntakeService::sort_key(*incidents.back().value)));
    }
    co_return response;
}

Task<Result<pb::CloseIncidentResponse>> IntakeHandlers::close_incident(
    CallContext context, pb::CloseIncidentRequest request) {
    auto mutation = api::read_mutation(context, request.header(), request.SerializeAsString());
    if (!mutation) co_return fail(std::move(mutation.error()));
    if (auto status = api::check_id(request.incident_id(), "incident_id"); !status)
        co_return fail(status.error());
    if (auto status = api::check_text(request.note(), 500, "note"); !status)
        co_return fail(status.error());
    const auto disposition = api::read_disposition(request.disposition(), "disposition");
    if (!disposition) co_return fail(disposition.error());
    const auto settled =
        co_await service_.close(std::move(*mutation), request.incident_id(), *disposition,
                                request.note(), may_review(context.principal));
    if (!settled) co_return fail(settled.error());
    pb::CloseIncidentResponse response;
    *response.mutable_header() = api::mutation_header(service_.context(), settled->revision);
    *response.mutable_incident() =
        api::incident(settled->outcome.incidents.at(0), settled->revision.seq, district());
    co_return response;
}

Task<Status> IntakeHandlers::watch_incidents(CallContext context, pb::WatchIncidentsRequest request,
                                             Sink<pb::WatchIncidentsResponse>& sink) {
    const auto filter = read_filter(request.filter());
    if (!filter) co_return fail(filter.error());
    store::ScopeContext& scope = service_.context();
    store::Feed feed(scope, api::read_resume(request), sink.cancellation(),
                     api::read_at_least(request));
    while (const auto step = co_await feed.next()) {
        api::Chunks<pb::WatchIncidentsResponse> chunks(scope, *step);
        const auto tell = [&](const std::string& id) {
            const auto* held = scope.mirror.find<Incident>(id);
            if (held && filter->matches(*held->value, district())) {
                chunks.add([&](auto& out) { return out.add_upserts(); },
                           api::incident(*held->value, held->version, district()));
            } else if (!step->snapshot) {
                chunks.last().add_removals(id);
            }
        };
        if (step->snapshot) {
            for (const auto& [id, held] : scope.mirror.table<Incident>()) tell(id);
        } else {
            for (const Key& key : step->changed) {
                if (key.kind == Kind::kIncident) tell(key.id);
            }
        }
        if (!co_await chunks.send(sink)) break;
    }
    co_return fail(Code::kCancelled, "WATCH_ENDED", "the watcher is gone");
}

}  // namespace liandong::intake
